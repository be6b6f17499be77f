import type { EventLog } from '../log/eventLog';
import { viewStream } from '../log/readingStreams';
import { streamDeleted } from '../wire/rpcError';
import type { Outlet } from './outlet';
import { caughtUp, confirmation } from './subscriptionMessages';

interface StreamSubscription {
  readonly log: EventLog;
  readonly stream: string;
  /** Events after this revision are sent; null for all of them. */
  readonly after: bigint | 'end' | null;
}

/** Sends what follows a revision of a stream, and fails once the stream has a tombstone. It need not exist yet. */
export const subscribeStream = async (
  { log, stream, after }: StreamSubscription,
  outlet: Outlet,
): Promise<void> => {
  const unsubscribe = log.onCommit(outlet.wake);
  try {
    await outlet.send(confirmation());
    let next =
      after === 'end' ? (log.stream(stream)?.records.length ?? 0) : after === null ? 0 : Number(after) + 1;
    let toldCaughtUp = false;
    while (!outlet.closed()) {
      const view = viewStream(log, stream);
      if (view.kind === 'deleted') throw streamDeleted(stream);
      if (view.kind === 'stream') next = Math.max(next, Number(view.first));
      const record = view.kind === 'stream' ? view.records[next] : undefined;
      if (record !== undefined) {
        await outlet.sendEvent(record);
        next += 1;
      } else if (!toldCaughtUp) {
        toldCaughtUp = true;
        await outlet.send(caughtUp());
      } else await outlet.wait();
    }
  } finally {
    unsubscribe();
  }
};
