import { describe, expect, test } from '@jest/globals';
import { type EventStore, StoreFault } from '@keyturn/event-store';
import { openSqlite } from '@keyturn/sqlite';
import { left as leftOf } from 'fp-ts/Either';
import type { ReadModels } from '../readModels';
import { someHistory } from '../testSupport/histories';
import { allRows, left, right, withOnDisk } from '../testSupport/onDisk';

const history = someHistory(80, 13);
const NEWEST = { order: 'newest-first', limit: 1000 } as const;

const on = (file: string, ...statements: ReadonlyArray<string>): void => {
  const database = openSqlite(file);
  for (const statement of statements) database.exec(statement);
  database.close();
};

/** As an older release would have left the audit log: its version, and rows of its own. */
const BUILT_BY_AN_OLDER_RELEASE = [
  "update projection_checkpoints set version = 0 where projector = 'audit-log'",
  "update audit_entries_g1 set actor_id = 'old-row'",
];

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
};

/** A store that a rebuild can't read from its beginning until it is let. */
const gated = (store: EventStore): { readonly store: EventStore; readonly letThrough: () => void } => {
  let letThrough = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  return {
    letThrough: () => letThrough(),
    store: {
      ...store,
      readAll: (options) => async () => {
        if (options.after === undefined) await gate;
        return store.readAll(options)();
      },
    },
  };
};

const actors = async (models: ReadModels): Promise<ReadonlyArray<string>> => {
  const { entries } = await right(models.auditPage({}, NEWEST));
  return [...new Set(entries.map(({ actorId }) => actorId))].sort();
};

const isRenewed = (models: ReadModels) => async (): Promise<boolean> =>
  (await right(models.status)).every(({ outdated, rebuild }) => !outdated && rebuild === null);

describe('rows of an older release', () => {
  test('answer until the new ones are whole, which nobody has to ask for', async () => {
    await withOnDisk(async ({ open, append, store, file }) => {
      await append(history);
      await right((await open()).catchUp);
      const rows = allRows(file);
      on(file, ...BUILT_BY_AN_OLDER_RELEASE);
      const gate = gated(store);
      const models = await open({ store: gate.store });
      expect(await actors(models)).toEqual(['old-row']);
      expect(await actors(models)).toEqual(['old-row']);
      expect((await right(models.listKeys('ws-0'))).length).toBeGreaterThan(0);
      gate.letThrough();
      await until(isRenewed(models));
      expect(await actors(models)).not.toContain('old-row');
      expect(allRows(file)).toEqual(rows);
    });
  });

  test('do not hold up the other projections, nor whoever follows', async () => {
    await withOnDisk(async ({ open, append, store, file }) => {
      await append(history.slice(0, 20));
      await right((await open()).catchUp);
      on(file, ...BUILT_BY_AN_OLDER_RELEASE);
      const gate = gated(store);
      const models = await open({ store: gate.store });
      const stop = new AbortController();
      const running = models.run(stop.signal)();
      const last = await append(history.slice(20));
      await right(models.waitFor(last, { projections: ['key-list', 'run-usage'] }));
      await until(async () =>
        (await right(models.status)).every(({ outdated, position }) => outdated || position === last),
      );
      const fault = await left(models.waitFor(last, { timeoutMs: 20 }));
      expect(fault.code).toBe('timeout');
      expect(fault.message).toContain('audit-log at');
      expect(await actors(models)).toEqual(['old-row']);
      gate.letThrough();
      await until(async () =>
        (await right(models.status)).every(({ outdated, position }) => !outdated && position === last),
      );
      stop.abort();
      expect(await running).toMatchObject({ _tag: 'Right' });
    });
  });

  test('of every projection at once are followed for when they are rebuilt', async () => {
    await withOnDisk(async ({ open, append, file }) => {
      await append(history.slice(0, 20));
      await right((await open()).catchUp);
      on(file, 'update projection_checkpoints set version = 0');
      const models = await open();
      const stop = new AbortController();
      const running = models.run(stop.signal)();
      await until(isRenewed(models));
      const last = await append(history.slice(20));
      await until(async () => (await right(models.status)).every(({ position }) => position === last));
      stop.abort();
      expect(await running).toMatchObject({ _tag: 'Right' });
    });
  });

  test('are rebuilt before a catch-up ends, and a store that is away is asked again', async () => {
    await withOnDisk(async ({ open, append, store, file }) => {
      await append(history);
      await right((await open()).catchUp);
      on(file, ...BUILT_BY_AN_OLDER_RELEASE);
      let away = true;
      const shaky: EventStore = {
        ...store,
        readAll: (options) => async () =>
          away
            ? leftOf(new StoreFault('unavailable', 'The store is away. Try again.'))
            : store.readAll(options)(),
      };
      const models = await open({ store: shaky });
      expect((await left(models.catchUp)).code).toBe('store');
      const [, , auditLog] = await right(models.status);
      expect(auditLog).toMatchObject({ name: 'audit-log', outdated: true });
      expect(auditLog?.lastError).toContain('The store is away');
      away = false;
      await right(models.catchUp);
      expect(await actors(models)).not.toContain('old-row');
    });
  });

  test('that lack what is asked for: the question waits, and the views of then are gone', async () => {
    await withOnDisk(async ({ open, append, file }) => {
      await append(history);
      await right((await open()).catchUp);
      on(
        file,
        ...BUILT_BY_AN_OLDER_RELEASE,
        'drop view audit_entries_v2',
        'create view audit_entries_v1 as select * from "audit_entries_g1"',
      );
      const models = await open();
      expect(await actors(models)).not.toContain('old-row');
      const database = openSqlite(file, { readonly: true });
      const views = database.pluck("select name from sqlite_master where type = 'view'").all();
      database.close();
      expect(views).toContain('audit_entries_v2');
      expect(views).not.toContain('audit_entries_v1');
    });
  });

  test('are left when the process closes, and the next one goes on', async () => {
    await withOnDisk(async ({ open, append, store, file }) => {
      await append(history);
      await right((await open()).catchUp);
      on(file, ...BUILT_BY_AN_OLDER_RELEASE);
      const gate = gated(store);
      const first = await open({ store: gate.store });
      expect(await actors(first)).toEqual(['old-row']);
      const waiting = first.catchUp();
      const closing = first.close();
      gate.letThrough();
      await closing;
      expect(await waiting).toMatchObject({ _tag: 'Left', left: { code: 'closed' } });
      const second = await open();
      expect(await actors(second)).toEqual(['old-row']);
      await right(second.catchUp);
      expect(await actors(second)).not.toContain('old-row');
    });
  });
});

describe('a process that may only read', () => {
  test('reads what another one keeps up, and waits for it', async () => {
    await withOnDisk(async ({ open, append }) => {
      const serving = await open();
      const reading = await open({ access: 'read' });
      const last = await append(history);
      expect((await left(reading.waitFor(last, { timeoutMs: 10 }))).code).toBe('timeout');
      const waiting = reading.waitFor(last)();
      const caughtUp = reading.catchUp();
      await right(serving.catchUp);
      expect(await waiting).toMatchObject({ _tag: 'Right' });
      expect(await caughtUp).toMatchObject({ _tag: 'Right' });
      expect(await right(reading.listKeys('ws-0'))).toEqual(await right(serving.listKeys('ws-0')));
      expect((await left(reading.rebuild('key-list'))).code).toBe('not-writable');
      expect((await left(reading.run(new AbortController().signal))).code).toBe('not-writable');
    });
  });

  test('reads the rows of an older release, and leaves them alone', async () => {
    await withOnDisk(async ({ open, append, file }) => {
      await append(history);
      await right((await open()).catchUp);
      on(file, ...BUILT_BY_AN_OLDER_RELEASE);
      const reading = await open({ access: 'read' });
      expect(await actors(reading)).toEqual(['old-row']);
      await right(reading.catchUp);
      expect((await right(reading.status)).map(({ outdated }) => outdated)).toEqual([false, false, true]);
      on(file, 'drop view audit_entries_v2');
      expect((await left(reading.auditPage({}, NEWEST))).code).toBe('rebuild-needed');
      expect(await actors(await open())).not.toContain('old-row');
      expect(await actors(reading)).not.toContain('old-row');
    });
  });

  test('says of a file that nobody has begun what is to be done', async () => {
    await withOnDisk(async ({ open, file }) => {
      await expect(open({ access: 'read' })).rejects.toMatchObject({ code: 'not-writable' });
      on(file, 'pragma application_id = 0x4b54524d', 'create table t (a)');
      await expect(open({ access: 'read' })).rejects.toMatchObject({ code: 'rebuild-needed' });
    });
  });

  test('refuses another database', async () => {
    await withOnDisk(async ({ open, file }) => {
      on(file, 'create table accounts (id integer)');
      await expect(open({ access: 'read' })).rejects.toMatchObject({ code: 'corrupt' });
    });
  });
});
