import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventData } from '@keyturn/event-store';
import { describeEventStoreContract } from '@keyturn/event-store/contract';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from './connection';
import { event, everything, right } from './testSupport/outcomes';
import { temporaryStores } from './testSupport/temporaryStores';

describeEventStoreContract(
  'SQLite',
  async () => {
    const { open, remove } = temporaryStores();
    return { store: await open(), openAnother: () => open(), dispose: remove };
  },
  { severalHandles: true, maxAppendBytes: 1024 * 1024 },
);

describe('the SQLite store', () => {
  let stores: ReturnType<typeof temporaryStores>;
  beforeEach(() => {
    stores = temporaryStores();
  });
  afterEach(() => stores.remove());

  test('keeps everything when it is closed and opened again', async () => {
    const first = await stores.open();
    const name = await right(first.storeId);
    await right(first.append('a', 'no-stream', [event(1), event(2)]));
    await right(
      first.saveSnapshot('a', { revision: 1, schemaVersion: 1, data: '"folded"', parts: new Map() }),
    );
    const before = await everything(first);
    await first.close();

    const again = await stores.open({ create: false });
    expect(await everything(again)).toEqual(before);
    expect(await right(again.storeId)).toBe(name);
    expect(await right(again.loadSnapshot('a'))).toMatchObject({ data: '"folded"' });
    await again.close();
  });

  test('is a file that others on the machine can not read', async () => {
    const store = await stores.open();
    await right(store.append('a', 'no-stream', [event()]));
    for (const name of readdirSync(stores.directory)) {
      expect(statSync(join(stores.directory, name)).mode & 0o077).toBe(0);
    }
    await store.close();
  });

  test('leaves one file behind when it is closed', async () => {
    const store = await stores.open();
    await right(store.append('a', 'no-stream', [event()]));
    await store.close();
    expect(readdirSync(stores.directory)).toEqual(['events.sqlite']);
  });

  test('commits durably: synchronous=FULL in WAL mode', () => {
    const db = openConnection(stores.file, { create: true });
    expect(db.pragma('journal_mode')).toBe('wal');
    expect(db.pragma('synchronous')).toBe(2);
    db.close();
  });

  test('reads with a prefix in bounded steps, and says so by checkpoints', async () => {
    const store = await stores.open();
    const batch = (): NonEmptyArray<EventData> => [event(), ...Array.from({ length: 2_999 }, () => event())];
    await right(store.append('wanted', 'any', [event('early')]));
    for (let round = 0; round < 7; round += 1) await right(store.append('other', 'any', batch()));
    await right(store.append('wanted', 'any', [event('late')]));

    const first = await right(store.readAll({ streamPrefix: 'wanted', limit: 10 }));
    expect(first).toMatchObject({ events: [{ data: '"early"' }], end: false });
    const kinds: string[] = [];
    for await (const message of store.subscribe({
      streamPrefix: 'wanted',
      signal: new AbortController().signal,
    })) {
      kinds.push(message.kind);
      if (message.kind === 'caught-up') break;
    }
    expect(kinds).toEqual(['events', 'checkpoint', 'events', 'caught-up']);
    await store.close();
  });

  test('says each time that it has caught up again', async () => {
    const store = await stores.open();
    const kinds: string[] = [];
    for await (const message of store.subscribe({ signal: new AbortController().signal })) {
      kinds.push(message.kind);
      if (kinds.length === 5) break;
      if (message.kind === 'caught-up') await right(store.append('a', 'any', [event()]));
    }
    expect(kinds).toEqual(['caught-up', 'events', 'caught-up', 'events', 'caught-up']);
    await store.close();
  });
});
