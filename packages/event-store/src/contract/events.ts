import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import { randomUUID } from 'node:crypto';
import type { EventData, EventStore, ReadAllOptions, RecordedEvent } from '../eventStore';
import { right } from './results';

/** An event with an id of its own. */
export const event = (changes: Partial<EventData> = {}): EventData => ({
  id: randomUUID(),
  type: 'SomethingHappened',
  data: '{"what":"something"}',
  metadata: '{"who":"a test"}',
  ...changes,
});

/** So many events, one at least. */
export const events = (count: number): NonEmptyArray<EventData> => [
  event(),
  ...Array.from({ length: count - 1 }, () => event()),
];

export const idsOf = (some: ReadonlyArray<{ readonly id: string }>): ReadonlyArray<string> =>
  some.map(({ id }) => id);

/** Reads a stream from its start to its end, in small pages. */
export const wholeStream = async (
  store: EventStore,
  stream: string,
): Promise<ReadonlyArray<RecordedEvent>> => {
  const found: RecordedEvent[] = [];
  for (;;) {
    const page = await right(
      store.readStream(stream, { direction: 'forwards', from: found.length, limit: 100 }),
    );
    found.push(...page.events);
    if (page.end) return found;
  }
};

/** Reads the global order to its end, page by page. */
export const wholeOrder = async (
  store: EventStore,
  options: ReadAllOptions,
): Promise<ReadonlyArray<RecordedEvent>> => {
  const found: RecordedEvent[] = [];
  for (let next = options; ;) {
    const page = await right(store.readAll(next));
    found.push(...page.events);
    if (page.end) return found;
    if (page.readTo !== null) next = { ...options, after: page.readTo };
  }
};
