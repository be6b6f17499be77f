import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { readdirSync } from 'node:fs';
import { someHistory } from '../testSupport/histories';
import { left, right, withOnDisk, type OnDisk } from '../testSupport/onDisk';
import { compareReadModels } from './compareReadModels';

const compared = ({ file, store, directory }: OnDisk) =>
  compareReadModels({ file, store, scratch: directory });

const change = (file: string, statement: string): number => {
  const database = openSqlite(file);
  try {
    return database.prepare(statement).run().changes;
  } finally {
    database.close();
  }
};

const history = someHistory(80, 17);

const ALL = ['key-list', 'run-usage', 'audit-log'];

test('what was projected from the events is the same, however far each projection is', () =>
  withOnDisk(async (place) => {
    const half = Math.floor(history.length / 2);
    await place.append(history.slice(0, half));
    await right((await place.open()).catchUp);
    await right((await place.open({ projections: ['audit-log'] })).catchUp);
    await place.append(history.slice(half));
    await right((await place.open({ projections: ['audit-log'] })).catchUp);
    expect(await right(compared(place))).toEqual({ compared: ALL, differences: [] });
    expect(readdirSync(place.directory).filter((name) => name.startsWith('.verify'))).toEqual([]);
  }));

test('an empty read model of an empty store is the same', () =>
  withOnDisk(async (place) => {
    await right((await place.open()).catchUp);
    expect(await right(compared(place))).toEqual({ compared: ALL, differences: [] });
  }));

test('I-11: labels that were swapped, and audit entries that were deleted, are found by workspace', () =>
  withOnDisk(async (place) => {
    await place.append(history);
    const models = await place.open();
    await right(models.catchUp);
    const { workspaceId } = history[0] ?? { workspaceId: '' };
    const edited = change(
      place.file,
      `update key_list_g1 set label = coalesce(label, '') || '!' where workspace_id = '${workspaceId}'`,
    );
    const removed = change(
      place.file,
      `delete from audit_entries_g1 where sequence % 2 = 1 and workspace_id = '${workspaceId}'`,
    );
    expect(edited).toBeGreaterThan(0);
    expect(removed).toBeGreaterThan(0);
    expect((await right(compared(place))).differences).toEqual([
      { projection: 'key-list', workspaceId, lacking: edited, foreign: edited },
      { projection: 'audit-log', workspaceId, lacking: removed, foreign: 0 },
    ]);
    await right(models.rebuild('key-list'));
    await right(models.rebuild('audit-log'));
    expect((await right(compared(place))).differences).toEqual([]);
  }));

test('what is projected meanwhile changes nothing', () =>
  withOnDisk(async (place) => {
    await place.append(history);
    const models = await place.open();
    await right(models.catchUp);
    const store = {
      ...place.store,
      readAll: (options: Parameters<typeof place.store.readAll>[0]) => async () => {
        await place.append(history.slice(0, 0));
        return place.store.readAll(options)();
      },
    };
    const comparing = right(compareReadModels({ file: place.file, store, scratch: place.directory }));
    await right(models.rebuild('key-list'));
    expect((await comparing).differences).toEqual([]);
  }));

test('a store that was put back behind the read model is said to be', () =>
  withOnDisk(async (place) => {
    await place.append(history);
    await right((await place.open()).catchUp);
    change(place.eventFile, 'delete from events where position > (select max(position) - 3 from events)');
    expect(await left(compared(place))).toMatchObject({ code: 'store-behind' });
  }));

test('a file that nobody has begun is said to be one', () =>
  withOnDisk(async (place) => {
    await (await place.open()).close();
    change(place.file, 'delete from projection_checkpoints');
    expect(await left(compared(place))).toMatchObject({ code: 'rebuild-needed' });
  }));
