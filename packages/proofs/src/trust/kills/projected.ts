import { openSqlite } from '@keyturn/sqlite';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openReadModels } from '@keyturn/projections';
import type { EventStore } from '@keyturn/event-store';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expectRight } from '@keyturn/testbed';
import type { Place } from './place';

const VIEWS = ['known_keys_v3', 'run_usage_v1', 'audit_entries_v2', 'audit_known_keys'] as const;

const rowsIn = (file: string, view: string): ReadonlyArray<string> => {
  const db = openSqlite(file, { readonly: true });
  try {
    return db
      .prepare(`SELECT * FROM ${view}`)
      .all()
      .map((row) => JSON.stringify(row))
      .sort();
  } finally {
    db.close();
  }
};

const catchUp = async (file: string, store: EventStore): Promise<void> => {
  const models = await expectRight(openReadModels({ file, store }));
  try {
    await expectRight(models.catchUp);
  } finally {
    await models.close();
  }
};

/** Brings the read models up to date and compares them with new ones, row by row. */
export const misprojected = async ({ data, directory }: Place): Promise<ReadonlyArray<string>> => {
  const [kept, built] = [join(data, 'read-models.sqlite'), join(directory, 'rebuilt.sqlite')];
  const store = await expectRight(openSqliteEventStore({ file: join(data, 'events.sqlite'), create: false }));
  try {
    await catchUp(kept, store);
    await catchUp(built, store);
    return VIEWS.filter((view) => rowsIn(kept, view).join('\n') !== rowsIn(built, view).join('\n')).map(
      (view) => `${view} is not what a rebuild makes of the events`,
    );
  } finally {
    await store.close();
    for (const ending of ['', '-wal', '-shm']) rmSync(`${built}${ending}`, { force: true });
  }
};
