import { KeyId, listedKeys, type KeyEntry, type Keyring, type RunId } from '@keyturn/domain';
import type { VaultRow } from '@keyturn/vault';

/** Something that a kill, or a fault, left half done. */
export type Matter =
  /** A sealed row, or a data key alone, that no event names. `burned`: the log says that none ever will. */
  | { readonly kind: 'orphan'; readonly keyId: KeyId; readonly burned: boolean }
  /** A row that the log was seen to name, and names no more: the event store was restored from an older backup. */
  | { readonly kind: 'key-lost-from-log'; readonly keyId: KeyId }
  /** A key on file of which the vault has nothing: one of both was restored from an older backup. */
  | { readonly kind: 'secret-lost-from-vault'; readonly keyId: KeyId }
  /** A hard-deleted key whose secret is not proven gone, or is there again: the vault was restored from a backup. */
  | { readonly kind: 'undestroyed-secret'; readonly keyId: KeyId }
  /** A row that was frozen for a hard delete that never came. */
  | { readonly kind: 'frozen-row'; readonly keyId: KeyId; readonly frozenAt: number }
  /** A key on file whose test call has no outcome. */
  | { readonly kind: 'untested-key'; readonly keyId: KeyId }
  /** A run whose lease ran out. */
  | { readonly kind: 'lapsed-run'; readonly runId: RunId };

/** What a shred takes away. */
export type RemovalMatter = Extract<Matter, { readonly kind: 'orphan' | 'undestroyed-secret' }>;

/** What nothing can repair that Keyturn has: it is told of, in a dry run too. */
export const isLoss = ({ kind }: Matter): boolean =>
  kind === 'key-lost-from-log' || kind === 'secret-lost-from-vault';

/** What there is to see to in a workspace. */
export interface Matters {
  readonly due: ReadonlyArray<Matter>;
  /** Too young to tell from what is under way. */
  readonly withinGrace: ReadonlyArray<Matter>;
}

interface Dated {
  readonly matter: Matter;
  /** Since when, milliseconds since 1970; null when it needs no grace. */
  readonly since: number | null;
}

const ofRow = (
  { keyId, state, createdAt, frozenAt, named }: VaultRow & { readonly keyId: KeyId },
  { keys, abandonedKeyIds }: Keyring,
): Dated | null => {
  const key = keys.get(keyId);
  if (key === undefined) {
    // What was burned no event can name any more: a hard delete of the same secret took it along.
    const burned = abandonedKeyIds.has(keyId);
    if (named && !burned) return { matter: { kind: 'key-lost-from-log', keyId }, since: null };
    return { matter: { kind: 'orphan', keyId, burned }, since: burned ? null : createdAt };
  }
  if (key.status === 'hard-deleted') return { matter: { kind: 'undestroyed-secret', keyId }, since: null };
  return state === 'frozen' && frozenAt !== null
    ? { matter: { kind: 'frozen-row', keyId, frozenAt }, since: frozenAt }
    : null;
};

const ofKey = ({ keyId, status, destroyed, addedAt }: KeyEntry): Dated | null => {
  if (status === 'hard-deleted' && !destroyed) {
    return { matter: { kind: 'undestroyed-secret', keyId }, since: null };
  }
  return status === 'pending' ? { matter: { kind: 'untested-key', keyId }, since: addedAt } : null;
};

const isRowOfKey = (row: VaultRow): row is VaultRow & { readonly keyId: KeyId } => KeyId.is(row.keyId);

/** Keys that have to have a secret, and of which none of these rows holds one. */
export const keysWithoutSecret = (rows: ReadonlyArray<VaultRow>, keyring: Keyring): ReadonlySet<KeyId> => {
  const sealed = new Set(rows.filter(({ state }) => state !== 'data-key-only').map(({ keyId }) => keyId));
  return new Set(
    listedKeys(keyring)
      .map(({ keyId }) => keyId)
      .filter((keyId) => !sealed.has(keyId)),
  );
};

/** What was read of a workspace. The rows have to be read before the keyring: then a key added in between is known, and not taken for an orphan. */
export interface Look {
  readonly rows: ReadonlyArray<VaultRow>;
  readonly keyring: Keyring;
}

/** What there is to see to. `lost`: keys of which it is certain that the vault has no secret. */
export const mattersOf = (
  { rows, keyring }: Look,
  lost: ReadonlySet<KeyId>,
  now: number,
  graceMs: number,
): Matters => {
  const sealed = new Set(rows.map(({ keyId }) => keyId));
  const found = [
    ...rows.filter(isRowOfKey).map((row) => ofRow(row, keyring)),
    ...[...lost].map((keyId): Dated => ({ matter: { kind: 'secret-lost-from-vault', keyId }, since: null })),
    ...[...keyring.keys.values()]
      .filter(({ keyId, status }) => !lost.has(keyId) && (status !== 'hard-deleted' || !sealed.has(keyId)))
      .map(ofKey),
    ...[...keyring.openPins.values()]
      .filter(({ leaseUntil }) => leaseUntil <= now)
      .map(({ runId }): Dated => ({ matter: { kind: 'lapsed-run', runId }, since: null })),
  ].filter((one) => one !== null);
  const isDue = ({ since }: Dated): boolean => since === null || since + graceMs <= now;
  return {
    due: found.filter(isDue).map(({ matter }) => matter),
    withinGrace: found.filter((one) => !isDue(one)).map(({ matter }) => matter),
  };
};
