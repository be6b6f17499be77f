import { openSqlite } from '@keyturn/sqlite';
import { KEPT_MASTER_KEY, keptDeployments, type KeptDeployment } from '@keyturn/testbed';
import type { PostgresServer } from '@keyturn/testbed/postgres';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEYS_FILE, VAULT_FILE } from '../sqlite/connection';
import { tempDirectory } from './tempDirectory';

/** The formats of which an example is kept. */
export const keptFormatsOf = (kind: KeptDeployment['vaultKind']): ReadonlyArray<number> =>
  keptDeployments
    .flatMap((kept) => (kept.vaultKind === kind ? [kept.vaultFormat] : []))
    .sort((a, b) => a - b);

const keptOf = (kind: KeptDeployment['vaultKind'], format: number): KeptDeployment => {
  const found = keptDeployments.find((kept) => kept.vaultKind === kind && kept.vaultFormat === format);
  if (found === undefined) throw new Error(`no example of format ${format} is kept (${kind})`);
  return found;
};

/** Puts a vault of this format into a directory of its own. */
export const keptInDirectory = (format: number): string => {
  const kept = keptOf('sqlite', format);
  const directory = join(tempDirectory(), 'vault');
  mkdirSync(directory, { mode: 0o700 });
  for (const [name, statements] of [
    [VAULT_FILE, kept.read('vault.sql')],
    [KEYS_FILE, kept.read('vault-keys.sql')],
  ] as const) {
    const file = join(directory, name);
    const db = openSqlite(file);
    db.exec(`PRAGMA synchronous = OFF; BEGIN; ${statements} COMMIT;`);
    db.close();
    chmodSync(file, 0o600);
  }
  return directory;
};

/** The same in a database of its own, whose owner has the database's name. */
export const keptInDatabase = async (server: PostgresServer, format: number) => {
  const postgres = await server.newDatabase();
  const database = new URL(postgres()).pathname.slice(1);
  await server.sql(`SET ROLE ${database}; ${keptOf('postgres', format).read('postgres.sql')}`, database);
  return {
    postgres,
    database,
    /** Runs statements as the superuser in the vault's schema. */
    sql: (statements: string) => server.sql(`SET search_path = keyturn_vault; ${statements}`, database),
  };
};

/** The file of the master key that opens them. */
export const keptMasterKey = (): string => {
  const path = join(tempDirectory(), 'master.key');
  writeFileSync(path, KEPT_MASTER_KEY, { mode: 0o600 });
  return path;
};
