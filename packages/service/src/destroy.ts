import { KeyId, type KeyEntry, type Keyring } from '@keyturn/domain';
import type { SecretShredding, ShredReceipt } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { CommandHandler } from './commandHandler';
import { isRefusal, type Failure } from './failure';
import type { ServiceLog } from './options';
import type { Shredding, ShredTogether } from './shredTogether';
import { followUp, KEYTURN_ITSELF, type Cause } from './systemCommand';

/** Whether the vault has proven a hard-deleted key's secret gone. */
export interface Destruction {
  readonly keyId: KeyId;
  /**
   * `pending`: the key can't be opened any more, but its bytes are not all gone yet. The same command sent again
   * finishes it.
   */
  readonly state: 'confirmed' | 'pending';
  /** How far the vault has proven it; `row` on a server that can't show its files. Null while it is pending. */
  readonly proof: ShredReceipt['proof'] | null;
  /** Why it is pending, else null. */
  readonly reason: string | null;
}

/** Shreds the secret of a key that is hard-deleted, and confirms that in the log with the receipt of that shred. */
export type DestructionOf = (cause: Cause, keyring: Keyring, key: KeyEntry) => Shredding;

export const makeDestructionOf = (parts: {
  readonly handler: CommandHandler;
  readonly vault: Pick<SecretShredding, 'sealedKeyIds'>;
  readonly clock: () => number;
}): DestructionOf => {
  const { handler, vault, clock } = parts;

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

  return (cause, keyring, key) => ({
    workspaceId: cause.workspaceId,
    rows: () => rowsToShred(cause, keyring, key),
    confirm: ({ destroyedAt, secretsDestroyed, dataKeysDestroyed, proof, method, checks }) => {
      const receipt = { destroyedAt, secretsDestroyed, dataKeysDestroyed, proof, method, checks };
      return handler.handle(
        followUp(cause, clock(), { type: 'ConfirmDestruction', keyId: key.keyId, receipt }),
      )();
    },
  });
};

/** Destroys the secrets of keys that the keyring says are hard-deleted. */
export type Destroy = (
  cause: Cause,
  keyring: Keyring,
  keyIds: ReadonlyArray<KeyId>,
) => Promise<ReadonlyArray<Destruction>>;

const pending = (keyId: KeyId, reason: string): Destruction => ({
  keyId,
  state: 'pending',
  proof: null,
  reason,
});

export const makeDestroy =
  (
    destructionOf: DestructionOf,
    shredTogether: ShredTogether,
    { proof }: Pick<SecretShredding, 'proof'>,
    log: ServiceLog,
  ): Destroy =>
  async (cause, keyring, keyIds) => {
    const { workspaceId, commandId } = cause;
    const due = keyIds
      .flatMap((keyId) => keyring.keys.get(keyId) ?? [])
      .filter(({ status, destroyed }) => status === 'hard-deleted' && !destroyed);
    const outcomes = await shredTogether(due.map((key) => destructionOf(cause, keyring, key)));
    return keyIds.map((keyId): Destruction => {
      const key = keyring.keys.get(keyId);
      if (key === undefined) return pending(keyId, 'the keyring does not name the key');
      if (key.destroyed) return { keyId, state: 'confirmed', proof, reason: null };
      if (key.status !== 'hard-deleted') return pending(keyId, 'the key is not hard-deleted');
      const outcome = outcomes[due.indexOf(key)];
      if (outcome === undefined) return pending(keyId, 'nothing was heard of its shred');
      if (E.isRight(outcome)) return { keyId, state: 'confirmed', proof, reason: null };
      log.warn(
        { actor: KEYTURN_ITSELF, workspaceId, keyId, commandId, fault: outcome.left.code },
        'destruction pending',
      );
      return pending(keyId, outcome.left.message);
    });
  };
