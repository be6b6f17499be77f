import type { Keyring, WorkspaceId } from '@keyturn/domain';
import type { RemovalMemory } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { Fault } from '../failure';
import { forgottenRemovals } from '../log/remembered';
import { forgotten } from './known';
import type { VerifyFinding } from './report';
import { finding } from './words';

type CheckedRemovals = (keyring: Keyring) => ReadonlyArray<VerifyFinding>;

/** Reads what the vault remembers for good, before the stream is read. Then the log has to say it, too. */
export const makeRemovalsCheck =
  (vault: Pick<RemovalMemory, 'removalsOf'>) =>
  async (workspaceId: WorkspaceId): Promise<E.Either<Fault, CheckedRemovals>> => {
    const remembered = await vault.removalsOf(workspaceId)();
    if (E.isRight(remembered)) {
      return E.right((keyring) =>
        forgottenRemovals(keyring, remembered.right).map((removal) => forgotten(workspaceId, removal)),
      );
    }
    const { code, message } = remembered.left;
    if (code !== 'witness-damaged' && code !== 'tampered') return remembered;
    return E.right(() => [finding('witness-damaged', `In the vault ${message}.`, { workspaceId })]);
  };
