import { openSqlite } from '@keyturn/sqlite';
import { KEPT_MASTER_KEY, type KeptDeployment } from '@keyturn/testbed';
import type { PostgresServer } from '@keyturn/testbed/postgres';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceOptions } from '../deployment/place';

const makeDatabase = (file: string, statements: string): void => {
  const db = openSqlite(file);
  db.exec(`PRAGMA synchronous = OFF; BEGIN; ${statements} COMMIT;`);
  db.close();
  chmodSync(file, 0o600);
};

const vaultOnServer = async (kept: KeptDeployment, server: PostgresServer): Promise<() => string> => {
  const postgres = await server.newDatabase();
  const database = new URL(postgres()).pathname.slice(1);
  await server.sql(`SET ROLE ${database}; ${kept.read('postgres.sql')}`, database);
  return postgres;
};

/** Puts a deployment as it is kept into `data` and `master.key` of a directory. */
export const putKept = async (
  kept: KeptDeployment,
  root: string,
  server: () => PostgresServer,
): Promise<PlaceOptions> => {
  const directory = join(root, 'data');
  mkdirSync(directory, { mode: 0o700 });
  makeDatabase(join(directory, 'events.sqlite'), kept.read('events.sql'));
  writeFileSync(join(root, 'master.key'), KEPT_MASTER_KEY, { mode: 0o600 });
  if (kept.vaultKind === 'postgres') {
    writeFileSync(join(directory, 'vault.json'), kept.read('vault.json'), { mode: 0o600 });
    return { directory, vault: await vaultOnServer(kept, server()) };
  }
  mkdirSync(join(directory, 'vault'), { mode: 0o700 });
  makeDatabase(join(directory, 'vault', 'vault.sqlite'), kept.read('vault.sql'));
  makeDatabase(join(directory, 'vault', 'vault-keys.sqlite'), kept.read('vault-keys.sql'));
  return { directory };
};
