import * as E from 'fp-ts/Either';
import type { EventLog } from '../log/eventLog';
import { at, compare, START, type Position } from '../log/position';
import { readForwards } from '../log/readingAll';
import type { LogRecord } from '../log/record';
import { writeCheckpoint } from '../wire/messages';
import { invalidPosition } from '../wire/rpcError';
import { PAGE_SIZE, type FilterOptions } from './filter';
import type { Outlet } from './outlet';
import { caughtUp, confirmation, fellBehind } from './subscriptionMessages';

interface AllSubscription {
  readonly log: EventLog;
  /** Events after it are sent; null for all of them. */
  readonly after: Position | 'end' | null;
  readonly filter: FilterOptions | null;
  readonly tellsFallingBehind: boolean;
}

/** Before all events. */
const BEFORE: Position = { commit: -1n, prepare: -1n };

/**
 * Sends what follows a position of `$all`: pages until the end of the log is reached, then each event as it is
 * committed. One that is more than a page behind goes back to reading pages. Checkpoints are sent where there is a
 * filter: after so many records that were looked at, and whenever the end of the log is reached by reading pages.
 */
export const subscribeAll = async (
  { log, after, filter, tellsFallingBehind }: AllSubscription,
  outlet: Outlet,
): Promise<void> => {
  const matches = filter?.filter ?? (() => true);
  const interval = filter?.checkpointInterval ?? Infinity;
  const newest = log.records.at(-1); // when the subscription is confirmed
  const head = newest === undefined ? BEFORE : at(newest.position);
  /** The event or checkpoint that was sent last. */
  let sent = after === 'end' ? head : (after ?? BEFORE);
  let lastCheckpoint: Position | null = null;
  let liveConsidered = 0;

  const sendCheckpoint = async (position: Position): Promise<void> => {
    sent = position;
    if (filter === null || position.commit < 0n) return;
    if (lastCheckpoint !== null && compare(position, lastCheckpoint) <= 0) return;
    lastCheckpoint = position;
    await outlet.send(writeCheckpoint(position));
  };

  /** Reads pages to the end of the log; gives the index of the first record that was not read. */
  const catchUp = async (): Promise<number> => {
    let considered = 0;
    let from = sent.commit < 0n ? START : sent;
    while (!outlet.closed()) {
      const page = readForwards(log, {
        from,
        maxCount: PAGE_SIZE,
        window: filter?.window ?? PAGE_SIZE,
        filter: matches,
      });
      if (E.isLeft(page)) throw invalidPosition();
      const read = log.records.length;
      for (const record of page.right.records) {
        if (compare(at(record.position), sent) <= 0) continue;
        await outlet.sendEvent(record);
        sent = at(record.position);
      }
      considered += page.right.considered;
      // A checkpoint says where a page began, unless events of it were sent: the real server does no better.
      const reached = compare(sent, from) < 0 ? from : sent;
      if (page.right.end) {
        await sendCheckpoint(reached);
        return read;
      }
      if (considered >= interval) {
        considered %= interval;
        await sendCheckpoint(reached);
      }
      from = page.right.next;
    }
    return log.records.length;
  };

  const takeLive = async (record: LogRecord): Promise<void> => {
    liveConsidered += 1;
    const position = at(record.position);
    if (compare(position, sent) > 0 && matches(record)) {
      await outlet.sendEvent(record);
      sent = position;
    }
    if (liveConsidered < interval) return;
    liveConsidered = 0;
    if (compare(position, sent) >= 0) await sendCheckpoint(position);
  };

  /** Follows the log from the record with this index; ends when it fell behind. */
  const goLive = async (from: number): Promise<void> => {
    await outlet.send(caughtUp());
    for (let index = from; !outlet.closed();) {
      if (log.records.length - index > PAGE_SIZE) {
        if (tellsFallingBehind) await outlet.send(fellBehind());
        await sendCheckpoint(sent);
        return;
      }
      const record = log.records[index];
      if (record === undefined) await outlet.wait();
      else {
        await takeLive(record);
        index += 1;
      }
    }
  };

  const unsubscribe = log.onCommit(outlet.wake);
  try {
    let live = log.records.length;
    await outlet.send(confirmation());
    if (compare(sent, head) < 0) live = await catchUp();
    while (!outlet.closed()) {
      await goLive(live);
      live = await catchUp();
    }
  } finally {
    unsubscribe();
  }
};
