import { viewStream } from '../log/readingStreams';
import { TOMBSTONE, type LogRecord } from '../log/record';
import { PAGE_SIZE } from '../services/filter';
import type { Outlet } from '../services/outlet';
import { streamDeleted } from '../wire/rpcError';
import { followLiveIn23 } from './liveIn23';
import { confirmation } from './messages';
import type { StreamSubscription } from './subscription';

/** The events from a revision on, and whether the stream is there. */
const shownFrom = (
  { log, stream }: StreamSubscription,
  revision: bigint,
): { readonly records: ReadonlyArray<LogRecord>; readonly isThere: boolean } => {
  const view = viewStream(log, stream);
  if (view.kind === 'deleted') throw streamDeleted(stream);
  if (view.kind === 'not-found') return { records: [], isThere: false };
  const from = view.index.firstFrom(revision > view.first ? revision : view.first);
  return { records: view.index.records.slice(from), isThere: true };
};

/**
 * A subscription to a stream as 23.10 has it. While the stream is not there it looks for it again and again, and is not
 * caught up. One whose client is slow while it is live, or while it goes live, fails.
 */
export const followStreamIn23 = async (subscription: StreamSubscription, outlet: Outlet): Promise<void> => {
  const { log, stream, after } = subscription;
  if (viewStream(log, stream).kind === 'deleted') throw streamDeleted(stream);
  let current = after === 'end' ? (log.stream(stream)?.last ?? -1n) : (after ?? -1n);
  const send = async (record: LogRecord): Promise<void> => {
    if (record.revision <= current) return;
    current = record.revision;
    await outlet.sendEvent(record);
    if (current === TOMBSTONE) throw streamDeleted(stream);
  };
  const unsubscribe = log.onIndexed(outlet.wake);
  try {
    await outlet.send(confirmation());
    while (after !== 'end' && !outlet.closed()) {
      const { records, isThere } = shownFrom(subscription, current + 1n);
      const page = records.slice(0, PAGE_SIZE);
      for (const record of page) await send(record);
      if (isThere && page.length < PAGE_SIZE) break;
      if (!isThere) await outlet.wait();
    }
  } finally {
    unsubscribe();
  }
  return followLiveIn23(
    {
      log,
      matches: (record) => record.stream === stream,
      checkpointInterval: Infinity,
      considered: 0,
      missed: () => (after === 'end' ? [] : shownFrom(subscription, current + 1n).records),
      send,
    },
    outlet,
  );
};
