import type { KeyId, WorkspaceId } from '@keyturn/domain';
import type { RowFreezing, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { Witnesses } from './log/witnesses';
import type { ServiceLog } from './options';
import { KEYTURN_ITSELF } from './systemCommand';

/** Keeps a key's row from opening while its hard delete is on the way into the log. */
export interface FrozenRows {
  /** All of them, or the first fault. A row that is missing already is no reason to keep its key on file. */
  readonly freeze: (
    workspaceId: WorkspaceId,
    keyIds: ReadonlyArray<KeyId>,
  ) => Promise<E.Either<VaultFault, void>>;
  /** Those that can be; a row that stays frozen refuses to open, and is reported. */
  readonly unfreeze: (workspaceId: WorkspaceId, keyIds: ReadonlyArray<KeyId>) => Promise<void>;
}

export const makeFrozenRows = (
  vault: RowFreezing,
  witnesses: Pick<Witnesses, 'told'>,
  log: ServiceLog,
): FrozenRows => ({
  freeze: async (workspaceId, keyIds) => {
    for (const keyId of keyIds) {
      const frozen = await vault.freeze({ workspaceId, keyId })();
      if (E.isRight(frozen)) witnesses.told(workspaceId, frozen.right);
      else if (frozen.left.code !== 'missing-secret') return frozen;
    }
    return E.right(undefined);
  },
  unfreeze: async (workspaceId, keyIds) => {
    for (const keyId of keyIds) {
      const live = await vault.unfreeze({ workspaceId, keyId })();
      if (E.isLeft(live) && live.left.code !== 'missing-secret') {
        log.warn({ actor: KEYTURN_ITSELF, workspaceId, keyId, fault: live.left.code }, 'row stays frozen');
      }
    }
  },
});
