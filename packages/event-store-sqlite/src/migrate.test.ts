import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqlite, SqliteConnection, SqliteStatement } from '@keyturn/sqlite';
import { keptDeployments } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { openEventsCopy } from './eventsCopy';
import { migrateSqliteEventStore, readSqliteEventStoreFormat } from './migrate';
import { FORMATS } from './schema';
import { event, everything, left, right } from './testSupport/outcomes';
import { temporaryStores } from './testSupport/temporaryStores';

const [OLDEST = 0] = keptDeployments.map(({ eventsFormat }) => eventsFormat).sort((a, b) => a - b);

let stores: ReturnType<typeof temporaryStores>;
beforeEach(() => {
  stores = temporaryStores();
});
afterEach(() => stores.remove());

const onFile = <A>(use: (db: SqliteConnection) => A): A => {
  const db = openSqlite(stores.file);
  try {
    return use(db);
  } finally {
    db.close();
  }
};

/** Puts a store of this format there, as it is kept. */
const put = (format: number): void => {
  const kept = keptDeployments.find(({ eventsFormat }) => eventsFormat === format);
  if (kept === undefined) throw new Error(`no example of format ${format} is kept`);
  onFile((db) => db.exec(`PRAGMA synchronous = OFF; BEGIN; ${kept.read('events.sql')} COMMIT;`));
  chmodSync(stores.file, 0o600);
};

const migrate = (busyMs?: number) => migrateSqliteEventStore(stores.file, () => undefined, busyMs);
const rows = () => onFile((db) => db.raw('SELECT * FROM events ORDER BY position').all());
const formatNow = async (): Promise<number> => (await right(readSqliteEventStoreFormat(stores.file))).format;
const schemaNow = () => onFile((db) => db.pluck('SELECT sql FROM sqlite_schema ORDER BY name').all());

test('an example of every format is kept', () => {
  const steps = FORMATS.stepsFrom(-1);
  expect([...new Set(keptDeployments.map(({ eventsFormat }) => eventsFormat))].sort()).toEqual([
    ...steps.map(({ from }) => from),
    FORMATS.present,
  ]);
});

describe.each([...new Set(keptDeployments.map(({ eventsFormat }) => eventsFormat))])(
  'format %i',
  (format) => {
    test('is read and copied as it is, and serves after a migration with every event as it was', async () => {
      put(format);
      const before = rows();
      const found = await right(readSqliteEventStoreFormat(stores.file));
      expect(found).toMatchObject({ format, steps: FORMATS.stepsFrom(format) });
      const copy = await right(openEventsCopy(stores.file));
      expect(E.isRight(copy.hold())).toBe(true);
      const heads = copy.heads();
      expect(heads).toMatchObject({ right: { length: 3 } });
      copy.close();

      const taken: number[] = [];
      await right(migrateSqliteEventStore(stores.file, ({ from }) => taken.push(from)));
      expect(taken).toEqual(FORMATS.stepsFrom(format).map(({ from }) => from));
      expect(rows()).toEqual(before);
      const store = await stores.open();
      expect(await right(store.storeId)).toBe(found.storeId);
      expect(await everything(store)).toHaveLength(before.length);
      expect(await right(store.append('keyring-new', 'no-stream', [event()]))).toMatchObject({ revision: 0 });
      await store.close();
      expect(onFile((db) => db.pluck('SELECT needs_release FROM store').get())).toBe(FORMATS.needsRelease);
    });
  },
);

test('a store that was migrated has the statements of a new one', async () => {
  put(OLDEST);
  await right(migrate());
  const migrated = schemaNow();
  await stores.remove();
  stores = temporaryStores();
  await (await stores.open()).close();
  expect(migrated).toEqual(schemaNow());
});

describe('an older format', () => {
  test('is not opened, nor changed by that', async () => {
    put(OLDEST);
    const before = schemaNow();
    await expect(stores.open()).rejects.toMatchObject({
      code: 'migration-needed',
      message: expect.stringMatching(/has format 1, .*stop every process.*run keyturn migrate/),
    });
    expect([await formatNow(), schemaNow()]).toEqual([OLDEST, before]);
  });

  test('with a stranger’s trigger is not migrated over it', async () => {
    put(OLDEST);
    onFile((db) => db.exec('CREATE TRIGGER t AFTER INSERT ON events BEGIN SELECT 1; END'));
    expect(await left(migrate())).toMatchObject({
      code: 'schema-altered',
      message: expect.stringContaining('the trigger t on events is not ours'),
    });
    expect(onFile((db) => db.pragma('user_version'))).toBe(OLDEST);
  });

  test.each([0, -1])('%i, which no release made, is not migrated', async (format) => {
    put(OLDEST);
    onFile((db) => db.pragma(`user_version = ${format}`));
    expect(await left(migrate())).toMatchObject({ code: 'corrupt' });
  });
});

test('an empty file is no store to be migrated, and becomes none', async () => {
  onFile((db) => db.pragma('user_version'));
  chmodSync(stores.file, 0o600);
  for (const outcome of [migrate(), readSqliteEventStoreFormat(stores.file), openEventsCopy(stores.file)]) {
    expect(await left(outcome)).toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('no event store'),
    });
  }
  expect(schemaNow()).toEqual([]);
});

test('a newer format is not migrated, and is told by the release that it says', async () => {
  await (await stores.open()).close();
  onFile((db) => db.exec("PRAGMA user_version = 99; UPDATE store SET needs_release = '7.1.0'"));
  for (const refused of [await left(migrate()), await stores.open().catch((fault: unknown) => fault)]) {
    expect(refused).toMatchObject({
      code: 'newer-version',
      message: expect.stringContaining('get Keyturn 7.1.0 or newer'),
    });
  }
  onFile((db) => db.exec('ALTER TABLE store DROP COLUMN needs_release'));
  expect(await left(migrate())).toMatchObject({
    message: expect.stringContaining('get a newer release of Keyturn'),
  });
});

describe('cut off', () => {
  const prototypes = [
    [SqliteConnection.prototype, 'exec'],
    [SqliteConnection.prototype, 'pragma'],
    [SqliteStatement.prototype, 'run'],
  ] as const;

  /** Migrates with the n-th statement failing, before it is run; gives how many there were. */
  const failingAt = async (n: number): Promise<number> => {
    let calls = 0;
    const restore = prototypes.map(([prototype, name]) => {
      const call: unknown = Reflect.get(prototype, name);
      Reflect.set(prototype, name, function (this: unknown, ...args: ReadonlyArray<unknown>): unknown {
        calls += 1;
        if (calls === n) throw new Error('cut off');
        const answer: unknown = Reflect.apply(call as () => unknown, this, args);
        return answer;
      });
      return () => Reflect.set(prototype, name, call);
    });
    const outcome = await migrate()();
    for (const undo of restore) undo();
    expect(E.isLeft(outcome)).toBe(calls >= n);
    return calls;
  };

  test('at any statement it leaves one format or the other, and goes on', async () => {
    for (let n = 1; ; n += 1) {
      put(OLDEST);
      const before = rows();
      const calls = await failingAt(n);
      expect([OLDEST, FORMATS.present]).toContain(await formatNow());
      await right(migrate());
      expect([await formatNow(), rows()]).toEqual([FORMATS.present, before]);
      await stores.remove();
      stores = temporaryStores();
      if (calls < n) return;
    }
  });

  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const one of children.splice(0)) one.kill('SIGKILL');
  });

  const child = (...words: ReadonlyArray<string>) => {
    const one = spawn(
      process.execPath,
      [join(__dirname, 'testSupport', 'migratingProcess.cjs'), stores.file, ...words],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    children.push(one);
    return one;
  };

  test.each([
    ['before', 'ALTER TABLE', OLDEST],
    ['after', 'ALTER TABLE', OLDEST],
    ['after', 'UPDATE store', OLDEST],
    ['after', 'PRAGMA user_version =', OLDEST],
    ['before', 'close', FORMATS.present],
  ] as const)('by a kill %s %s it goes on', async (when, statement, format) => {
    put(OLDEST);
    const before = rows();
    const killed = child(when, statement);
    await once(killed, 'close');
    expect(killed.signalCode).toBe('SIGKILL');
    expect(await formatNow()).toBe(format);
    await right(migrate());
    expect([await formatNow(), rows()]).toEqual([FORMATS.present, before]);
  });

  test('while another process has the store open nothing is changed, and afterwards it is done', async () => {
    put(OLDEST);
    const holder = child('hold');
    await once(holder.stdout, 'data');
    expect(await left(migrate(100))).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('stop every process that uses it'),
    });
    expect(await formatNow()).toBe(OLDEST);
    holder.stdin.end();
    await once(holder, 'close');
    await right(migrate());
    expect(await formatNow()).toBe(FORMATS.present);
  });
});

test('of several migrations at once one takes each step, and all end well', async () => {
  put(OLDEST);
  const outcomes = await Promise.all([1, 2, 3].map(() => right(migrate())));
  const taken = outcomes.flatMap(({ steps }) => steps.map(({ from }) => from));
  expect(taken).toEqual(FORMATS.stepsFrom(OLDEST).map(({ from }) => from));
});

test('a process that meets a store of a newer format writes nothing, and says so in its own words', async () => {
  const store = await stores.open();
  await right(store.append('keyring-a', 'no-stream', [event()]));
  // As nobody does while a process has it open.
  onFile((db) =>
    db.exec(
      "ALTER TABLE events ADD COLUMN more TEXT; PRAGMA user_version = 3; UPDATE store SET needs_release = '0.2.0'",
    ),
  );
  expect(await left(store.append('keyring-a', 0, [event()]))).toMatchObject({
    code: 'newer-version',
    message: expect.stringContaining('get Keyturn 0.2.0 or newer'),
  });
  await store.close();
  expect(rows()).toHaveLength(1);
});
