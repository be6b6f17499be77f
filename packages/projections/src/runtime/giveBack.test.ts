import { statSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { APPLICATION_ID } from '../database/readModelFile';
import { someHistory } from '../testSupport/histories';
import { allRows, on, right, withOnDisk } from '../testSupport/onDisk';
import { projections } from './projector';

const history = someHistory(2_000, 3);

const roomIn = (file: string) => {
  const database = openSqlite(file, { readonly: true });
  const retired = database
    .pluck<[], number>('select count(*) from projection_checkpoints where version < 0')
    .get();
  const tables = database
    .pluck<[], string>("select name from sqlite_master where type = 'table' and name like 'audit_entries%'")
    .all();
  const free = database.pragma('freelist_count');
  database.close();
  return { retired, tables, free };
};

const sizeOf = (file: string): number => statSync(file).size;

describe('SC-9: the room that a rebuild leaves', () => {
  test('is given back to the disk, whole', async () => {
    await withOnDisk(async ({ append, open, file }) => {
      await append(history);
      const first = await open();
      await right(first.catchUp);
      await first.close();
      const before = sizeOf(file);
      const rows = allRows(file);
      const models = await open();
      for (const projection of projections) await right(models.rebuild(projection));
      expect(roomIn(file)).toEqual({ retired: 0, tables: ['audit_entries_g2'], free: 0 });
      await models.close();
      expect(sizeOf(file)).toBeLessThan(before * 1.1);
      expect(allRows(file)).toEqual(rows);
    });
  });

  test('is given back by the next process that follows, where the one that rebuilt was cut off', async () => {
    await withOnDisk(async ({ append, open, file }) => {
      await append(history);
      const first = await open();
      await right(first.catchUp);
      await first.close();
      on(
        file,
        'create table "audit_entries_g2" as select * from audit_entries_g1',
        'create index "audit_log_by_actor_g2" on "audit_entries_g2" (actor_id)',
        `insert into projection_checkpoints (projector, generation, version, live, indexed, events, updated_at)
         values ('audit-log', 2, -1, 0, 1, 0, 0)`,
      );
      expect(roomIn(file)).toMatchObject({ retired: 1, tables: ['audit_entries_g1', 'audit_entries_g2'] });
      const second = await open();
      const rows = allRows(file);
      const stop = new AbortController();
      const running = right(second.run(stop.signal));
      while (roomIn(file).retired !== 0 || roomIn(file).free !== 0)
        await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      await running;
      expect(roomIn(file)).toEqual({ retired: 0, tables: ['audit_entries_g1'], free: 0 });
      expect(allRows(file)).toEqual(rows);
      expect((await right(second.status)).map(({ rebuild }) => rebuild)).toEqual([null, null, null]);
    });
  });

  test('is used again in a file that an older release made, which can’t grow shorter', async () => {
    await withOnDisk(async ({ append, open, file }) => {
      on(file, 'pragma page_size = 8192', `pragma application_id = ${APPLICATION_ID}`);
      await append(history);
      const models = await open();
      await right(models.catchUp);
      await right(models.rebuild('audit-log'));
      expect(roomIn(file)).toMatchObject({ retired: 0, free: expect.any(Number) });
      expect(roomIn(file).free).toBeGreaterThan(50);
      const once = sizeOf(file);
      await right(models.rebuild('audit-log'));
      await models.close();
      expect(sizeOf(file)).toBeLessThan(once * 1.1);
    });
  });
});
