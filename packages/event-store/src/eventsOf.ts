import * as E from 'fp-ts/Either';
import { setImmediate as turn } from 'node:timers/promises';
import type { EventStore, RecordedEvent } from './eventStore';
import type { StoreFault } from './faults';

const PAGE = 1_000;

/** Gives every event of a stream from one revision to another, whatever it is. One page is held at a time. */
export const eventsOf = async (
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  { from, to = Number.MAX_SAFE_INTEGER }: { readonly from: number; readonly to?: number },
  onEvent: (event: RecordedEvent) => void | Promise<void>,
): Promise<E.Either<StoreFault, void>> => {
  for (let next = from; next <= to;) {
    const limit = Math.min(PAGE, to - next + 1);
    const page = await store.readStream(stream, { direction: 'forwards', from: next, limit })();
    if (E.isLeft(page)) return page;
    const { events, end } = page.right;
    for (const event of events) if (event.revision <= to) await onEvent(event);
    const last = events.at(-1);
    if (end || last === undefined) break;
    next = last.revision + 1;
    // An embedded store answers at once: without this a long stream would let nothing else run.
    await turn();
  }
  return E.right(undefined);
};
