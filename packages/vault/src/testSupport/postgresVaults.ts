import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMasterKeyFile } from '../masterKeyFile';
import { createVault, openVault, type VaultOptions } from '../openVault';
import type { Vault } from '../vault';
import type { PostgresServer } from '@keyturn/testbed/postgres';
import { finderOf, samplesOf } from '../sqlite/search';
import { succeed } from './outcomes';
import { tempDirectory } from './tempDirectory';

export interface PostgresVault {
  readonly vault: Vault;
  readonly options: VaultOptions;
  /** The database, whose owner has the same name. */
  readonly database: string;
  /** Runs statements as the superuser in the vault's database and schema. */
  readonly sql: (statements: string) => Promise<string>;
  /** Another handle, as another process would have it. */
  readonly another: () => Promise<Vault>;
  /** Closes the vault and the other handles. */
  readonly close: () => Promise<void>;
}

/** A new vault in a database of its own. */
export const newPostgresVault = async (
  server: PostgresServer,
  { busyTimeoutMs = 2000 }: { readonly busyTimeoutMs?: number } = {},
): Promise<PostgresVault> => {
  const path = join(tempDirectory(), 'master.key');
  await succeed(createMasterKeyFile(path));
  const postgres = await server.newDatabase();
  const options: VaultOptions = { postgres, masterKey: { kind: 'file', path }, busyTimeoutMs };
  const vault = await succeed(createVault(options));
  const opened = [vault];
  const database = new URL(postgres()).pathname.slice(1);
  return {
    vault,
    options,
    database,
    sql: (statements) => server.sql(`SET search_path = keyturn_vault; ${statements}`, database),
    another: async () => {
      const other = await succeed(openVault(options));
      opened.push(other);
      return other;
    },
    close: async () => {
      for (const each of opened) await each.close();
    },
  };
};

/** The sealed bytes of both tables. */
export const sealedValues = async ({ sql }: PostgresVault): Promise<ReadonlyArray<Buffer>> => {
  const text = await sql(
    "SELECT encode(sealed, 'hex') FROM data_keys UNION ALL SELECT encode(sealed, 'hex') FROM sealed_secrets",
  );
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'hex'));
};

/** Every file of the cluster, the write-ahead log included, byte by byte. */
const filesOf = (directory: string): ReadonlyArray<readonly [string, Buffer]> =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      try {
        return [[path.slice(directory.length + 1), readFileSync(path)] as const];
      } catch {
        return []; // The server has just deleted it.
      }
    });

/** The files of the cluster in which a piece of one of these values lies, as bytes or as hexadecimal digits. */
export const filesWithAny = (
  server: PostgresServer,
  values: ReadonlyArray<Buffer>,
): ReadonlyArray<string> => {
  const samples = values
    .flatMap((value) => samplesOf(value))
    .flatMap((sample) => [sample, Buffer.from(sample.toString('hex'))]);
  const find = finderOf([samples]);
  return filesOf(server.dataDirectory)
    .filter(([, content]) => {
      const found = new Set<number>();
      find(content, found);
      return found.size > 0;
    })
    .map(([path]) => path);
};
