import * as E from 'fp-ts/Either';
import type { AllPage, EventStore, Position, SubscribeOptions, SubscriptionMessage } from './eventStore';

/** Tells a reader when there may be something new. */
export interface Changes {
  /** To be taken before a read: `since` then misses nothing that was recorded after it. */
  readonly mark: () => number;
  /** Resolves when something may have been recorded after the mark, the signal aborts, or the store closes. */
  readonly since: (mark: number, signal: AbortSignal) => Promise<void>;
}

const BATCH = 512;

/** What a page tells a reader who had read up to `before`. */
const messagesOf = (
  { events, readTo }: AllPage,
  before: Position | undefined,
): ReadonlyArray<SubscriptionMessage> => {
  const known = events[events.length - 1]?.position ?? before;
  return [
    ...(events.length > 0 ? [{ kind: 'events', events } as const] : []),
    ...(readTo !== null && (known === undefined || readTo > known)
      ? [{ kind: 'checkpoint', position: readTo } as const]
      : []),
  ];
};

/**
 * A subscription made of reads: pages through what is there, says that it has caught up, then waits for changes.
 * Nothing is read before its reader asks for it, so that a page at most is held.
 */
export const followByReading = (
  readAll: EventStore['readAll'],
  changes: Changes,
  { after, batchSize = BATCH, signal, ...filter }: SubscribeOptions,
): AsyncIterable<SubscriptionMessage> => ({
  async *[Symbol.asyncIterator]() {
    const stopped = (): boolean => signal.aborted;
    let readTo = after;
    let caughtUp = false;
    while (!stopped()) {
      const mark = changes.mark();
      const page = await readAll({
        ...filter,
        limit: batchSize,
        ...(readTo === undefined ? {} : { after: readTo }),
      })();
      if (E.isLeft(page)) throw page.left;
      for (const message of messagesOf(page.right, readTo)) {
        if (stopped()) return;
        caughtUp = false;
        yield message;
      }
      readTo = page.right.readTo ?? readTo;
      if (!page.right.end) continue;
      if (!caughtUp && !stopped()) {
        caughtUp = true;
        yield { kind: 'caught-up' };
      }
      await changes.since(mark, signal);
    }
  },
});
