import { describe, expect, test } from '@jest/globals';
import { type EventStore, StoreFault } from '@keyturn/event-store';
import { openSqlite } from '@keyturn/sqlite';
import { left as leftOf } from 'fp-ts/Either';
import type { ReadModels } from '../readModels';
import { someHistory } from '../testSupport/histories';
import { actors, BUILT_BY_AN_OLDER_RELEASE } from '../testSupport/olderRelease';
import { allRows, left, on, right, withOnDisk } from '../testSupport/onDisk';

const history = someHistory(80, 13);
const NEWEST = { order: 'newest-first', limit: 1000 } as const;

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
};

interface Gate {
  readonly passed: Promise<void>;
  readonly letThrough: () => void;
}

const closedGate = (): Gate => {
  let letThrough = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  return { passed, letThrough: () => letThrough() };
};

interface GatedStore {
  readonly store: EventStore;
  readonly letThrough: () => void;
}

/** A store whose head is not told until it is let. */
const gatedHead = (store: EventStore): GatedStore => {
  const { passed, letThrough } = closedGate();
  const head = async () => {
    await passed;
    return store.head();
  };
  return { letThrough, store: { ...store, head } };
};

/** A store that a rebuild can't read from its beginning until it is let. */
const gated = (store: EventStore): GatedStore => {
  const { passed, letThrough } = closedGate();
  const readAll: EventStore['readAll'] = (options) => async () => {
    if (options.after === undefined) await passed;
    return store.readAll(options)();
  };
  return { letThrough, store: { ...store, readAll } };
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

  test('are not waited for by who asks that of a projection that is rebuilt', async () => {
    await withOnDisk(async ({ open, append, store, file }) => {
      await append(history.slice(0, 20));
      await right((await open()).catchUp);
      on(file, ...BUILT_BY_AN_OLDER_RELEASE);
      const gate = gated(store);
      const models = await open({ store: gate.store });
      const reading = await open({ access: 'read' });
      const last = await append(history.slice(20));
      const still = { timeoutMs: 20, projections: ['audit-log'], skipRebuilding: true } as const;
      // Nobody rebuilds yet: an older process may bring the rows on.
      expect((await left(reading.waitFor(last, still))).code).toBe('timeout');
      await right(models.waitFor(last, still));
      expect(await actors(models)).toEqual(['old-row']);
      await until(async () => (await right(reading.status)).some(({ rebuild }) => rebuild !== null));
      await right(reading.waitFor(last, still));
      await right(models.waitFor(last, { projections: ['key-list'], skipRebuilding: true }));
      gate.letThrough();
      await right(models.waitFor(last));
      expect(await actors(models)).not.toContain('old-row');
    });
  });

  test('that another process has renewed meanwhile are not rebuilt again', async () => {
    await withOnDisk(async ({ open, append, store, file }) => {
      await append(history);
      await right((await open()).catchUp);
      on(file, ...BUILT_BY_AN_OLDER_RELEASE);
      const gate = gatedHead(store);
      const late = await open({ store: gate.store });
      const waiting = late.catchUp();
      await right((await open()).catchUp);
      gate.letThrough();
      expect(await waiting).toMatchObject({ _tag: 'Right' });
      const database = openSqlite(file, { readonly: true });
      const numbers = database
        .pluck("select generation from projection_checkpoints where projector = 'audit-log' and version >= 0")
        .all();
      database.close();
      expect(numbers).toEqual([2]);
    });
  });

  test('are renewed by who follows, whose store may be away just then', async () => {
    await withOnDisk(async ({ open, append, store, file }) => {
      await append(history.slice(0, 20));
      await right((await open()).catchUp);
      on(file, 'update projection_checkpoints set version = 0');
      const watching = await open({ access: 'read' });
      let away = 0;
      const shaky: EventStore = {
        ...store,
        head: async () => {
          if (away === 0 && (await isRenewed(watching)())) {
            away += 1;
            return leftOf(new StoreFault('unavailable', 'The store is away. Try again.'));
          }
          return store.head();
        },
      };
      const models = await open({ store: shaky });
      const stop = new AbortController();
      const running = models.run(stop.signal)();
      await Promise.race([running, until(() => Promise.resolve(away > 0))]);
      const last = await append(history.slice(20));
      await Promise.race([
        running,
        until(async () => (await right(watching.status)).every(({ position }) => position === last)),
      ]);
      stop.abort();
      expect(await running).toMatchObject({ _tag: 'Right' });
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

describe('rows of a newer release', () => {
  test.each(['write', 'read'] as const)('that lack what is asked for say so (%s)', async (access) => {
    await withOnDisk(async ({ open, append, file }) => {
      await append(history);
      await right((await open()).catchUp);
      const models = await open({ access });
      on(
        file,
        'drop view audit_entries_v2',
        "update projection_checkpoints set version = 99 where projector = 'audit-log'",
      );
      const fault = await left(models.auditPage({}, NEWEST));
      expect(fault.code).toBe('newer-version');
      expect(fault.message).toContain('Upgrade this process');
      expect((await right(models.listKeys('ws-0'))).length).toBeGreaterThan(0);
    });
  });
});
