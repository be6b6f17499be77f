import { expect, test } from '@jest/globals';
import type { EventStore } from '@keyturn/event-store';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventsCopy } from './eventsCopy';
import { openSqliteEventStore } from './sqliteEventStore';
import { right } from './testSupport/outcomes';

const inDirectory = async (body: (directory: string) => Promise<void>): Promise<void> => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-copy-'));
  try {
    await body(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
};

const append = (store: EventStore, stream: string) =>
  right(
    store.append(stream, 'any', [{ id: randomUUID(), type: 'T', data: '{}', metadata: `{"a":"${stream}"}` }]),
  );

test('a copy is of the moment that is held, whatever is appended while it is made', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'events.sqlite');
    const store = await right(openSqliteEventStore({ file }));
    for (const stream of ['a', 'b', 'a']) await append(store, stream);
    const copy = await right(openEventsCopy(file));
    await append(store, 'b');
    expect(copy.hold()).toMatchObject({ _tag: 'Right' });
    await append(store, 'a');
    await append(store, 'c');
    expect(copy.heads()).toEqual({
      _tag: 'Right',
      right: [
        { stream: 'a', revision: 1, metadata: '{"a":"a"}' },
        { stream: 'b', revision: 1, metadata: '{"a":"b"}' },
      ],
    });
    const to = join(directory, 'copy.sqlite');
    await right(copy.copyTo(to));
    copy.close();
    expect(statSync(to).mode & 0o777).toBe(0o600);
    const copied = await right(openSqliteEventStore({ file: to, create: false }));
    expect((await right(copied.readAll({ limit: 10 }))).events.map(({ stream }) => stream)).toEqual([
      'a',
      'b',
      'a',
      'b',
    ]);
    expect(await right(copied.storeId)).toBe(await right(store.storeId));
    await append(copied, 'a');
    await copied.close();
    await store.close();
  }));

test('is a fault where there are no events', () =>
  inDirectory(async (directory) => {
    expect(await openEventsCopy(join(directory, 'none.sqlite'))()).toMatchObject({
      _tag: 'Left',
      left: { code: 'not-writable' },
    });
  }));
