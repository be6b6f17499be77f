import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { AllPage, EventStore, RecordedEvent } from '@keyturn/event-store';
import { map } from 'fp-ts/TaskEither';
import { someHistory } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';

/** Beyond what a JavaScript number holds exactly, as positions of EventStoreDB may be. */
const FAR = 2n ** 60n;

const moved = (event: RecordedEvent): RecordedEvent => ({ ...event, position: event.position + FAR });

const farStore = (store: EventStore): EventStore => ({
  ...store,
  head: map((head: bigint | null) => (head === null ? null : head + FAR))(store.head),
  readAll: ({ after, ...options }) =>
    map((page: AllPage) => ({
      ...page,
      events: page.events.map(moved),
      readTo: page.readTo === null ? null : page.readTo + FAR,
    }))(store.readAll({ ...options, ...(after === undefined ? {} : { after: after - FAR }) })),
});

test('a key that was added at a position beyond 2^53 is found again by another process', async () => {
  await withOnDisk(async ({ append, open, store, directory }) => {
    const history = someHistory(300, 9);
    const half = history.length / 2;
    await append(history.slice(0, half));
    await right((await open({ store: farStore(store) })).catchUp);
    await append(history.slice(half));
    const far = await open({ store: farStore(store) });
    await right(far.catchUp);
    const near = await open({ file: join(directory, 'near.db') });
    await right(near.catchUp);
    const keys = await right(far.listKeys('ws-0'));
    expect(keys).toEqual(await right(near.listKeys('ws-0')));
    expect(keys.length).toBeGreaterThan(0);
    const { entries } = await right(far.auditPage({}, { order: 'newest-first', limit: 1 }));
    expect(entries.map(({ position }) => position > FAR)).toEqual([true]);
  });
});
