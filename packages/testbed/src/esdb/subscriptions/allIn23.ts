import * as E from 'fp-ts/Either';
import { at, compare, START, type Position } from '../log/position';
import { readForwards, type AllPage } from '../log/readingAll';
import type { LogRecord } from '../log/record';
import { PAGE_SIZE } from '../services/filter';
import type { Outlet } from '../services/outlet';
import { writeCheckpoint } from '../wire/messages';
import { unexpectedResult, unhandled } from '../wire/rpcError';
import { followLiveIn23 } from './liveIn23';
import { confirmation } from './messages';
import type { AllSubscription } from './subscription';

const pageFrom = ({ log, filter }: AllSubscription, from: Position): AllPage => {
  const page = readForwards(log, {
    from,
    maxCount: PAGE_SIZE,
    window: filter?.window ?? PAGE_SIZE,
    filter: filter?.filter ?? (() => true),
  });
  if (E.isLeft(page))
    throw unexpectedResult(filter === null ? 'ReadAllResult' : 'FilteredReadAllResult', 'Error');
  return page.right;
};

/** What came between the last page and now. */
const missedFrom = (subscription: AllSubscription, from: Position): ReadonlyArray<LogRecord> => {
  const missed: LogRecord[] = [];
  for (let next = from; ;) {
    const page = pageFrom(subscription, next);
    missed.push(...page.records);
    if (page.end) return missed;
    ({ next } = page);
  }
};

/**
 * Where the pages begin. After a position, 23.10 reads one event from it on and takes that for the event which was
 * there, whatever it is. So an event is lost when a scavenge has taken the position's own.
 */
const startOf = ({ log, after }: AllSubscription): Position | 'end' => {
  if (after === 'end') return after;
  if (after === null || compare(after, START) === 0) return START;
  const first = readForwards(log, { from: after, maxCount: 1, window: Infinity, filter: () => true });
  if (E.isLeft(first)) throw unhandled();
  return first.right.next;
};

/** Reads pages to the end of the log; gives where the last ended, and what was considered since a checkpoint. */
const catchUp = async (
  subscription: AllSubscription,
  outlet: Outlet,
  start: Position,
  send: (record: LogRecord) => Promise<void>,
): Promise<{ readonly next: Position; readonly considered: number }> => {
  const { filter } = subscription;
  const interval = filter?.checkpointInterval ?? Infinity;
  let considered = 0;
  for (let from = start; ;) {
    const page = pageFrom(subscription, from);
    if (from === start) await outlet.send(confirmation());
    for (const record of page.records) await send(record);
    considered += page.considered;
    if (page.end || outlet.closed()) return { next: page.next, considered };
    if (considered >= interval) {
      considered %= interval;
      const newest = page.records.at(-1);
      await outlet.send(writeCheckpoint(newest === undefined ? from : at(newest.position)));
    }
    from = page.next;
  }
};

/**
 * A subscription to `$all` as 23.10 has it: confirmed with the first page, and no checkpoint where the log ends. One
 * whose client is slow while it is live, or while it goes live, fails. From a position beyond the end, it gives
 * whatever comes.
 */
export const followAllIn23 = async (subscription: AllSubscription, outlet: Outlet): Promise<void> => {
  const { log, filter } = subscription;
  let current: Position | null = null;
  const send = async (record: LogRecord): Promise<void> => {
    const position = at(record.position);
    if (current !== null && compare(position, current) <= 0) return;
    current = position;
    await outlet.sendEvent(record);
  };
  const start = startOf(subscription);
  if (start === 'end') await outlet.send(confirmation());
  const reached = start === 'end' ? null : await catchUp(subscription, outlet, start, send);
  return followLiveIn23(
    {
      log,
      matches: filter?.filter ?? (() => true),
      checkpointInterval: filter?.checkpointInterval ?? Infinity,
      considered: reached?.considered ?? 0,
      missed: () => (reached === null ? [] : missedFrom(subscription, reached.next)),
      send,
    },
    outlet,
  );
};
