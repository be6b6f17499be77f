import { expect, test } from '@jest/globals';
import { genesisOf, linkEvents, type EventStore, type StreamHead } from '@keyturn/event-store';
import { connectEventStoreDb, parseConnectionString } from '@keyturn/event-store-eventstoredb';
import { startEsdbServer } from '@keyturn/testbed/esdb';
import * as TE from 'fp-ts/TaskEither';
import { someHistory } from '../testSupport/histories';
import { eventData, type OnDisk, right, withOnDisk } from '../testSupport/onDisk';

const history = someHistory(160, 7);
const events = history.flatMap((appended) => appended.events).length;

/** A store that counts what it is asked to read. */
const counting = (store: EventStore): { readonly store: EventStore; readonly reads: () => number } => {
  let reads = 0;
  const counted = <A>(task: A): A => {
    reads += 1;
    return task;
  };
  return {
    reads: () => reads,
    store: {
      ...store,
      head: () => counted(store.head()),
      readAll: (options) => counted(store.readAll(options)),
      readStream: (stream, options) => counted(store.readStream(stream, options)),
    },
  };
};

const onServer = async (body: (store: EventStore, place: OnDisk) => Promise<void>): Promise<void> => {
  const server = await startEsdbServer();
  try {
    await withOnDisk(async (place) => {
      const connecting = TE.chain(connectEventStoreDb)(
        TE.fromEither(parseConnectionString(server.connectionString)),
      );
      const store = await right(connecting);
      try {
        await body(store, place);
      } finally {
        await store.close();
      }
    });
  } finally {
    await server.close();
  }
};

test('while it follows, the store is read for at most every tenth event', async () => {
  await onServer(async (store, { open, seals, directory }) => {
    const { store: counted, reads } = counting(store);
    const models = await open({ store: counted, verify: seals, file: `${directory}/on-server.db` });
    await right(models.catchUp);
    const stop = new AbortController();
    const running = models.run(stop.signal)();
    const watching = await open({ store, access: 'read', file: `${directory}/on-server.db` });
    const heads = new Map<string, StreamHead>();
    const before = reads();
    for (const {
      workspaceId,
      events: [first, ...rest],
    } of history) {
      if (first === undefined) continue;
      const stream = `keyring-${workspaceId}`;
      const head = heads.get(stream) ?? genesisOf(stream);
      const linked = linkEvents(stream, head, [eventData(first), ...rest.map(eventData)], seals.sealChain);
      heads.set(stream, linked.head);
      const { position } = await right(
        store.append(stream, head.revision < 0 ? 'no-stream' : head.revision, linked.events),
      );
      await right(watching.waitFor(position));
    }
    expect(events).toBeGreaterThan(100);
    expect(reads() - before).toBeLessThan(events / 10);
    stop.abort();
    expect(await running).toMatchObject({ _tag: 'Right' });
    for (const { stopped, events: projected } of await right(models.status)) {
      expect(stopped).toEqual([]);
      expect(projected).toBe(events);
    }
  });
});
