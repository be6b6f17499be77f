import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqlite, type SqliteConnection } from '@keyturn/sqlite';
import { join } from 'node:path';
import type { Keyturn } from 'keyturn';
import { newDeployment, type Deployment } from '../../deployment';
import { openDoor, takesToOpen, type Door } from './door';
import { openSqliteTables } from './tables/sqliteTables';
import type { VaultTables } from './tables/vaultTables';

const ada = { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } } as const;

let deployment: Deployment;
let keyturn: Keyturn;
let tables: VaultTables;
let door: Door;
let stranger: SqliteConnection;
let keyId: string;
beforeEach(async () => {
  deployment = await newDeployment();
  keyturn = await deployment.open();
  const pasted = deployment.sandbox.issueKey('openai');
  ({ keyId } = (await keyturn.keys.add(ada, { vendor: 'openai', pasted })).key);
  tables = openSqliteTables(deployment.vaultDirectory);
  door = openDoor(tables);
  await door.learn(['acme']);
  stranger = openSqlite(join(deployment.vaultDirectory, 'vault.sqlite'), { readonly: true });
});
afterEach(async () => {
  stranger.close();
  door.close();
  await tables.close();
  await deployment.close();
});

const row = () => ({ what: 'secret', workspaceId: 'acme', keyId });

test('a release reads and opens its own row, and that is seen', async () => {
  await keyturn.runs.use(ada, { runId: 'r' }, () => undefined);
  const { read, opened, strange } = door.take();
  const own = takesToOpen({ workspaceId: 'acme', keyId });
  expect(read).toEqual(expect.arrayContaining([...own]));
  // The workspace's key once more at the last look, for the witness.
  expect([...opened].reverse()).toEqual([...own.slice(-1), ...own]);
  expect(strange).toEqual([]);
  expect(door.take()).toEqual({ read: [], opened: [], strange: [] });
});

describe('a row is seen, whoever reads it', () => {
  const select = 'SELECT sealed FROM sealed_secrets';

  test.each<readonly [string, (db: SqliteConnection) => unknown]>([
    ['by get', (db) => db.prepare(select).get()],
    ['by all', (db) => db.prepare(select).all()],
    ['plucked', (db) => db.pluck(select).all()],
    ['raw', (db) => db.raw(select).get()],
    [
      'in a statement that does not name the table',
      (db) => {
        db.exec(`CREATE TEMP VIEW innocent AS ${select}`);
        return db.prepare('SELECT * FROM innocent').get();
      },
    ],
    ['in a transaction', (db) => db.transaction('deferred', () => db.prepare(select).get())],
  ])('%s', (_, look) => {
    look(stranger);
    expect(door.take()).toEqual({ read: [row()], opened: [], strange: [] });
  });
});

test('a part of a row, or a whole file, is strange', () => {
  stranger.prepare('SELECT substr(sealed, 1, 40) FROM sealed_secrets').get();
  stranger.exec(`VACUUM INTO '${join(deployment.vaultDirectory, 'copy.sqlite')}'`);
  expect(door.take().strange).toEqual([
    'bytes that no row has, by: SELECT substr(sealed, 1, 40) FROM sealed_secrets',
    'a whole file, by VACUUM INTO',
  ]);
});

test('a closed door sees nothing, and leaves no trace', () => {
  door.close();
  stranger.prepare('SELECT sealed FROM sealed_secrets').get();
  expect(door.take()).toEqual({ read: [], opened: [], strange: [] });
});
