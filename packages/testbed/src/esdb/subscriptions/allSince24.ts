import * as E from 'fp-ts/Either';
import { at, compare, START, type Position } from '../log/position';
import { readForwards } from '../log/readingAll';
import { PAGE_SIZE } from '../services/filter';
import type { Outlet } from '../services/outlet';
import { writeCheckpoint } from '../wire/messages';
import { invalidPosition } from '../wire/rpcError';
import { openLiveFeed, type LiveFeed } from './liveFeed';
import { caughtUp, confirmation, fellBehind } from './messages';
import { BEFORE, type AllSubscription } from './subscription';

/** What was sent so far: the last event or checkpoint, and the last live item that was looked at. */
interface Sent {
  checkpoint: Position;
  live: number;
}

type SendCheckpoint = (position: Position) => Promise<void>;

const checkpointSender = ({ filter }: AllSubscription, outlet: Outlet): SendCheckpoint => {
  let last = BEFORE;
  return async (position) => {
    if (filter === null || compare(position, last) <= 0) return;
    last = position;
    await outlet.send(writeCheckpoint(position));
  };
};

/** Reads pages until one ends at the end of the log. */
const catchUp = async (
  { log, filter, checkpointAtEnd }: AllSubscription,
  outlet: Outlet,
  sent: Sent,
  sendCheckpoint: SendCheckpoint,
): Promise<void> => {
  const interval = filter?.checkpointInterval ?? Infinity;
  let considered = 0;
  let from = sent.checkpoint.commit < 0n ? START : sent.checkpoint;
  while (!outlet.closed()) {
    const page = readForwards(log, {
      from,
      maxCount: PAGE_SIZE,
      window: filter?.window ?? PAGE_SIZE,
      filter: filter?.filter ?? (() => true),
    });
    if (E.isLeft(page)) throw invalidPosition();
    const { records, next, end } = page.right;
    for (const record of records) {
      if (compare(at(record.position), sent.checkpoint) <= 0) continue;
      await outlet.sendEvent(record);
      sent.checkpoint = at(record.position);
    }
    considered += page.right.considered;
    // A checkpoint says where a page began, unless events of it were sent: the real server does no better.
    const due = considered >= interval || (end && checkpointAtEnd);
    if (due && compare(sent.checkpoint, from) < 0 && compare(from, next) < 0) sent.checkpoint = from;
    if (due || end) await sendCheckpoint(sent.checkpoint);
    if (end) return;
    if (considered >= interval) considered %= interval;
    from = next;
  }
};

/** Follows what comes; ends when something was dropped meanwhile, which only pages can give then. */
const followLive = async (
  { tellsFallingBehind }: AllSubscription,
  outlet: Outlet,
  feed: LiveFeed,
  sent: Sent,
  sendCheckpoint: SendCheckpoint,
): Promise<void> => {
  await outlet.send(caughtUp());
  while (!outlet.closed()) {
    const item = feed.take();
    if (item === undefined) {
      await outlet.wait();
      continue;
    }
    const follows = item.number === sent.live + 1;
    sent.live = item.number;
    const position = item.kind === 'event' ? at(item.record.position) : item.position;
    const order = compare(position, sent.checkpoint);
    if (order < 0 || (order === 0 && item.kind === 'event')) continue;
    if (!follows) {
      if (tellsFallingBehind) await outlet.send(fellBehind());
      return sendCheckpoint(sent.checkpoint);
    }
    if (item.kind === 'event') await outlet.sendEvent(item.record);
    else await sendCheckpoint(position);
    sent.checkpoint = position;
  }
};

/**
 * A subscription to `$all` as servers since 24.2 have it: confirmed at once, pages until the end of the log is reached,
 * then what comes. One whose client is slow goes back to pages. From a position beyond the end, it waits for that.
 */
export const followAllSince24 = async (subscription: AllSubscription, outlet: Outlet): Promise<void> => {
  const { log, after, filter } = subscription;
  const newest = log.records.at(-1);
  const head = newest === undefined ? BEFORE : at(newest.position);
  const sent: Sent = { checkpoint: after === 'end' ? head : (after ?? BEFORE), live: 0 };
  const sendCheckpoint = checkpointSender(subscription, outlet);
  const feed = openLiveFeed({
    log,
    matches: filter?.filter ?? (() => true),
    checkpointInterval: filter?.checkpointInterval ?? Infinity,
    considered: 0,
    capacity: PAGE_SIZE,
    wake: outlet.wake,
  });
  try {
    await outlet.send(confirmation());
    if (compare(sent.checkpoint, head) >= 0)
      await followLive(subscription, outlet, feed, sent, sendCheckpoint);
    while (!outlet.closed()) {
      await catchUp(subscription, outlet, sent, sendCheckpoint);
      await followLive(subscription, outlet, feed, sent, sendCheckpoint);
    }
  } finally {
    feed.close();
  }
};
