import type { Catalogue, FailureReason, KeyStatus } from '@keyturn/domain';
import type { Kysely } from 'kysely';
import type { ReadModelTables } from '../database/tables';
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

const COLUMNS = [
  'workspace_id as workspaceId',
  'key_id as keyId',
  'vendor',
  'endpoint',
  'region',
  'label',
  'last4',
  'status',
  'failure_reason as failureReason',
  'is_default',
  'was_default',
  'project_defaults',
  'runs_in_flight as runsInFlight',
  'added_at_ms as addedAt',
  'last_used_at_ms as lastUsedAt',
  'last_validated_at_ms as lastValidatedAt',
] as const;

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

/** Keys on file and retired ones, oldest first. */
export const listKeys = async (
  db: Kysely<ReadModelTables>,
  words: Catalogue,
  workspaceId: string,
): Promise<ReadonlyArray<ListedKey>> => {
  const rows = await db
    .selectFrom('key_list_v2')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .orderBy('added_position')
    .execute();
  return rows.map(listed(words));
};

/** Sorts behind every character that a key id may have. */
const BEHIND_ALL = '~';

/** Keys whose id begins so, hard-deleted ones too, in order of their ids. */
export const findKeys = async (
  db: Kysely<ReadModelTables>,
  words: Catalogue,
  workspaceId: string,
  prefix: string,
): Promise<ReadonlyArray<KnownKey>> => {
  const rows = await db
    .selectFrom('known_keys_v2')
    .select(COLUMNS)
    .where('workspace_id', '=', workspaceId)
    .where('key_id', '>=', prefix)
    .where('key_id', '<', `${prefix}${BEHIND_ALL}`)
    .orderBy('key_id')
    .execute();
  return rows.map(listed(words)).map((key) => ({ ...key, hardDeleted: key.status === 'hard-deleted' }));
};
