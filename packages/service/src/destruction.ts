import type { Command, Decider, KeyEntry, KeyId, Keyring } from '@keyturn/domain';
import { StoreFault } from '@keyturn/event-store';
import { VaultFault, type ShredReceipt, type Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandHandler, Handled } from './commandHandler';
import { isRefusal, type Failure } from './failure';
import type { ServiceLog } from './options';
import { followUp } from './systemCommand';

/** Whether the vault has proven a hard-deleted key's secret gone. */
export interface Destruction {
  readonly keyId: KeyId;
  /** `pending`: the key can't be opened any more, but its bytes are not all gone yet; a later shred finishes it. */
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

const hardDeletedBy = (
  events: ReadonlyArray<{ readonly event: { readonly type: string; readonly data: object } }>,
) =>
  events.flatMap(({ event }) =>
    event.type === 'KeyHardDeleted' && 'keyId' in event.data ? [event.data.keyId as KeyId] : [],
  );

/** Handles a command that may hard-delete keys, and destroys what it did. */
export type DeletionHandler = (command: Command) => TaskEither<Failure, HandledDeletion>;

/**
 * Handles commands that may hard-delete keys, in the order that survives a paused process: freeze the vault's row,
 * append, shred, confirm. A row frozen for nothing is unfrozen.
 */
export const makeDeletionHandler = (parts: {
  readonly handler: CommandHandler;
  readonly decider: Decider;
  readonly vault: Vault;
  readonly clock: () => number;
  readonly log: ServiceLog;
}): DeletionHandler => {
  const { handler, decider, vault, clock, log } = parts;

  const planned = (keyring: Keyring, command: Command): ReadonlyArray<KeyId> => {
    const decision = decider.decide(keyring, command);
    return E.isRight(decision) ? hardDeletedBy(decision.right.events) : [];
  };

  /** Other rows with the same secret go too, once the log can't name them any more. */
  const rowsToShred = async (
    command: Command,
    keyring: Keyring,
    key: KeyEntry,
  ): Promise<E.Either<Failure, ReadonlyArray<KeyId>>> => {
    const sealed = await vault.sealedKeyIds(command.workspaceId, key.fingerprint)();
    if (E.isLeft(sealed)) return sealed;
    const rows: KeyId[] = [key.keyId];
    for (const id of sealed.right as ReadonlyArray<KeyId>) {
      const known = keyring.keys.get(id);
      if (id === key.keyId) continue;
      if (known?.status === 'hard-deleted' || keyring.abandonedKeyIds.has(id)) rows.push(id);
      else if (known === undefined) {
        const burned = await handler.handle(followUp(command, clock(), { type: 'AbandonAdd', keyId: id }))();
        if (E.isRight(burned)) rows.push(id);
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

  const destroy = async (command: Command, keyring: Keyring, keyId: KeyId): Promise<Destruction> => {
    const key = keyring.keys.get(keyId);
    if (key === undefined) return { keyId, state: 'pending', reason: 'the keyring does not name the key' };
    const rows = await rowsToShred(command, keyring, key);
    const receipt = E.isLeft(rows) ? rows : await shred(command, rows.right);
    const confirmed = E.isLeft(receipt)
      ? receipt
      : await handler.handle(
          followUp(command, clock(), { type: 'ConfirmDestruction', keyId, receipt: receipt.right }),
        )();
    if (E.isRight(confirmed)) return { keyId, state: 'confirmed', reason: null };
    log.warn(
      { workspaceId: command.workspaceId, keyId, reason: confirmed.left.message },
      'destruction pending',
    );
    return { keyId, state: 'pending', reason: confirmed.left.message };
  };

  const freeze = async (
    command: Command,
    keys: ReadonlyArray<KeyId>,
  ): Promise<E.Either<VaultFault, void>> => {
    for (const keyId of keys) {
      const frozen = await vault.freeze({ workspaceId: command.workspaceId, keyId })();
      // A secret that is missing already is no reason to keep its key on file.
      if (E.isLeft(frozen) && frozen.left.code !== 'missing-secret') return frozen;
    }
    return E.right(undefined);
  };

  const unfreeze = async (command: Command, keys: ReadonlyArray<KeyId>): Promise<void> => {
    for (const keyId of keys) {
      const live = await vault.unfreeze({ workspaceId: command.workspaceId, keyId })();
      if (E.isLeft(live) && live.left.code !== 'missing-secret') {
        log.warn({ workspaceId: command.workspaceId, keyId, fault: live.left.code }, 'row stays frozen');
      }
    }
  };

  const stillThere = (keyring: Keyring, keys: ReadonlyArray<KeyId>): ReadonlyArray<KeyId> =>
    keys.filter((keyId) => keyring.keys.get(keyId)?.status !== 'hard-deleted');

  const mayHaveBeenWritten = (failure: Failure): boolean =>
    failure instanceof StoreFault && failure.code === 'outcome-unknown';

  return (command) => async () => {
    const before = await handler.current(command.workspaceId)();
    if (E.isLeft(before)) return before;
    const plan = planned(before.right, command);
    const frozen = await freeze(command, plan);
    if (E.isLeft(frozen)) {
      await unfreeze(command, plan);
      return frozen;
    }
    const handled = await handler.handle(command)();
    if (E.isLeft(handled)) {
      const now = mayHaveBeenWritten(handled.left) ? handled : await handler.current(command.workspaceId)();
      if (E.isRight(now)) await unfreeze(command, stillThere(now.right, plan));
      return handled;
    }
    const { keyring, events } = handled.right;
    await unfreeze(command, stillThere(keyring, plan));
    const destructions: Destruction[] = [];
    for (const keyId of hardDeletedBy(events)) {
      if (keyring.keys.get(keyId)?.destroyed === true) {
        destructions.push({ keyId, state: 'confirmed', reason: null });
        continue;
      }
      destructions.push(await destroy(command, keyring, keyId));
    }
    return E.right({ handled: handled.right, destructions });
  };
};
