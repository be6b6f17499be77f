import type { Catalogue, FailureReason, KeyStatus } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import { textList } from './textList';

/** A key that is or once was on file. Times in milliseconds since 1970. */
export interface KnownKey {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly vendor: string;
  readonly endpoint: string | null;
  readonly region: string | null;
  /** What its test call asks for; null where that is the vendor table's own. */
  readonly model: string | null;
  readonly label: string | null;
  /** All that is ever shown of the key. */
  readonly last4: string;
  readonly status: KeyStatus;
  readonly failureReason: FailureReason | null;
  readonly isDefault: boolean;
  readonly wasDefault: boolean;
  /** Projects that it is the Default of. */
  readonly projectDefaults: ReadonlyArray<string>;
  readonly runsInFlight: number;
  readonly addedAt: number;
  /** When its owner wants it replaced; null for never. */
  readonly expiresAt: number | null;
  /** When a run last took it: pinned or resumed. */
  readonly lastUsedAt: number | null;
  /** When the vendor last accepted it. */
  readonly lastValidatedAt: number | null;
  /** The line that customers are promised, such as `…AbCd · Active (previous)`. */
  readonly display: string;
  /** Hard-deleted keys are on the list only where they are asked for. */
  readonly hardDeleted: boolean;
  readonly hardDeletedAt: number | null;
  /** When its secret was proven gone; null until then. */
  readonly destroyedAt: number | null;
  /** When this key was first said to be leaked; null where all reports were withdrawn. */
  readonly reportedLeakedAt: number | null;
  /** The cases that it is reported under. */
  readonly leakCases: ReadonlyArray<string>;
  /** Nothing but a kill check gets its secret. */
  readonly suspended: boolean;
}

/** The columns of a row. */
export const SELECTED = `workspace_id as "workspaceId", key_id as "keyId", vendor, endpoint, region, model, label,
  last4, status, failure_reason as "failureReason", is_default, was_default, project_defaults,
  runs_in_flight as "runsInFlight", added_at_ms as "addedAt", last_used_at_ms as "lastUsedAt",
  last_validated_at_ms as "lastValidatedAt", expires_at_ms as "expiresAt",
  hard_deleted_at_ms as "hardDeletedAt", destroyed_at_ms as "destroyedAt", reported_leaked_at_ms as "reportedLeakedAt",
  leak_cases, suspended`;

export type Row = Omit<
  KnownKey,
  'isDefault' | 'wasDefault' | 'projectDefaults' | 'leakCases' | 'suspended' | 'display' | 'hardDeleted'
> & {
  readonly is_default: number;
  readonly was_default: number;
  readonly project_defaults: string;
  readonly leak_cases: string;
  readonly suspended: number;
};

export const knownKeyOf =
  (words: Catalogue) =>
  ({ is_default, was_default, project_defaults, leak_cases, suspended, ...row }: Row): KnownKey => {
    const isDefault = is_default === 1;
    const wasDefault = was_default === 1;
    const isSuspended = suspended === 1;
    return {
      ...row,
      isDefault,
      wasDefault,
      suspended: isSuspended,
      projectDefaults: textList(project_defaults),
      leakCases: textList(leak_cases),
      display: words.keyLine({
        ...row,
        isDefault,
        wasDefault,
        openRuns: row.runsInFlight,
        suspended: isSuspended,
      }),
      hardDeleted: row.status === 'hard-deleted',
    };
  };

// Written as SQL: the query builder takes longer to load than a list takes to be read.

/** Keys on file and retired ones, and hard-deleted ones where those are asked for, too; oldest first. */
export const listKeys = (
  database: SqliteConnection,
  words: Catalogue,
  workspaceId: string,
  { includeHardDeleted = false }: { readonly includeHardDeleted?: boolean } = {},
): ReadonlyArray<KnownKey> =>
  database
    .prepare<[string], Row>(
      `select ${SELECTED} from ${includeHardDeleted ? 'known_keys_v3' : 'key_list_v3'}
        where workspace_id = ? order by added_position`,
    )
    .all(workspaceId)
    .map(knownKeyOf(words));

/** Sorts behind every character that a key id may have. */
const BEHIND_ALL = '~';

/** Keys whose id begins so, hard-deleted ones too, in order of their ids. */
export const findKeys = (
  database: SqliteConnection,
  words: Catalogue,
  workspaceId: string,
  prefix: string,
): ReadonlyArray<KnownKey> =>
  database
    .prepare<[string, string, string], Row>(
      `select ${SELECTED} from known_keys_v3 where workspace_id = ? and key_id >= ? and key_id < ? order by key_id`,
    )
    .all(workspaceId, prefix, `${prefix}${BEHIND_ALL}`)
    .map(knownKeyOf(words));
