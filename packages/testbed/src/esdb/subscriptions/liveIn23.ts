import type { LogRecord } from '../log/record';
import type { FilterOptions } from '../services/filter';
import { PAGE_SIZE } from '../services/filter';
import type { Outlet } from '../services/outlet';
import { writeCheckpoint } from '../wire/messages';
import { consumerTooSlow } from '../wire/rpcError';
import { openLiveFeed } from './liveFeed';
import { caughtUp } from './messages';
import type { EventLog } from '../log/eventLog';

interface LiveIn23 {
  readonly log: EventLog;
  readonly matches: FilterOptions['filter'];
  readonly checkpointInterval: number;
  /** How many events were looked at since the last checkpoint. */
  readonly considered: number;
  /** What came since the last page. */
  readonly missed: () => ReadonlyArray<LogRecord>;
  /** Sends an event that was not sent yet. */
  readonly send: (record: LogRecord) => Promise<void>;
}

/** How many items wait for a client while it is live: one full channel of them behind another. */
const LIVE_CAPACITY = 2 * PAGE_SIZE;

/** How a subscription of 23.10 goes live, and is live. One whose client is slow meanwhile fails. */
export const followLiveIn23 = async (
  { missed, send, ...subscription }: LiveIn23,
  outlet: Outlet,
): Promise<void> => {
  const feed = openLiveFeed({ ...subscription, capacity: LIVE_CAPACITY, wake: outlet.wake });
  try {
    const records = missed();
    if (records.length > PAGE_SIZE) throw consumerTooSlow('transitioning to live');
    for (const record of records) await send(record);
    if (feed.overflowed()) throw consumerTooSlow('transitioning to live');
    await outlet.send(caughtUp());
    while (!outlet.closed()) {
      if (feed.overflowed()) throw consumerTooSlow('live');
      const item = feed.take();
      if (item === undefined) await outlet.wait();
      else if (item.kind === 'event') await send(item.record);
      else await outlet.send(writeCheckpoint(item.position));
    }
  } finally {
    feed.close();
  }
};
