import * as E from 'fp-ts/Either';
import type { LogView } from './logView';
import { at, compare, type Position } from './position';
import type { LogRecord } from './record';

export type Filter = (record: LogRecord) => boolean;

export interface AllPage {
  readonly records: ReadonlyArray<LogRecord>;
  /** Where the next page begins. */
  readonly next: Position;
  /** Nothing lies beyond this page, as of now. */
  readonly end: boolean;
  /** How many records were looked at. */
  readonly considered: number;
}

export interface AllPageRequest {
  readonly from: Position;
  readonly maxCount: number;
  /** How many records may be looked at for one page. */
  readonly window: number;
  readonly filter: Filter;
}

/** A position inside a record, or between two commits: nothing begins there. */
export type InvalidPosition = 'invalid-position';

/** Index of the first record that begins at or after `position`. */
const firstFrom = (records: ReadonlyArray<LogRecord>, position: bigint): number => {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const record = records[middle];
    if (record !== undefined && record.position < position) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * Index of the first record that begins at the position or after it. A position must be one where a record begins, or
 * beyond the last. Where a scavenge went over the log, every position counts as that of the closest record behind it.
 */
const boundary = (log: LogView, { commit }: Position): E.Either<InvalidPosition, number> => {
  const index = firstFrom(log.records, commit);
  const before = log.records[index - 1];
  const inside = before !== undefined && before.position < commit && commit < before.next;
  return !inside || commit < log.scavengedTo() ? E.right(index) : E.left('invalid-position');
};

/** Reads forwards: events at the position and after it. */
export const readForwards = (
  log: LogView,
  { from, maxCount, window, filter }: AllPageRequest,
): E.Either<InvalidPosition, AllPage> => {
  const start = boundary(log, from);
  if (E.isLeft(start)) return start;
  const records: LogRecord[] = [];
  let next = from;
  let considered = 0;
  let index = start.right;
  for (; index < log.records.length && records.length < maxCount && considered < window; index += 1) {
    const record = log.records[index];
    if (record === undefined || compare(at(record.position), from) < 0) continue;
    considered += 1;
    if (filter(record)) records.push(record);
    next = { commit: record.next, prepare: 0n };
  }
  const full = records.length >= maxCount || considered >= window;
  return E.right({ records, next, end: !full, considered });
};

/** Reads backwards: events that lie wholly before the position. */
export const readBackwards = (
  log: LogView,
  { from, maxCount, window, filter }: AllPageRequest,
): E.Either<InvalidPosition, AllPage> => {
  const start = boundary(log, from);
  if (E.isLeft(start)) return start;
  const records: LogRecord[] = [];
  let next = from;
  let considered = 0;
  let index = start.right - 1;
  for (; index >= 0 && records.length < maxCount && considered < window; index -= 1) {
    const record = log.records[index];
    if (record === undefined || compare(at(record.next), from) > 0) continue;
    considered += 1;
    if (filter(record)) records.push(record);
    next = at(record.position);
  }
  return E.right({ records, next, end: index < 0, considered });
};
