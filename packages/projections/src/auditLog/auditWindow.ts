import type { Kysely } from 'kysely';
import type { ReadModelTables } from '../database/tables';
import type { AuditEntriesQuery } from './auditEntriesQuery';
import { blockOf, firstSequenceOf } from './blocks';

/** From when to when. */
export interface TimeWindow {
  /**
   * At or after this, in milliseconds since 1970. An entry has two times, the store's and the service's: it is taken
   * when one of them lies from `since` to `until`, whatever its neighbours' say.
   */
  readonly since?: number;
  /** Before this, in milliseconds since 1970. */
  readonly until?: number;
}

/** A part of the log: `from` and behind it, as far as `before`. */
export interface Span {
  readonly from: number;
  readonly before: number;
}

/** Whether it leaves nothing out. */
export const isOpen = ({ since, until }: TimeWindow): boolean => since === undefined && until === undefined;

/** In which direction the log is gone through. */
export type LogOrder = 'newest-first' | 'oldest-first';

/** A page is mostly full after the first few blocks. */
const BLOCKS_AT_FIRST = 64;
const BLOCKS_AT_ONCE = 4_096;

/** Blocks as spans: those that follow each other are one. They come in one order or the other. */
const joined = (blocks: ReadonlyArray<number>): ReadonlyArray<Span> => {
  const spans: { from: number; before: number }[] = [];
  for (const block of blocks) {
    const [from, before] = [firstSequenceOf(block), firstSequenceOf(block + 1)];
    const last = spans.at(-1);
    if (last !== undefined && from <= last.before && before >= last.from) {
      last.from = Math.min(last.from, from);
      last.before = Math.max(last.before, before);
    } else spans.push({ from, before });
  }
  return spans;
};

const blocksOf = async (
  db: Kysely<ReadModelTables>,
  { since, until }: TimeWindow,
  within: Span,
  order: LogOrder,
  most: number,
): Promise<ReadonlyArray<number>> => {
  let query = db
    .selectFrom('audit_block_times')
    .select('block')
    .orderBy('block', order === 'oldest-first' ? 'asc' : 'desc')
    .limit(most);
  if (within.from > 1) query = query.where('block', '>=', blockOf(within.from));
  if (within.before < Number.MAX_SAFE_INTEGER) query = query.where('block', '<=', blockOf(within.before - 1));
  if (since !== undefined) query = query.where('latest_ms', '>=', since);
  if (until !== undefined) query = query.where('earliest_ms', '<', until);
  return (await query.execute()).map(({ block }) => block);
};

/**
 * The parts of the log that can have entries of the window, in the order asked for: mostly one. No order of times is
 * presumed. They are looked up as they are asked for.
 *
 * @param within - nothing outside of this is looked for
 */
export async function* spansOf(
  db: Kysely<ReadModelTables>,
  window: TimeWindow,
  within: Span,
  order: LogOrder,
): AsyncGenerator<Span> {
  if (isOpen(window)) {
    yield within;
    return;
  }
  let { from, before } = within;
  for (let most = BLOCKS_AT_FIRST; from < before; most = BLOCKS_AT_ONCE) {
    const blocks = await blocksOf(db, window, { from, before }, order, most);
    for (const span of joined(blocks)) {
      yield { from: Math.max(span.from, from), before: Math.min(span.before, before) };
    }
    const last = blocks.at(-1);
    if (last === undefined || blocks.length < most) return;
    if (order === 'oldest-first') from = firstSequenceOf(last + 1);
    else before = firstSequenceOf(last);
  }
}

/** Only entries of which one time, the store's or the service's, lies in the window. */
export const inWindow = (query: AuditEntriesQuery, window: TimeWindow): AuditEntriesQuery => {
  if (isOpen(window)) return query;
  const { since, until } = window;
  return query.where((eb) =>
    eb.or(
      (['recorded_at_ms', 'time_ms'] as const).map((time) =>
        eb.and([
          ...(since === undefined ? [] : [eb(time, '>=', since)]),
          ...(until === undefined ? [] : [eb(time, '<', until)]),
        ]),
      ),
    ),
  );
};
