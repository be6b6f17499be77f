import {
  checkReadAll,
  StoreFault,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionMessage,
} from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import { troubleOf, type Connection } from './connection';
import { backoffMs, waited } from './retrying';
import { scan, type ScanMessage } from './scanning';
import { storeFaultOf } from './storeFaults';
import { isPassing } from './trouble';

const BATCH = 512;
/** Messages that wait for the reader, at most. */
const HOLD = 512;
const LONGEST_WAIT_MS = 5_000;

/** How far a subscription has delivered. */
interface DeliveryProgress {
  /** Everything up to here. */
  upTo: Position | undefined;
  caughtUp: boolean;
}

/** What a run of messages has that was not delivered yet. */
function* undelivered(
  messages: ReadonlyArray<ScanMessage>,
  progress: DeliveryProgress,
  batchSize: number,
): Generator<SubscriptionMessage> {
  let events: RecordedEvent[] = [];
  const flush = function* (): Generator<SubscriptionMessage> {
    if (events.length > 0) yield { kind: 'events', events };
    events = [];
  };
  for (const message of messages) {
    const { position } = message;
    if (position !== null && (progress.upTo === undefined || position > progress.upTo)) {
      progress.upTo = position;
      if (message.kind === 'event') {
        progress.caughtUp = false;
        events.push(message.event);
        if (events.length === batchSize) yield* flush();
      } else {
        yield* flush();
        yield { kind: 'checkpoint', position };
      }
    }
    if (message.kind === 'caught-up' && !progress.caughtUp) {
      yield* flush();
      progress.caughtUp = true;
      yield { kind: 'caught-up' };
    }
  }
  yield* flush();
}

/**
 * Follows `$all`, filtered by the server. Where the connection or the node is gone it is resumed from what was
 * delivered last, with backoff, for as long as it takes; anything that will not pass by itself is thrown.
 *
 * @param closing - aborted when the store is closed, which ends the subscription with the fault `closed`
 */
export async function* follow(
  connection: Connection,
  { after, batchSize = BATCH, signal, ...filter }: SubscribeOptions,
  closing: AbortSignal,
): AsyncGenerator<SubscriptionMessage, void> {
  const checked = checkReadAll({
    ...filter,
    limit: batchSize,
    ...(after === undefined ? {} : { after }),
  });
  if (isLeft(checked)) throw checked.left;
  const ending = AbortSignal.any([signal, closing]);
  const progress: DeliveryProgress = { upTo: after, caughtUp: false };
  const stop = (): boolean => {
    if (closing.aborted) throw new StoreFault('closed', 'The event store was closed. Open it again.');
    return signal.aborted;
  };
  for (let attempt = 1; !stop(); attempt += 1) {
    try {
      const request = { after: progress.upTo, ...filter };
      const receiving = { hold: Math.min(HOLD, batchSize), waitMs: null, signal: ending };
      for await (const messages of scan(connection, request, receiving)) {
        attempt = 0;
        for (const news of undelivered(messages, progress, batchSize)) {
          if (stop()) return;
          yield news;
        }
      }
      if (stop()) return;
    } catch (error) {
      if (error instanceof StoreFault) throw error;
      if (stop()) return;
      if (!isPassing(troubleOf(error))) throw storeFaultOf(error, 'The events can not be followed');
    }
    await waited(backoffMs(Math.max(1, attempt), LONGEST_WAIT_MS), ending);
  }
}
