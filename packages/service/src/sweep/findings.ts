import { KeyId, keysNotGone, listedKeys, type KeyEntry, type Keyring, type RunId } from '@keyturn/domain';
import type { VaultRow } from '@keyturn/vault';

/** A run whose lease ran out. */
export interface LapsedRun {
  readonly kind: 'lapsed-run';
  readonly runId: RunId;
}

/** Something that a kill, or a fault, left half done. */
export type Finding =
  /** A sealed row, or a data key alone, that no event names. `burned`: the log says that none ever will. */
  | { readonly kind: 'orphan'; readonly keyId: KeyId; readonly burned: boolean }
  /** A row that the log named once and does not now: the event store was restored from an older backup. */
  | { readonly kind: 'key-lost-from-log'; readonly keyId: KeyId }
  /** A key on file without a secret in the vault: the log or the vault was restored from an older backup. */
  | { readonly kind: 'secret-lost-from-vault'; readonly keyId: KeyId }
  /** A hard-deleted key whose secret is not proven gone, or is there again: the vault was restored from a backup. */
  | { readonly kind: 'undestroyed-secret'; readonly keyId: KeyId }
  /** A row that was frozen for a hard delete that never came. */
  | { readonly kind: 'frozen-row'; readonly keyId: KeyId; readonly frozenAt: number }
  /** A workspace was closed, and its key is not hard-deleted yet. */
  | { readonly kind: 'key-of-closed-workspace'; readonly keyId: KeyId }
  /** A key on file whose test call has no outcome. */
  | { readonly kind: 'untested-key'; readonly keyId: KeyId }
  | LapsedRun;

/** A shred repairs it. */
export type RemovableFinding = Extract<Finding, { readonly kind: 'orphan' | 'undestroyed-secret' }>;

export const isRemoval = (finding: Finding): finding is RemovableFinding =>
  finding.kind === 'orphan' || finding.kind === 'undestroyed-secret';

/** Its repair can't be undone. */
export const isDestructive = (finding: Finding): boolean =>
  isRemoval(finding) || finding.kind === 'key-of-closed-workspace';

/** Keyturn has nothing to repair this with. A sweep reports it, in a dry run too. */
export const isLoss = ({ kind }: Finding): boolean =>
  kind === 'key-lost-from-log' || kind === 'secret-lost-from-vault';

type FindingButRuns = Exclude<Finding, LapsedRun>;

/** What a workspace needs repaired, its runs aside. */
export interface Findings {
  readonly due: ReadonlyArray<FindingButRuns>;
  /** Younger than the grace: an act that is under way looks the same. */
  readonly withinGrace: ReadonlyArray<FindingButRuns>;
}

interface Dated {
  readonly finding: FindingButRuns;
  /** Since when, milliseconds since 1970; null when it needs no grace. */
  readonly since: number | null;
}

const ofRow = (
  { keyId, state, createdAt, frozenAt, named }: VaultRow & { readonly keyId: KeyId },
  { keys, abandonedKeyIds }: Keyring,
): Dated | null => {
  const key = keys.get(keyId);
  if (key === undefined) {
    // A hard delete of the same secret burned it: no event can name it any more.
    const burned = abandonedKeyIds.has(keyId);
    if (named && !burned) return { finding: { kind: 'key-lost-from-log', keyId }, since: null };
    return { finding: { kind: 'orphan', keyId, burned }, since: burned ? null : createdAt };
  }
  if (key.status === 'hard-deleted') return { finding: { kind: 'undestroyed-secret', keyId }, since: null };
  return state === 'frozen' && frozenAt !== null
    ? { finding: { kind: 'frozen-row', keyId, frozenAt }, since: frozenAt }
    : null;
};

const ofKey = ({ keyId, status, destroyed, addedAt }: KeyEntry): Dated | null => {
  if (status === 'hard-deleted' && !destroyed) {
    return { finding: { kind: 'undestroyed-secret', keyId }, since: null };
  }
  return status === 'pending' ? { finding: { kind: 'untested-key', keyId }, since: addedAt } : null;
};

const isRowOfKey = (row: VaultRow): row is VaultRow & { readonly keyId: KeyId } => KeyId.is(row.keyId);

/** Half a row opens nothing. */
const hasSecret = ({ state }: VaultRow): boolean => state === 'live' || state === 'frozen';

/** Keys on file whose secret no row holds, or none that opens. */
export const keysWithoutSecret = (rows: ReadonlyArray<VaultRow>, keyring: Keyring): ReadonlySet<KeyId> => {
  const sealed = new Set(rows.filter(hasSecret).map(({ keyId }) => keyId));
  return new Set(
    listedKeys(keyring)
      .map(({ keyId }) => keyId)
      .filter((keyId) => !sealed.has(keyId)),
  );
};

/**
 * What was read of a workspace: first the rows, then the keyring. So a key that is added in between is known, and its
 * row is not taken for an orphan.
 */
export interface WorkspaceState {
  readonly rows: ReadonlyArray<VaultRow>;
  readonly keyring: Keyring;
}

/**
 * What the workspace needs repaired. Its runs are another matter: their leases are looked at twice.
 *
 * @param lost - keys whose secret is certainly not in the vault
 */
export const findingsOf = (
  { rows, keyring }: WorkspaceState,
  lost: ReadonlySet<KeyId>,
  now: number,
  graceMs: number,
): Findings => {
  const sealed = new Set(rows.map(({ keyId }) => keyId));
  // All that a key of a closed workspace needs is to go.
  const going = keyring.closed === null ? new Set<KeyId>() : keyring.listedKeyIds;
  const found = [
    ...[...going].map((keyId): Dated => ({
      finding: { kind: 'key-of-closed-workspace', keyId },
      since: null,
    })),
    ...rows
      .filter(isRowOfKey)
      .filter(({ keyId }) => !going.has(keyId))
      .map((row) => ofRow(row, keyring)),
    ...[...lost]
      .filter((keyId) => !going.has(keyId))
      .map((keyId): Dated => ({ finding: { kind: 'secret-lost-from-vault', keyId }, since: null })),
    ...keysNotGone(keyring)
      .filter(({ keyId }) => !going.has(keyId))
      .filter(({ keyId, status }) => !lost.has(keyId) && (status !== 'hard-deleted' || !sealed.has(keyId)))
      .map(ofKey),
  ].filter((one) => one !== null);
  const isDue = ({ since }: Dated): boolean => since === null || since + graceMs <= now;
  return {
    due: found.filter(isDue).map(({ finding }) => finding),
    withinGrace: found.filter((one) => !isDue(one)).map(({ finding }) => finding),
  };
};
