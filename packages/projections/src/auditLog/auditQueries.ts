import type { ActorKind, Catalogue, KeyringEventType, NamedKey } from '@keyturn/domain';
import type { Kysely } from 'kysely';
import { pageSize, readCursor, writeCursor } from '../database/cursor';
import type { ReadModelTables } from '../database/tables';
import { sentenceOf } from './auditWords';
import { type AuditEntriesQuery, type AuditFilter, entriesOf } from './auditFilter';
import { vendorName } from './vendorNames';

/** One event, as auditors read it. Times in milliseconds since 1970. Holds no secret and no vendor's answer. */
export interface AuditEntry {
  /** 1, 2, 3 … without gaps, in the store's order; the same after every rebuild. */
  readonly sequence: number;
  readonly eventId: string;
  readonly type: KeyringEventType;
  /** Place in the store's global order. */
  readonly position: bigint;
  /** Place in the workspace's stream, from 0. */
  readonly revision: number;
  /** When the store recorded it. */
  readonly recordedAt: number;
  /** When the service says it happened. */
  readonly time: number;
  readonly workspaceId: string;
  readonly actorKind: ActorKind;
  readonly actorId: string;
  /** Names the erasable row that holds IP and user agent, where they are kept. */
  readonly originRef: string | null;
  readonly keyId: string | null;
  readonly last4: string | null;
  readonly vendor: string | null;
  readonly label: string | null;
  /** The key that a Default moved away from. */
  readonly previousKeyId: string | null;
  readonly runId: string | null;
  readonly projectId: string | null;
  /** Why or how, in the event's own word: the cause of a Default or deletion, a reason, a purpose, an outcome. */
  readonly cause: string | null;
  readonly caseId: string | null;
  readonly correlationId: string;
  readonly causationId: string;
  readonly commandId: string;
  /** The whole as one sentence for people. */
  readonly sentence: string;
}

/** Which page. `limit`: 1 to 1,000. `after`: the `next` of the page before, of the same query in the same order. */
export interface AuditPageOptions {
  readonly order: 'newest-first' | 'oldest-first';
  readonly limit: number;
  readonly after?: string;
}

export interface AuditPage {
  readonly entries: ReadonlyArray<AuditEntry>;
  /** Where this page ended: hand it back as `after` for the next. Null only when there was nothing at all. */
  readonly next: string | null;
  /** Whether anything lies beyond this page by now. Oldest first, more may come later. */
  readonly more: boolean;
}

const selectEntries = (query: AuditEntriesQuery) =>
  query
    .select([
      'sequence',
      'event_id as eventId',
      'type',
      'revision',
      'recorded_at_ms as recordedAt',
      'time_ms as time',
      'workspace_id as workspaceId',
      'actor_kind as actorKind',
      'actor_id as actorId',
      'origin_ref as originRef',
      'key_id as keyId',
      'last4',
      'vendor',
      'label',
      'previous_key_id as previousKeyId',
      'run_id as runId',
      'project_id as projectId',
      'cause',
      'case_id as caseId',
      'correlation_id as correlationId',
      'causation_id as causationId',
      'command_id as commandId',
      'facts',
      'previous_last4',
      'previous_vendor',
      'previous_label',
    ])
    .select((eb) => eb.cast<string>('position', 'text').as('position'));

/** The query behind a page, to be run, or to be explained by a test; null when nothing can match. */
export const auditPageQuery = async (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
  { order, limit, after }: AuditPageOptions,
) => {
  const newestFirst = order === 'newest-first';
  const place = after === undefined ? undefined : readCursor(listOf(order), after);
  const [first, ...others] = (await entriesOf(db, filter)).map((entries) =>
    selectEntries(place === undefined ? entries : entries.where('sequence', newestFirst ? '<' : '>', place)),
  );
  if (first === undefined) return null;
  return others
    .reduce((merged, branch) => merged.unionAll(branch), first)
    .orderBy('sequence', newestFirst ? 'desc' : 'asc')
    .limit(pageSize(limit) + 1);
};

const listOf = (order: AuditPageOptions['order']): string => `audit1-${order}`;

type Row = Omit<AuditEntry, 'position' | 'sentence'> & {
  readonly position: string;
  readonly facts: string | null;
  readonly previous_last4: string | null;
  readonly previous_vendor: string | null;
  readonly previous_label: string | null;
};

const namedKey = (
  keyId: string | null,
  key: { readonly last4: string | null; readonly vendor: string | null; readonly label: string | null },
): NamedKey | null =>
  keyId === null
    ? null
    : {
        keyId,
        last4: key.last4,
        vendorName: key.vendor === null ? null : vendorName(key.vendor),
        label: key.label,
      };

const entryOf =
  (words: Catalogue) =>
  ({ position, facts, previous_last4, previous_vendor, previous_label, ...row }: Row): AuditEntry => ({
    ...row,
    position: BigInt(position),
    sentence: sentenceOf(
      words,
      { type: row.type, facts },
      {
        actor: { kind: row.actorKind, id: row.actorId },
        key: namedKey(row.keyId, row),
        previousKey: namedKey(row.previousKeyId, {
          last4: previous_last4,
          vendor: previous_vendor,
          label: previous_label,
        }),
        runId: row.runId,
        projectId: row.projectId,
        caseId: row.caseId,
      },
    ),
  });

/** A page of entries. Entries that arrive meanwhile move nothing: a page begins where the last one ended. */
export const auditPage = async (
  db: Kysely<ReadModelTables>,
  words: Catalogue,
  filter: AuditFilter,
  options: AuditPageOptions,
): Promise<AuditPage> => {
  const limit = pageSize(options.limit);
  const query = await auditPageQuery(db, filter, options);
  const rows = query === null ? [] : await query.execute();
  const entries = rows.slice(0, limit).map(entryOf(words));
  const last = entries.at(-1);
  return {
    entries,
    next: last === undefined ? (options.after ?? null) : writeCursor(listOf(options.order), last.sequence),
    more: rows.length > limit,
  };
};
