import type { EventData, EventStore, RecordedEvent } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';

export const right = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw result.left;
};

/** What a call that should fail fails with. */
export const left = async (task: TaskEither<unknown, unknown>): Promise<unknown> => {
  const result = await task();
  if (E.isLeft(result)) return result.left;
  throw new Error('expected a fault, but the call succeeded');
};

export const event = (data: unknown = {}): EventData => ({
  id: randomUUID(),
  type: 'SomethingHappened',
  data: JSON.stringify(data),
  metadata: '{}',
});

/** Every event of the store, in order. */
export const everything = async (store: EventStore): Promise<ReadonlyArray<RecordedEvent>> => {
  const found: RecordedEvent[] = [];
  for (;;) {
    const last = found[found.length - 1];
    const page = await right(
      store.readAll({ limit: 1_000, ...(last === undefined ? {} : { after: last.position }) }),
    );
    found.push(...page.events);
    if (page.end) return found;
  }
};

/** What an event was made of. */
export const valueOf = ({ data }: { readonly data: string }): unknown => JSON.parse(data);
