import type { Catalogue, FailureReason, KeyStatus } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import { projectList } from './projectList';

/** A key on the masked list. Times in milliseconds since 1970. */
export interface ListedKey {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly vendor: string;
  readonly endpoint: string | null;
  readonly region: string | null;
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
  /** When a run last took it: pinned or resumed. */
  readonly lastUsedAt: number | null;
  /** When the vendor last accepted it. */
  readonly lastValidatedAt: number | null;
  /** The line that customers are promised, such as `…AbCd · Active (previous)`. */
  readonly display: string;
}

/** A key that is or once was known: `hardDeleted` ones are not on the list. */
export interface KnownKey extends ListedKey {
  readonly hardDeleted: boolean;
}

const SELECT = `select workspace_id as "workspaceId", key_id as "keyId", vendor, endpoint, region, label, last4, status,
  failure_reason as "failureReason", is_default, was_default, project_defaults, runs_in_flight as "runsInFlight",
  added_at_ms as "addedAt", last_used_at_ms as "lastUsedAt", last_validated_at_ms as "lastValidatedAt"`;

type Row = Omit<ListedKey, 'isDefault' | 'wasDefault' | 'projectDefaults' | 'display'> & {
  readonly is_default: number;
  readonly was_default: number;
  readonly project_defaults: string;
};

const listed =
  (words: Catalogue) =>
  ({ is_default, was_default, project_defaults, ...row }: Row): ListedKey => {
    const isDefault = is_default === 1;
    const wasDefault = was_default === 1;
    return {
      ...row,
      isDefault,
      wasDefault,
      projectDefaults: projectList(project_defaults),
      display: words.keyLine({ ...row, isDefault, wasDefault, openRuns: row.runsInFlight }),
    };
  };

// Written as SQL: the query builder takes longer to load than a list takes to be read.

/** Keys on file and retired ones, oldest first. */
export const listKeys = (
  database: SqliteConnection,
  words: Catalogue,
  workspaceId: string,
): ReadonlyArray<ListedKey> =>
  database
    .prepare<[string], Row>(`${SELECT} from key_list_v2 where workspace_id = ? order by added_position`)
    .all(workspaceId)
    .map(listed(words));

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
      `${SELECT} from known_keys_v2 where workspace_id = ? and key_id >= ? and key_id < ? order by key_id`,
    )
    .all(workspaceId, prefix, `${prefix}${BEHIND_ALL}`)
    .map(listed(words))
    .map((key) => ({ ...key, hardDeleted: key.status === 'hard-deleted' }));
