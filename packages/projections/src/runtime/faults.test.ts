import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openSqlite } from '@keyturn/sqlite';
import { openReadModels } from '../readModels';
import { someHistory } from '../testSupport/histories';
import { left, on, right, withOnDisk } from '../testSupport/onDisk';

const history = someHistory(80, 3);

describe('a file that can not be used', () => {
  test('a read model of another event store', async () => {
    await withOnDisk(async ({ open, directory, file }) => {
      await (await open()).close();
      const other = await right(openSqliteEventStore({ file: join(directory, 'other.db') }));
      const fault = await left(openReadModels({ file, store: other }));
      await other.close();
      expect(fault.code).toBe('other-store');
      expect(fault.message).toContain('built from event store');
    });
  });

  test('another database is not touched', async () => {
    await withOnDisk(async ({ file, store }) => {
      on(file, 'create table accounts (id integer)');
      const fault = await left(openReadModels({ file, store }));
      expect(fault.code).toBe('corrupt');
      const database = openSqlite(file, { readonly: true });
      expect(database.pluck('select name from sqlite_master').all()).toEqual(['accounts']);
      database.close();
    });
  });

  test('the event store in place of the read model', async () => {
    await withOnDisk(async ({ eventFile, store }) => {
      expect((await left(openReadModels({ file: eventFile, store }))).code).toBe('corrupt');
    });
  });

  test('no database at all', async () => {
    await withOnDisk(async ({ file, store }) => {
      writeFileSync(file, 'this is a text and no database, and long enough to be taken for a header of one');
      const fault = await left(openReadModels({ file, store }));
      expect(fault.code).toBe('corrupt');
      expect(fault.message).toContain('Move it away');
    });
  });

  test('a directory that does not exist', async () => {
    await withOnDisk(async ({ directory, store }) => {
      const fault = await left(openReadModels({ file: join(directory, 'no', 'such', 'file.db'), store }));
      expect(fault.code).toBe('not-writable');
    });
  });

  test('a format of an older release is no fault: the file is emptied, and built anew', async () => {
    await withOnDisk(async ({ append, open, file, store }) => {
      await append(history);
      const before = await open();
      await right(before.catchUp);
      const keys = await right(before.listKeys('ws-0'));
      await before.close();
      on(
        file,
        'alter table projection_streams drop column passing_to',
        'create table gone_since (a, b)',
        'create view "seen ""once""" as select a from gone_since',
        'update read_model_info set format = 1',
      );
      expect((await left(openReadModels({ file, store, access: 'read' }))).code).toBe('rebuild-needed');
      const models = await open();
      await right(models.catchUp);
      expect(await right(models.listKeys('ws-0'))).toEqual(keys);
    });
  });

  test('a format of a newer release', async () => {
    await withOnDisk(async ({ open, file, store }) => {
      await (await open()).close();
      on(file, 'update read_model_info set format = 99');
      expect((await left(openReadModels({ file, store }))).code).toBe('newer-version');
    });
  });
});

describe('versions of a projection', () => {
  test('a newer one is left alone, and may still be read', async () => {
    await withOnDisk(async ({ open, append, file }) => {
      const models = await open();
      await append(history);
      await right(models.catchUp);
      on(file, "update projection_checkpoints set version = 99 where projector = 'key-list'");
      expect((await left(models.catchUp)).code).toBe('newer-version');
      expect((await left(models.rebuild('key-list'))).code).toBe('newer-version');
      expect((await right(models.listKeys('ws-0'))).length).toBeGreaterThan(0);
    });
  });
});

describe('a store that was put back', () => {
  test('to an older copy', async () => {
    await withOnDisk(async ({ open, append, file }) => {
      const models = await open();
      await append(history.slice(0, 5));
      await right(models.catchUp);
      on(file, 'update projection_checkpoints set position = 1000000');
      expect((await left(models.catchUp)).code).toBe('store-behind');
      for (const name of ['key-list', 'run-usage', 'audit-log'] as const) await right(models.rebuild(name));
      await right(models.catchUp);
    });
  });
});

test('waiting for a position that does not come ends with a time-out that says where it stands', async () => {
  await withOnDisk(async ({ open, append }) => {
    const models = await open();
    const last = await append(history);
    const fault = await left(models.waitFor(last + 1000n, { timeoutMs: 30 }));
    expect(fault.code).toBe('timeout');
    expect(fault.message).toContain(`audit-log at ${last}`);
  });
});

test('a closed read model says so', async () => {
  await withOnDisk(async ({ open }) => {
    const models = await open();
    await models.close();
    expect((await left(models.catchUp)).code).toBe('closed');
    expect((await left(models.listKeys('ws-0'))).code).toBe('closed');
  });
});
