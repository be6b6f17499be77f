import { KeyId, type Command, type KeyEntry, type Keyring } from '@keyturn/domain';
import type { ShredReceipt, Vault, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandHandler, Handled } from './commandHandler';
import { isRefusal, type Failure } from './failure';
import { hardDeletedKeys } from './hardDeletedKeys';
import type { ServiceLog } from './options';
import { followUp } from './systemCommand';

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

export interface HandledDeletion {
  readonly handled: Handled;
  /** One for each key that the command hard-deleted. */
  readonly destructions: ReadonlyArray<Destruction>;
}

const SHREDS = 5;
const BETWEEN_SHREDS_MS = 100;

/** Handles a command that may hard-delete keys, and destroys what it did. */
export type DeletionHandler = (command: Command) => TaskEither<Failure, HandledDeletion>;

/**
 * The second half of a hard delete. The handler froze the row and appended; here the secret is shredded and that is
 * confirmed in the log. A command that was handled before finishes what was left of it.
 */
export const makeDeletionHandler = (parts: {
  readonly handler: CommandHandler;
  readonly vault: Pick<Vault, 'sealedKeyIds' | 'shred'>;
  readonly clock: () => number;
  readonly log: ServiceLog;
}): DeletionHandler => {
  const { handler, vault, clock, log } = parts;

  /** Other rows with the same secret go too, once the log can't name them any more: docs/decisions/0010. */
  const rowsToShred = async (
    command: Command,
    keyring: Keyring,
    key: KeyEntry,
  ): Promise<E.Either<Failure, ReadonlyArray<KeyId>>> => {
    const sealed = await vault.sealedKeyIds(command.workspaceId, key.fingerprint)();
    if (E.isLeft(sealed)) return sealed;
    const rows: KeyId[] = [key.keyId];
    for (const keyId of sealed.right.filter(KeyId.is)) {
      const known = keyring.keys.get(keyId);
      if (keyId === key.keyId) continue;
      if (known?.status === 'hard-deleted' || keyring.abandonedKeyIds.has(keyId)) rows.push(keyId);
      else if (known === undefined) {
        const burned = await handler.handle(followUp(command, clock(), { type: 'AbandonAdd', keyId }))();
        if (E.isRight(burned)) rows.push(keyId);
        else if (!isRefusal(burned.left)) return burned;
      }
    }
    return E.right(rows);
  };

  const shred = async (
    command: Command,
    rows: ReadonlyArray<KeyId>,
  ): Promise<E.Either<VaultFault, ShredReceipt>> => {
    for (let attempt = 1; ; attempt += 1) {
      const receipt = await vault.shred(command.workspaceId, rows)();
      const busy = E.isLeft(receipt) && receipt.left.code === 'shred-incomplete';
      if (!busy || attempt === SHREDS) return receipt;
      await delay(BETWEEN_SHREDS_MS * attempt);
    }
  };

  const shredAndConfirm = async (
    command: Command,
    keyring: Keyring,
    key: KeyEntry,
  ): Promise<E.Either<Failure, Handled>> => {
    const rows = await rowsToShred(command, keyring, key);
    if (E.isLeft(rows)) return rows;
    const receipt = await shred(command, rows.right);
    if (E.isLeft(receipt)) return receipt;
    const { keyId } = key;
    return handler.handle(
      followUp(command, clock(), { type: 'ConfirmDestruction', keyId, receipt: receipt.right }),
    )();
  };

  const destroyed = async (command: Command, keyring: Keyring, keyId: KeyId): Promise<Destruction> => {
    const key = keyring.keys.get(keyId);
    if (key === undefined) return { keyId, state: 'pending', reason: 'the keyring does not name the key' };
    if (key.destroyed) return { keyId, state: 'confirmed', reason: null };
    const confirmed = await shredAndConfirm(command, keyring, key);
    if (E.isRight(confirmed)) return { keyId, state: 'confirmed', reason: null };
    log.warn({ workspaceId: command.workspaceId, keyId, cause: confirmed.left.code }, 'destruction pending');
    return { keyId, state: 'pending', reason: confirmed.left.message };
  };

  return (command) => async () => {
    const handled = await handler.handle(command)();
    if (E.isLeft(handled)) return handled;
    const { keyring, events } = handled.right;
    const destructions: Destruction[] = [];
    for (const keyId of hardDeletedKeys(events)) {
      destructions.push(await destroyed(command, keyring, keyId));
    }
    return E.right({ handled: handled.right, destructions });
  };
};
