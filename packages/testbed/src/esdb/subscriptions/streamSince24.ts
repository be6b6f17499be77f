import { viewStream } from '../log/readingStreams';
import { TOMBSTONE } from '../log/record';
import { PAGE_SIZE } from '../services/filter';
import type { Outlet } from '../services/outlet';
import { streamDeleted } from '../wire/rpcError';
import { openLiveFeed, type LiveFeed } from './liveFeed';
import { caughtUp, confirmation, fellBehind } from './messages';
import type { StreamSubscription } from './subscription';

/** What was sent so far: the last event, and the last live item that was looked at. */
interface Sent {
  revision: bigint;
  live: number;
}

const catchUp = async ({ log, stream }: StreamSubscription, outlet: Outlet, sent: Sent): Promise<void> => {
  while (!outlet.closed()) {
    const view = viewStream(log, stream);
    if (view.kind === 'deleted') throw streamDeleted(stream);
    if (view.kind === 'not-found') return;
    const next = sent.revision + 1n;
    const from = view.index.firstFrom(next > view.first ? next : view.first);
    const page = view.index.records.slice(from, from + PAGE_SIZE);
    for (const record of page) {
      await outlet.sendEvent(record);
      sent.revision = record.revision;
    }
    if (page.length < PAGE_SIZE) return;
  }
};

/** Follows what comes; ends when something was dropped meanwhile, which only pages can give then. */
const followLive = async (
  { stream, tellsFallingBehind }: StreamSubscription,
  outlet: Outlet,
  feed: LiveFeed,
  sent: Sent,
): Promise<void> => {
  await outlet.send(caughtUp());
  while (!outlet.closed()) {
    const item = feed.take();
    if (item === undefined) {
      await outlet.wait();
      continue;
    }
    if (item.kind !== 'event') continue;
    const follows = item.number === sent.live + 1;
    sent.live = item.number;
    if (item.record.revision <= sent.revision) continue;
    if (!follows) {
      if (tellsFallingBehind) await outlet.send(fellBehind());
      return;
    }
    await outlet.sendEvent(item.record);
    sent.revision = item.record.revision;
    if (sent.revision === TOMBSTONE) throw streamDeleted(stream);
  }
};

/** A subscription to a stream as servers since 24.2 have it: see `followAllSince24`. */
export const followStreamSince24 = async (
  subscription: StreamSubscription,
  outlet: Outlet,
): Promise<void> => {
  const { log, stream, after } = subscription;
  if (viewStream(log, stream).kind === 'deleted') throw streamDeleted(stream);
  const head = log.stream(stream)?.last ?? -1n;
  const sent: Sent = { revision: after === 'end' ? head : (after ?? -1n), live: 0 };
  const feed = openLiveFeed({
    log,
    matches: (record) => record.stream === stream,
    checkpointInterval: Infinity,
    considered: 0,
    capacity: PAGE_SIZE,
    wake: outlet.wake,
  });
  try {
    await outlet.send(confirmation());
    if (sent.revision >= head) await followLive(subscription, outlet, feed, sent);
    while (!outlet.closed()) {
      await catchUp(subscription, outlet, sent);
      await followLive(subscription, outlet, feed, sent);
    }
  } finally {
    feed.close();
  }
};
