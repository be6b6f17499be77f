import type { EventStore, RecordedEvent, StoreFaultCode } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import { storeFailed } from '../faults';

const PAGE = 1_000;

/** Why a stream can't be read from there, by itself: the store and all other streams are well. */
export type StreamEnd = 'deleted' | 'tombstoned' | 'cut';

const ENDS: { readonly [C in StoreFaultCode]?: StreamEnd } = {
  'stream-deleted': 'deleted',
  'stream-tombstoned': 'tombstoned',
  'stream-cut': 'cut',
};

/** The events of a stream from one revision to another, as far as it has them. */
export type ReadStretch = (
  stream: string,
  from: number,
  to: number,
) => Promise<ReadonlyArray<RecordedEvent> | StreamEnd>;

/** Reads each stretch once: several projectors ask for the same. Rejects with a `ProjectionFault`. */
export const stretchesOf = (store: Pick<EventStore, 'readStream'>): ReadStretch => {
  const read = async (stream: string, from: number, to: number): ReturnType<ReadStretch> => {
    const events: RecordedEvent[] = [];
    for (let next = from; next <= to;) {
      const limit = Math.min(PAGE, to - next + 1);
      const page = await store.readStream(stream, { direction: 'forwards', from: next, limit })();
      if (isLeft(page)) {
        const end = ENDS[page.left.code];
        if (end !== undefined) return end;
        throw storeFailed(page.left);
      }
      // Where revisions are missing a page of as many events as were asked for goes further.
      events.push(...page.right.events.filter((event) => event.revision <= to));
      const last = page.right.events.at(-1);
      if (last === undefined || page.right.end) break;
      next = last.revision + 1;
    }
    return events;
  };
  const asked = new Map<string, ReturnType<ReadStretch>>();
  return (stream, from, to) => {
    const name = `${from}:${to}:${stream}`;
    const known = asked.get(name) ?? read(stream, from, to);
    asked.set(name, known);
    return known;
  };
};
