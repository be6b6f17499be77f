import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqlite, type SqliteConnection } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import {
  mkdirSync,
  openSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
  closeSync,
  readdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '.';
import { openConnection } from './connection';
import { storeOnConnection } from './storeOnConnection';
import { event, everything, left, right, valueOf } from './testSupport/outcomes';
import { temporaryStores } from './testSupport/temporaryStores';

const settings = { busyTimeoutMs: 30, pollMs: 5, maxAppendBytes: 1024 * 1024 };

describe('a SQLite store that can not work', () => {
  let stores: ReturnType<typeof temporaryStores>;
  beforeEach(() => {
    stores = temporaryStores();
  });
  afterEach(() => stores.remove());

  const fileFault = (file = stores.file, create = true) =>
    left(openSqliteEventStore({ file, create, busyTimeoutMs: 30 }));
  /** Does something to the file by another connection. */
  const tamper = (sql: string): void => {
    const db = openSqlite(stores.file);
    db.exec(sql);
    db.close();
  };

  test('a full disk: nothing of the append is written, what was there stays, and it goes on with space', async () => {
    const db = openConnection(stores.file, { create: true });
    const store = storeOnConnection(db, { file: stores.file, ...settings });
    const large = () => event('x'.repeat(20_000));
    await right(store.append('a', 'no-stream', [event('first')]));
    db.pragma(`max_page_count = ${Number(db.pragma('page_count')) + 8}`);

    const outcomes = await Promise.all([
      store.append('a', 0, [large(), large(), large()])(),
      store.append('b', 'no-stream', [event(), large()])(),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ _tag: 'Left', left: { code: 'not-writable' } });
    }
    expect((await everything(store)).map(valueOf)).toEqual(['first']);

    db.pragma('max_page_count = 100000');
    await right(store.append('a', 0, [large()]));
    await right(store.append('b', 'no-stream', [large()]));
    expect(await everything(store)).toHaveLength(3);
    await store.close();
  });

  test('a store that can only be read: appending says so, reading works', async () => {
    const db = openConnection(stores.file, { create: true });
    const store = storeOnConnection(db, { file: stores.file, ...settings });
    await right(store.append('a', 'no-stream', [event()]));
    db.pragma('query_only = ON');
    expect(await left(store.append('a', 0, [event()]))).toMatchObject({ code: 'not-writable' });
    expect(
      await left(store.saveSnapshot('a', { revision: 0, schemaVersion: 1, data: '1', parts: new Map() })),
    ).toMatchObject({
      code: 'not-writable',
    });
    expect(await everything(store)).toHaveLength(1);
    await store.close();
  });

  test('a path that is no file, or in no folder', async () => {
    mkdirSync(join(stores.directory, 'folder'));
    expect(await fileFault(join(stores.directory, 'folder'))).toMatchObject({ code: 'not-writable' });
    expect(await fileFault(join(stores.directory, 'nowhere', 'events.sqlite'))).toMatchObject({
      code: 'not-writable',
      message: expect.stringContaining('nowhere'),
    });
  });

  test('a missing file that is not to be made is not made', async () => {
    expect(await fileFault(stores.file, false)).toMatchObject({ code: 'not-writable' });
    expect(readdirSync(stores.directory)).toEqual([]);
  });

  test('a file that is no database stays as it is', async () => {
    writeFileSync(
      stores.file,
      'a letter to my grandmother, long enough to be looked at as a header'.repeat(10),
    );
    const { size } = statSync(stores.file);
    expect(await fileFault()).toMatchObject({ code: 'corrupt' });
    expect(statSync(stores.file).size).toBe(size);
  });

  test('a database of something else stays as it is', async () => {
    tamper('CREATE TABLE letters (text TEXT)');
    expect(await fileFault()).toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('no event store'),
    });
  });

  test('a file of a newer release', async () => {
    await (await stores.open()).close();
    tamper('PRAGMA user_version = 7');
    expect(await fileFault()).toMatchObject({
      code: 'newer-version',
      message: expect.stringContaining(
        'The event store has format 7, and this release knows 2: get Keyturn 0.1.0 or newer.',
      ),
    });
  });

  test('a damaged file: what is read is right, or a fault', async () => {
    const before = await stores.open();
    for (let round = 0; round < 40; round += 1) {
      await right(before.append('a', 'any', [event(round), event('x'.repeat(3_000))]));
    }
    await before.close();
    const file = openSync(stores.file, 'r+');
    const { size } = statSync(stores.file);
    // All of it but the first pages, where schema and counters stand.
    writeSync(file, Buffer.alloc(size - 40_960, 0xa5), 0, size - 40_960, 40_960);
    closeSync(file);

    const opened = await openSqliteEventStore({ file: stores.file })();
    if (E.isLeft(opened)) throw opened.left;
    await expect(everything(opened.right)).rejects.toMatchObject({ code: 'corrupt' });
    await opened.right.close();
  });

  test('an event that is no JSON is given as it is, and holds nobody up', async () => {
    const store = await stores.open();
    await right(store.append('bad', 'no-stream', [event(), event({ private: 'value' }), event()]));
    await right(store.append('good', 'no-stream', [event()]));
    const broken = '{"private":"val';
    tamper(`UPDATE events SET data = '${broken}' WHERE revision = 1`);
    expect((await everything(store)).map(({ data }) => data)).toEqual(['{}', broken, '{}', '{}']);
    await right(store.append('bad', 2, [event()]));
    await store.close();
  });

  test('I-46: an insert that changed no row is told, and nothing of its append stays', async () => {
    const db = openConnection(stores.file, { create: true });
    const store = storeOnConnection(db, { file: stores.file, ...settings });
    await right(store.append('a', 'no-stream', [event()]));
    // Of this connection alone: it stands in no file, so that no look at the schema finds it.
    db.exec(
      `CREATE TEMP TRIGGER swallow BEFORE INSERT ON main.events WHEN NEW.revision = 2
       BEGIN SELECT RAISE(IGNORE); END`,
    );
    const fault = await left(store.append('a', 0, [event(), event()]));
    expect(fault).toMatchObject({ code: 'corrupt', message: expect.stringContaining('Event 2 of stream a') });
    expect(await everything(store)).toHaveLength(1);
    await store.close();
  });

  test('a snapshot is given as it is', async () => {
    const store = await stores.open();
    await right(store.saveSnapshot('a', { revision: 1, schemaVersion: 1, data: '{}', parts: new Map() }));
    tamper(`UPDATE snapshots SET data = '{'`);
    expect(await right(store.loadSnapshot('a'))).toMatchObject({ data: '{' });
    await store.close();
  });

  describe('I-46: a trigger in the file', () => {
    const SWALLOW =
      "CREATE TRIGGER t BEFORE INSERT ON events WHEN NEW.type = 'SomethingHappened' BEGIN SELECT RAISE(IGNORE); END";
    const named = {
      code: 'schema-altered',
      message: expect.stringContaining('the trigger t on events is not ours'),
    };

    test('is named when the store is opened', async () => {
      await (await stores.open()).close();
      tamper(SWALLOW);
      expect(await fileFault()).toMatchObject(named);
      expect(await fileFault(stores.file, false)).toMatchObject(named);
    });

    test('that comes while the store is open is named by the next append, which writes nothing', async () => {
      const store = await stores.open();
      await right(store.append('a', 'no-stream', [event()]));
      tamper(SWALLOW);
      expect(await left(store.append('a', 0, [event()]))).toMatchObject(named);
      expect(await left(store.append('a', 0, [event()]))).toMatchObject(named);
      tamper('DROP TRIGGER t');
      await right(store.append('a', 0, [event()]));
      expect(await everything(store)).toHaveLength(2);
      await store.close();
    });
  });

  test('F-B10, I-23, I-24: a file of ours is private, and no link', async () => {
    const before = process.umask(0o022);
    try {
      await (await stores.open()).close();
      expect(statSync(stores.file).mode & 0o777).toBe(0o600);
      symlinkSync(stores.file, join(stores.directory, 'link.sqlite'));
      expect(await fileFault(join(stores.directory, 'link.sqlite'))).toMatchObject({
        code: 'unsafe-files',
        message: expect.stringContaining('is a symbolic link'),
      });
    } finally {
      process.umask(before);
    }
  });

  describe('because another process holds the lock', () => {
    let other: SqliteConnection;
    const lock = (): void => {
      other = openSqlite(stores.file);
      other.exec('BEGIN IMMEDIATE');
    };

    test('too long: nothing is written, and it can be tried again', async () => {
      const store = await stores.open({ busyTimeoutMs: 30 });
      lock();
      const batch = event();
      expect(await left(store.append('a', 'no-stream', [batch]))).toMatchObject({ code: 'unavailable' });
      other.exec('ROLLBACK');
      other.close();
      expect(await right(store.head)).toBeNull();
      await right(store.append('a', 'no-stream', [batch]));
      await store.close();
    });

    test('for a while: the append waits, and reading goes on meanwhile', async () => {
      const store = await stores.open({ busyTimeoutMs: 60_000 });
      lock();
      const append = right(store.append('a', 'no-stream', [event()]));
      for (let round = 0; round < 20; round += 1) {
        expect(await right(store.head)).toBeNull();
        await new Promise((resolve) => setImmediate(resolve));
      }
      other.exec('COMMIT');
      other.close();
      expect(await append).toMatchObject({ revision: 0 });
      await store.close();
    });

    test('while closing: the append is finished first', async () => {
      const store = await stores.open({ busyTimeoutMs: 60_000 });
      lock();
      const append = right(store.append('a', 'no-stream', [event()]));
      const closing = store.close();
      other.exec('COMMIT');
      other.close();
      expect(await append).toMatchObject({ revision: 0 });
      await closing;
    });
  });
});
