import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { createMasterKeyFile } from '../masterKeyFile';
import { createVault, openVault, type NewVaultOptions, type VaultOptions } from '../openVault';
import type { VaultPlace } from '../place';
import { type Database, openDatabase } from '../postgres/connection';
import type { Vault } from '../vault';
import { onFile } from './database';
import { succeed } from './outcomes';
import { filesWithAny } from './postgresVaults';
import { keyPathOf } from './rotations';
import { filesWith, tempDirectory } from './tempDirectory';
import { closedAfterwards } from './vaults';

type Value = string | number | Buffer | null;

/**
 * Runs a statement on the vault's tables, as an attacker or a reader would; `$1` and so on are values. Gives the cells
 * of all rows.
 */
type Sql = (statement: string, ...values: ReadonlyArray<Value>) => Promise<ReadonlyArray<unknown>>;

/** Where a vault may be made, and what can be done there behind its back. */
export interface TestPlace {
  readonly place: VaultPlace;
  readonly sql: Sql;
  /** How many of the files have one of these somewhere. */
  readonly filesWith: (values: ReadonlyArray<Buffer>) => number;
}

export interface PlacedVault extends TestPlace {
  readonly vault: Vault;
  readonly options: VaultOptions;
}

export interface TestStorage {
  readonly kind: 'sqlite' | 'postgres';
  readonly newPlace: () => Promise<TestPlace>;
  /** A new vault, closed when the tests of the file are over. */
  readonly newVault: (more?: Partial<Omit<NewVaultOptions, keyof VaultPlace>>) => Promise<PlacedVault>;
  /**
   * An empty vault for a test that has no other. Where a new one takes half a second it is that of the test before,
   * with the keys that it was made with: those of a test that rotated them are in its files.
   */
  readonly emptyVault: (more?: Partial<Omit<VaultOptions, keyof VaultPlace>>) => Promise<PlacedVault>;
}

const newVaultAt =
  (newPlace: TestStorage['newPlace']): TestStorage['newVault'] =>
  async (more = {}) => {
    const path = join(tempDirectory(), 'master.key');
    await succeed(createMasterKeyFile(path));
    const there = await newPlace();
    const options: NewVaultOptions = { ...there.place, masterKey: { kind: 'file', path }, ...more };
    return { ...there, vault: closedAfterwards(await succeed(createVault(options))), options };
  };

const onSqlite = (): TestStorage => {
  const newPlace = () => Promise.resolve(inDirectory());
  const newVault = newVaultAt(newPlace);
  return { kind: 'sqlite', newPlace, newVault, emptyVault: newVault };
};

const inDirectory = (): TestPlace => {
  const directory = join(tempDirectory(), 'vault');
  return {
    place: { directory },
    sql: (statement, ...values) =>
      Promise.resolve(
        onFile(directory, 'vault.sqlite', (db) => {
          db.prepare('ATTACH ? AS keys').run(join(directory, 'vault-keys.sqlite'));
          const given: Value[] = [];
          const inOrder = statement.replace(/\$(\d+)/g, (_, number) => {
            given.push(values[Number(number) - 1] ?? null);
            return '?';
          });
          if (/^\s*SELECT/i.test(statement)) {
            return db
              .raw(inOrder)
              .all(...given)
              .flat();
          }
          db.prepare(inOrder).run(...given);
          return [];
        }),
      ),
    filesWith: (values) => values.flatMap((bytes) => filesWith(directory, bytes)).length,
  };
};

const opened: Array<Database> = [];
afterAll(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
});

const inDatabase = async (server: PostgresServer): Promise<TestPlace> => {
  const place = { postgres: await server.newDatabase() };
  const database = await succeed(openDatabase(place, 5000));
  opened.push(database);
  return {
    place,
    sql: async (statement, ...values) => {
      const { rows } = await succeed(database.run((session) => session.query(statement, values)));
      return rows.flatMap((row): ReadonlyArray<unknown> =>
        typeof row === 'object' && row !== null ? Object.values(row) : [],
      );
    },
    filesWith: (values) => filesWithAny(server, values).length,
  };
};

const EMPTY = [
  ...[
    'sealed_secrets',
    'data_keys',
    'workspace_keys',
    'witnesses',
    'removals',
    'pairing',
    'rotation',
    'deployment',
  ].map((table) => `DELETE FROM ${table}`),
  'INSERT INTO deployment SELECT * FROM public.deployment_as_made',
].join(';');

/** Gives one vault again and again, empty. */
const emptiedEachTime = (newVault: TestStorage['newVault']): TestStorage['emptyVault'] => {
  const make = async () => {
    const { place, sql, filesWith: search, options } = await newVault();
    await sql('CREATE TABLE public.deployment_as_made AS SELECT * FROM deployment');
    const keyFile = keyPathOf(options);
    return {
      place,
      sql,
      filesWith: search,
      masterKey: options.masterKey,
      keyFile,
      key: readFileSync(keyFile),
    };
  };
  let made: ReturnType<typeof make> | null = null;
  return async (more = {}) => {
    made ??= make();
    const { keyFile, key, masterKey, ...there } = await made;
    await there.sql(`DO $$ BEGIN ${EMPTY}; END $$`);
    writeFileSync(keyFile, key);
    const options: VaultOptions = { ...there.place, masterKey, ...more };
    return { ...there, vault: closedAfterwards(await succeed(openVault(options))), options };
  };
};

const describeOnPostgres = onPostgres(describe);

/** Tests of a vault on PostgreSQL alone, with a server of their own. */
export const onPostgresAlone = (
  tests: (storage: TestStorage, server: () => PostgresServer) => void,
): void => {
  describeOnPostgres('on PostgreSQL', () => {
    const started: Array<PostgresServer> = [];
    const server = (): PostgresServer => {
      const one = started.at(-1);
      if (one === undefined) throw new Error('the server has not been started yet');
      return one;
    };
    beforeAll(async () => {
      started.push(await startPostgres());
    });
    afterAll(() => started.pop()?.stop());
    const newPlace = () => inDatabase(server());
    const newVault = newVaultAt(newPlace);
    tests({ kind: 'postgres', newPlace, newVault, emptyVault: emptiedEachTime(newVault) }, server);
  });
};

/** Tests that hold for a vault wherever it lies. */
export const onEachStorage = (tests: (storage: TestStorage) => void): void => {
  describe('on SQLite', () => {
    tests(onSqlite());
  });
  onPostgresAlone(tests);
};

/** A table's column of sealed or plain bytes. */
export interface BytesColumn {
  readonly table: string;
  readonly column: string;
}

/** Changes one bit of the table's only row. */
export const flipBit = async (
  { sql }: TestPlace,
  { table, column }: BytesColumn,
  bit: number,
): Promise<void> => {
  const [bytes] = await sql(`SELECT ${column} FROM ${table}`);
  if (!Buffer.isBuffer(bytes)) throw new Error(`${table}.${column} has no bytes`);
  const offset = (bit >> 3) % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(offset) ^ (1 << (bit & 7)), offset);
  await sql(`UPDATE ${table} SET ${column} = $1`, bytes);
};

const bytesIn = async (sql: Sql, query: string): Promise<ReadonlyArray<Buffer>> =>
  (await sql(query)).filter((value) => Buffer.isBuffer(value));

/** All that lies in the vault under the master key: check value, pepper, workspace keys. */
export const underMasterKey = async ({ sql }: TestPlace): Promise<ReadonlyArray<Buffer>> => [
  ...(await bytesIn(sql, 'SELECT master_check, sealed_pepper FROM deployment')),
  ...(await bytesIn(sql, 'SELECT sealed FROM workspace_keys')),
];

export const sealedDataKeys = ({ sql }: TestPlace): Promise<ReadonlyArray<Buffer>> =>
  bytesIn(sql, 'SELECT sealed FROM data_keys ORDER BY data_key_id');
