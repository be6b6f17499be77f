import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { someHistory } from '../testSupport/histories';
import { allRows, left, on, right, withOnDisk } from '../testSupport/onDisk';
import { identities } from './projector';

const VERSION = identities['audit-log'].version;

const history = someHistory(80, 17);

interface Generation {
  readonly generation: number;
  readonly version: number;
  readonly live: number;
}

/** Those that are in use: the room of others is given back apart. */
const generations = (file: string): ReadonlyArray<Generation> => {
  const database = openSqlite(file, { readonly: true });
  const rows = database
    .prepare<[], Generation>(
      `select generation, version, live from projection_checkpoints
       where projector = 'audit-log' and version >= 0`,
    )
    .all();
  database.close();
  return rows.map((row) => ({ ...row }));
};

test('a newer release that takes the new tables over keeps them to itself', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    await append(history);
    const models = await open({ batchSize: 10 });
    await right(models.catchUp);
    let turns = 0;
    const fault = await left(
      models.rebuild('audit-log', {
        onProgress: () => {
          turns += 1;
          if (turns !== 3) return;
          on(
            file,
            'delete from audit_entries_g2',
            'update projection_checkpoints set version = 99, position = null where generation = 2',
          );
        },
      }),
    );
    expect(fault.code).toBe('newer-version');
    expect(generations(file)).toEqual([
      { generation: 1, version: VERSION, live: 1 },
      { generation: 2, version: 99, live: 0 },
    ]);
    const database = openSqlite(file, { readonly: true });
    expect(database.pluck('select count(*) from audit_entries_g2').all()).toEqual([0]);
    database.close();
  });
});

test('a newer release that takes over before the indexes are built finds none marked as built', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    const last = await append(history);
    const models = await open();
    await right(models.catchUp);
    on(
      file,
      `create trigger taken_over after update of position on projection_checkpoints
        when new.generation = 2 and new.position = ${last}
        begin update projection_checkpoints set version = 99 where generation = 2; end`,
    );
    expect((await left(models.rebuild('audit-log'))).code).toBe('newer-version');
    const database = openSqlite(file, { readonly: true });
    expect(database.pluck('select indexed from projection_checkpoints where generation = 2').all()).toEqual([
      0,
    ]);
    database.close();
  });
});

test('the number of tables that were dropped is never given again', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    await append(history);
    const models = await open({ batchSize: 10 });
    await right(models.catchUp);
    const cut = (): never => {
      throw new Error('the process was killed');
    };
    await left(models.rebuild('audit-log', { onProgress: cut }));
    on(
      file,
      "update projection_checkpoints set version = 1 where projector = 'audit-log' and generation = 2",
    );
    await left(models.rebuild('audit-log', { onProgress: cut }));
    expect(generations(file)).toEqual([
      { generation: 1, version: VERSION, live: 1 },
      { generation: 3, version: VERSION, live: 0 },
    ]);
  });
});

test('what was rebuilt before the store was put back to an older copy is thrown away', async () => {
  await withOnDisk(async ({ append, open, file, eventFile, directory }) => {
    await append(history);
    const models = await open({ batchSize: 10 });
    await right(models.catchUp);
    let turns = 0;
    await left(
      models.rebuild('audit-log', {
        onProgress: ({ events }) => {
          turns += 1;
          if (events >= 30) throw new Error('the process was killed');
        },
      }),
    );
    expect(turns).toBeGreaterThan(2);
    const database = openSqlite(eventFile);
    const whole = database
      .pluck("select max(position) from events where position < 20 and type = 'KeyValidated'")
      .all();
    database.close();
    on(eventFile, `delete from events where position > ${String(whole[0])}`);
    await right(models.rebuild('audit-log'));
    const fresh = `${directory}/fresh.db`;
    await right((await open({ file: fresh })).catchUp);
    expect(allRows(file)['audit_entries_v2']).toEqual(allRows(fresh)['audit_entries_v2']);
  });
});
