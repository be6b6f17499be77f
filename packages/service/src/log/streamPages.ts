import type { EventStore, RecordedEvent } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { setImmediate as turn } from 'node:timers/promises';
import type { Fault } from '../failure';

const PAGE = 1_000;

/** Gives every event of a stream from a revision on, whatever it is. One page is held at a time. */
export const eventsOf = async (
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  from: number,
  onEvent: (event: RecordedEvent) => void,
): Promise<E.Either<Fault, void>> => {
  for (let next = from; ;) {
    const page = await store.readStream(stream, { direction: 'forwards', from: next, limit: PAGE })();
    if (E.isLeft(page)) return page;
    const { events, end } = page.right;
    for (const event of events) onEvent(event);
    const last = events.at(-1);
    if (end || last === undefined) return E.right(undefined);
    next = last.revision + 1;
    // An embedded store answers at once: without this a long stream would let nothing else run.
    await turn();
  }
};
