import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import {
  checkReadAll,
  StoreFault,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionMessage,
} from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import type { Connection } from './connection';
import { receive } from './receiving';
import { backoffMs, waited } from './retrying';
import { isPassing, storeFaultOf, troubleOf } from './storeFaults';
import { allSubscription, isUserStream, positionOf, recordedEvent, streamOf } from './wire';

const BATCH = 512;
const LONGEST_WAIT_MS = 5_000;

/** What a subscription has told its reader. */
interface Told {
  /** Everything up to here. */
  upTo: Position | undefined;
  caughtUp: boolean;
}

/** What a run of the server's messages says that was not told yet. */
function* newsOf(
  messages: ReadonlyArray<ReadResp>,
  told: Told,
  batchSize: number,
): Generator<SubscriptionMessage> {
  let events: RecordedEvent[] = [];
  const flush = function* (): Generator<SubscriptionMessage> {
    if (events.length > 0) yield { kind: 'events', events };
    events = [];
  };
  const isNews = (position: Position): boolean => told.upTo === undefined || position > told.upTo;
  for (const message of messages) {
    const event = message.getEvent()?.getEvent();
    const checkpoint = message.getCheckpoint();
    if (event !== undefined) {
      const position = positionOf(event);
      if (!isNews(position)) continue;
      told.upTo = position;
      if (!isUserStream(streamOf(event))) continue;
      told.caughtUp = false;
      events.push(recordedEvent(event));
      if (events.length === batchSize) yield* flush();
    } else if (checkpoint !== undefined) {
      const position = positionOf(checkpoint);
      if (!isNews(position)) continue;
      yield* flush();
      told.upTo = position;
      yield { kind: 'checkpoint', position };
    } else if (message.hasCaughtUp() && !told.caughtUp) {
      yield* flush();
      told.caughtUp = true;
      yield { kind: 'caught-up' };
    }
  }
  yield* flush();
}

/**
 * Follows `$all`, filtered by the server. Where the connection or the node is gone it is resumed from what its reader was
 * told last, with backoff, for as long as it takes; anything that will not pass by itself is thrown.
 *
 * @param closing - aborted when the store is closed, which ends the subscription with the fault `closed`
 */
export async function* follow(
  connection: Connection,
  { after, streamPrefix, batchSize = BATCH, signal }: SubscribeOptions,
  closing: AbortSignal,
): AsyncGenerator<SubscriptionMessage, void> {
  const checked = checkReadAll({
    limit: batchSize,
    ...(after === undefined ? {} : { after }),
    ...(streamPrefix === undefined ? {} : { streamPrefix }),
  });
  if (isLeft(checked)) throw checked.left;
  const ending = AbortSignal.any([signal, closing]);
  const told: Told = { upTo: after, caughtUp: false };
  const stop = (): boolean => {
    if (closing.aborted) throw new StoreFault('closed', 'The event store was closed. Open it again.');
    return signal.aborted;
  };
  for (let attempt = 1; !stop(); attempt += 1) {
    try {
      const request = allSubscription({ after: told.upTo, streamPrefix });
      for await (const messages of receive(connection, request, {
        hold: batchSize,
        waitMs: null,
        signal: ending,
      })) {
        attempt = 0;
        for (const message of newsOf(messages, told, batchSize)) {
          if (stop()) return;
          yield message;
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
