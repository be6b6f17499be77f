import { KeyId, type KeyEntry, type Keyring, type RunId } from '@keyturn/domain';
import type { VaultRow } from '@keyturn/vault';

/** Something that a kill, or a fault, left half done. */
export type Matter =
  /** A sealed row, or a data key alone, that no event names. `burned`: the log says that none ever will. */
  | { readonly kind: 'orphan'; readonly keyId: KeyId; readonly burned: boolean }
  /** A row that the log was seen to name, and names no more: the event store was restored from an older backup. */
  | { readonly kind: 'key-lost-from-log'; readonly keyId: KeyId }
  /** A hard-deleted key whose secret is not proven gone, or is there again: the vault was restored from a backup. */
  | { readonly kind: 'undestroyed-secret'; readonly keyId: KeyId }
  /** A row that was frozen for a hard delete that never came. */
  | { readonly kind: 'frozen-row'; readonly keyId: KeyId; readonly frozenAt: number }
  /** A key on file whose test call has no outcome. */
  | { readonly kind: 'untested-key'; readonly keyId: KeyId }
  /** A run whose lease ran out. */
  | { readonly kind: 'lapsed-run'; readonly runId: RunId };

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
  if (key === undefined && named) return { matter: { kind: 'key-lost-from-log', keyId }, since: null };
  if (key === undefined) {
    const burned = abandonedKeyIds.has(keyId);
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

/**
 * What there is to see to, from the vault's rows and the keyring. The rows have to be read before the keyring: then a key
 * added in between is known, and not taken for an orphan.
 */
export const mattersOf = (
  rows: ReadonlyArray<VaultRow>,
  keyring: Keyring,
  now: number,
  graceMs: number,
): Matters => {
  const found = [
    ...rows.filter(isRowOfKey).map((row) => ofRow(row, keyring)),
    ...[...keyring.keys.values()]
      .filter(({ keyId, status }) => status !== 'hard-deleted' || !rows.some((row) => row.keyId === keyId))
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
