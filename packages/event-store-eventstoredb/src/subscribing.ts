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
import { backoffMs, waited } from './retrying';
import { scan, type Sighting } from './scanning';
import { isPassing, storeFaultOf, troubleOf } from './storeFaults';
import { recordedEvent } from './wire';

const BATCH = 512;
/** Messages that wait for the reader, at most. */
const HOLD = 512;
const LONGEST_WAIT_MS = 5_000;

/** What a subscription has told its reader. */
interface Told {
  /** Everything up to here. */
  upTo: Position | undefined;
  caughtUp: boolean;
}

/** What a run of sightings says that was not told yet. One that can't be read ends it, after all before it is told. */
function* newsOf(
  sightings: ReadonlyArray<Sighting>,
  told: Told,
  batchSize: number,
): Generator<SubscriptionMessage> {
  let events: RecordedEvent[] = [];
  const flush = function* (): Generator<SubscriptionMessage> {
    if (events.length > 0) yield { kind: 'events', events };
    events = [];
  };
  for (const sighting of sightings) {
    const { position } = sighting;
    if (position !== null && (told.upTo === undefined || position > told.upTo)) {
      told.upTo = position;
      if (sighting.kind === 'event') {
        told.caughtUp = false;
        try {
          events.push(recordedEvent(sighting.event));
        } catch (corrupt) {
          yield* flush();
          throw corrupt;
        }
        if (events.length === batchSize) yield* flush();
      } else {
        yield* flush();
        yield { kind: 'checkpoint', position };
      }
    }
    if (sighting.kind === 'caught-up' && !told.caughtUp) {
      yield* flush();
      told.caughtUp = true;
      yield { kind: 'caught-up' };
    }
  }
  yield* flush();
}

/**
 * Follows `$all`, filtered by the server. Where the connection or the node is gone it is resumed from what its reader
 * was told last, with backoff, for as long as it takes; anything that will not pass by itself is thrown.
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
      const request = { after: told.upTo, streamPrefix };
      const receiving = { hold: Math.min(HOLD, batchSize), waitMs: null, signal: ending };
      for await (const sightings of scan(connection, request, receiving)) {
        attempt = 0;
        for (const message of newsOf(sightings, told, batchSize)) {
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
