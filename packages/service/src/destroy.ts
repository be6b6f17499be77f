import { KeyId, type KeyEntry, type Keyring } from '@keyturn/domain';
import type { ShredReceipt, Vault, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandHandler, Handled } from './commandHandler';
import { isRefusal, type Failure } from './failure';
import type { ServiceLog } from './options';
import { followUp, type Cause } from './systemCommand';

/** Whether the vault has proven a hard-deleted key's secret gone. */
export interface Destruction {
  readonly keyId: KeyId;
  /**
   * `pending`: the key can't be opened any more, but its bytes are not all gone yet. The same command sent again finishes
   * it.
   */
  readonly state: 'confirmed' | 'pending';
  /** Why it is pending, else null. */
  readonly reason: string | null;
}

const SHREDS = 5;
const BETWEEN_SHREDS_MS = 100;

/**
 * Shreds the secret of a key that the keyring says is hard-deleted, and confirms that in the log.
 */
export type Destroy = (cause: Cause, keyring: Keyring, keyId: KeyId) => Promise<Destruction>;

export const makeDestroy = (parts: {
  readonly handler: CommandHandler;
  readonly vault: Pick<Vault, 'sealedKeyIds' | 'shred'>;
  readonly clock: () => number;
  readonly log: ServiceLog;
}): Destroy => {
  const { handler, vault, clock, log } = parts;

  /** Other rows with the same secret go too, once the log can't name them any more: docs/decisions/0010. */
  const rowsToShred = async (
    cause: Cause,
    keyring: Keyring,
    key: KeyEntry,
  ): Promise<E.Either<Failure, ReadonlyArray<KeyId>>> => {
    const sealed = await vault.sealedKeyIds(cause.workspaceId, key.fingerprint)();
    if (E.isLeft(sealed)) return sealed;
    const rows: KeyId[] = [key.keyId];
    for (const keyId of sealed.right.filter(KeyId.is)) {
      const known = keyring.keys.get(keyId);
      if (keyId === key.keyId) continue;
      if (known?.status === 'hard-deleted' || keyring.abandonedKeyIds.has(keyId)) rows.push(keyId);
      else if (known === undefined) {
        const burned = await handler.handle(followUp(cause, clock(), { type: 'AbandonAdd', keyId }))();
        if (E.isRight(burned)) rows.push(keyId);
        else if (!isRefusal(burned.left)) return burned;
      }
    }
    return E.right(rows);
  };

  const shred = async (
    cause: Cause,
    rows: ReadonlyArray<KeyId>,
  ): Promise<E.Either<VaultFault, ShredReceipt>> => {
    for (let attempt = 1; ; attempt += 1) {
      const receipt = await vault.shred(cause.workspaceId, rows)();
      const busy = E.isLeft(receipt) && receipt.left.code === 'shred-incomplete';
      if (!busy || attempt === SHREDS) return receipt;
      await delay(BETWEEN_SHREDS_MS * attempt);
    }
  };

  const shredAndConfirm = async (
    cause: Cause,
    keyring: Keyring,
    key: KeyEntry,
  ): Promise<E.Either<Failure, Handled>> => {
    const rows = await rowsToShred(cause, keyring, key);
    if (E.isLeft(rows)) return rows;
    const receipt = await shred(cause, rows.right);
    if (E.isLeft(receipt)) return receipt;
    const { keyId } = key;
    return handler.handle(
      followUp(cause, clock(), { type: 'ConfirmDestruction', keyId, receipt: receipt.right }),
    )();
  };

  return async (cause, keyring, keyId) => {
    const key = keyring.keys.get(keyId);
    if (key === undefined) return { keyId, state: 'pending', reason: 'the keyring does not name the key' };
    if (key.destroyed) return { keyId, state: 'confirmed', reason: null };
    const confirmed = await shredAndConfirm(cause, keyring, key);
    if (E.isRight(confirmed)) return { keyId, state: 'confirmed', reason: null };
    log.warn({ workspaceId: cause.workspaceId, keyId, fault: confirmed.left.code }, 'destruction pending');
    return { keyId, state: 'pending', reason: confirmed.left.message };
  };
};
