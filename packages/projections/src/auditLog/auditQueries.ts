import type { ActorKind, Catalogue, KeyringEventType, NamedKey } from '@keyturn/domain';
import { pageSize, readCursor, writeCursor } from '../database/cursor';
import { sentenceOf } from './auditWords';
import type { AuditEntriesQuery } from './auditEntriesQuery';
import type { AuditFilter } from './auditFilter';
import { type AuditSource, selectionOf } from './auditSelection';
import type { LogOrder, Span } from './auditWindow';
import { areFarApart } from './clocks';

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
  /** Whether `recordedAt` and `time` are over five minutes apart: one of the two clocks was wrong. */
  readonly clocksDiffer: boolean;
  /**
   * When the store recorded the entry above this one in the log, where that is over five minutes later: the store's
   * clock went back between the two. Else null.
   */
  readonly recordedAfter: number | null;
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

/**
 * Which page. `limit`: 1 to 1,000. `after`: the `next` of the page before, of the same query in the same order, or any
 * entry's `sequence`.
 */
export interface AuditPageOptions {
  readonly order: LogOrder;
  readonly limit: number;
  readonly after?: string;
}

export interface AuditPage {
  readonly entries: ReadonlyArray<AuditEntry>;
  /** Where this page ended: hand it back as `after` for the next. Null only when there was nothing at all. */
  readonly next: string | null;
  /** Whether anything lies beyond this page by now. Oldest first, more may come later. */
  readonly more: boolean;
  /** Whether times of this page are to be doubted: an entry has `clocksDiffer` or `recordedAfter`. */
  readonly clocksInDoubt: boolean;
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
      'recorded_after_ms as recordedAfter',
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

const SEQUENCE = /^[1-9]\d{0,14}$/;

/** An entry's own number is a place in the log as well, in either order: exports have it in their data. */
const placeOf = (order: LogOrder, after: string): number =>
  SEQUENCE.test(after) ? Number(after) : readCursor(listOf(order), after);

/** The part of the log in which a page lies. */
const spanOfPage = ({ order, after }: Pick<AuditPageOptions, 'order' | 'after'>): Span => {
  const place = after === undefined ? undefined : placeOf(order, after);
  return {
    from: place !== undefined && order === 'oldest-first' ? place + 1 : 1,
    before: place !== undefined && order === 'newest-first' ? place : Number.MAX_SAFE_INTEGER,
  };
};

/** SQLite merges some hundreds, and reads the plan of each of them anew. */
const MERGED_AT_ONCE = 100;

const chunksOf = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(all.length / MERGED_AT_ONCE) }, (_, n) =>
    all.slice(n * MERGED_AT_ONCE, (n + 1) * MERGED_AT_ONCE),
  );

/**
 * The queries behind a page, to be run one after the other until it is full, or to be explained by a test. Those of one
 * part of the log come together: each gives the sequences that it finds, in order.
 */
export async function* auditPageQueries(
  source: AuditSource,
  filter: AuditFilter,
  page: Pick<AuditPageOptions, 'order' | 'after'>,
) {
  const { spans, entriesOf } = await selectionOf(source, filter, spanOfPage(page));
  for await (const span of spans(page.order)) {
    yield chunksOf(entriesOf(span)).flatMap((chunk) => {
      const [first, ...others] = chunk.map((entries) => entries.select('sequence'));
      if (first === undefined) return [];
      return [
        others
          .reduce((merged, branch) => merged.unionAll(branch), first)
          .orderBy('sequence', page.order === 'newest-first' ? 'desc' : 'asc'),
      ];
    });
  }
}

const listOf = (order: AuditPageOptions['order']): string => `audit1-${order}`;

type Row = Omit<AuditEntry, 'position' | 'sentence' | 'clocksDiffer'> & {
  readonly position: string;
  readonly facts: string | null;
  readonly previous_last4: string | null;
  readonly previous_vendor: string | null;
  readonly previous_label: string | null;
};

/** The language of sentences, and what vendors are called in them. */
export interface AuditLanguage {
  readonly words: Catalogue;
  readonly vendorName: (vendor: string) => string;
}

const namedKey = (
  vendorName: AuditLanguage['vendorName'],
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
  ({ words, vendorName }: AuditLanguage) =>
  ({ position, facts, previous_last4, previous_vendor, previous_label, ...row }: Row): AuditEntry => ({
    ...row,
    position: BigInt(position),
    clocksDiffer: areFarApart(row.recordedAt, row.time),
    sentence: sentenceOf(
      words,
      { type: row.type, facts },
      {
        actor: { kind: row.actorKind, id: row.actorId },
        key: namedKey(vendorName, row.keyId, row),
        previousKey: namedKey(vendorName, row.previousKeyId, {
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

/** The sequences of a page's entries, as far as `most` of them. */
export const sequencesOf = async (
  source: AuditSource,
  filter: AuditFilter,
  page: Pick<AuditPageOptions, 'order' | 'after'>,
  most: number,
): Promise<ReadonlyArray<number>> => {
  const found: number[] = [];
  for await (const queries of auditPageQueries(source, filter, page)) {
    const here: number[] = [];
    for (const query of queries) {
      const rows = await query.limit(most - found.length).execute();
      here.push(...rows.map(({ sequence }) => sequence));
    }
    here.sort((a, b) => (page.order === 'newest-first' ? b - a : a - b));
    found.push(...here.slice(0, most - found.length));
    if (found.length >= most) break;
  }
  return found;
};

/** A page of entries. Entries that arrive meanwhile move nothing: a page begins where the last one ended. */
export const auditPage = async (
  source: AuditSource,
  language: AuditLanguage,
  filter: AuditFilter,
  options: AuditPageOptions,
): Promise<AuditPage> => {
  const limit = pageSize(options.limit);
  const sequences = await sequencesOf(source, filter, options, limit + 1);
  const rows: ReadonlyArray<Row> = await selectEntries(source.db.selectFrom('audit_entries_v2'))
    .where('sequence', 'in', sequences.slice(0, limit))
    .orderBy('sequence', options.order === 'newest-first' ? 'desc' : 'asc')
    .execute();
  const entries = rows.map(entryOf(language));
  const last = entries.at(-1);
  return {
    entries,
    next: last === undefined ? (options.after ?? null) : writeCursor(listOf(options.order), last.sequence),
    more: sequences.length > limit,
    clocksInDoubt: entries.some(({ clocksDiffer, recordedAfter }) => clocksDiffer || recordedAfter !== null),
  };
};
