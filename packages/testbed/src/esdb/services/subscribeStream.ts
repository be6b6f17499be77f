import type { EventLog } from '../log/eventLog';
import { viewStream } from '../log/readingStreams';
import { streamDeleted } from '../wire/rpcError';
import { PAGE_SIZE } from './filter';
import type { Outlet } from './outlet';
import { caughtUp, confirmation, fellBehind } from './subscriptionMessages';

interface StreamSubscription {
  readonly log: EventLog;
  readonly stream: string;
  /** Events after this revision are sent; null for all of them. */
  readonly after: bigint | 'end' | null;
  readonly tellsFallingBehind: boolean;
}

/** Sends what follows a revision of a stream, and fails once the stream has a tombstone. It need not exist yet. */
export const subscribeStream = async (
  { log, stream, after, tellsFallingBehind }: StreamSubscription,
  outlet: Outlet,
): Promise<void> => {
  const unsubscribe = log.onCommit(outlet.wake);
  try {
    await outlet.send(confirmation());
    let next =
      after === 'end' ? (log.stream(stream)?.records.length ?? 0) : after === null ? 0 : Number(after) + 1;
    let live = false;
    while (!outlet.closed()) {
      const view = viewStream(log, stream);
      if (view.kind === 'deleted') throw streamDeleted(stream);
      const shown = view.kind === 'stream' ? view.records : [];
      if (view.kind === 'stream') next = Math.max(next, Number(view.first));
      const record = shown[next];
      if (record === undefined) {
        if (live) await outlet.wait();
        else await outlet.send(caughtUp());
        live = true;
      } else if (live && shown.length - next > PAGE_SIZE) {
        live = false;
        if (tellsFallingBehind) await outlet.send(fellBehind());
      } else {
        await outlet.sendEvent(record);
        next += 1;
      }
    }
  } finally {
    unsubscribe();
  }
};
