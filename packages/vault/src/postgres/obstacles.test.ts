import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { sampled } from '@keyturn/testbed/sampling';
import type { Client } from 'pg';
import { clientOf } from '../testSupport/postgresClient';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import {
  filesWithAny,
  newPostgresVault,
  sealedValues,
  type PostgresVault,
} from '../testSupport/postgresVaults';
import { sealNew, textOf } from '../testSupport/vaults';
import { until } from '../testSupport/waiting';
import { shred } from '../testSupport/shredding';

const describeOnPostgres = onPostgres(describe);

/** What is in the way, how it comes and goes, and what is said of it. */
interface Obstruction {
  readonly name: string;
  readonly says: RegExp;
  /** Gives what takes it away. */
  readonly put: (server: PostgresServer, at: PostgresVault) => Promise<() => Promise<unknown>>;
}

const inSession = async (
  server: PostgresServer,
  database: string,
  statements: ReadonlyArray<string>,
): Promise<Client> => {
  const client = await clientOf(server.connectionString(database));
  for (const statement of statements) await client.query(statement);
  return client;
};

const OBSTRUCTIONS: ReadonlyArray<Obstruction> = [
  {
    name: 'a snapshot of before',
    says: /but a transaction of another session that began at 2.*Z can still see the old rows/,
    put: async (server, { database }) => {
      const client = await inSession(server, database, ['BEGIN ISOLATION LEVEL REPEATABLE READ', 'SELECT 1']);
      return () => client.end();
    },
  },
  {
    name: 'a transaction that writes in another database',
    says: /but a transaction of another session that began at/,
    put: async (server) => {
      const client = await inSession(server, 'postgres', ['BEGIN', 'SELECT pg_current_xact_id()']);
      return () => client.end();
    },
  },
  {
    name: 'a prepared transaction',
    says: /but a prepared transaction of 2.*Z can still see the old rows/,
    put: async (server, { sql }) => {
      await sql("BEGIN; SELECT pg_current_xact_id(); PREPARE TRANSACTION 'left'");
      return () => sql("ROLLBACK PREPARED 'left'");
    },
  },
  {
    name: 'a reader that holds a lock',
    says: /but another session uses data_keys_\d+ and keeps it from being written anew/,
    put: async (server, { database }) => {
      const client = await inSession(server, database, [
        'BEGIN',
        'LOCK TABLE keyturn_vault.data_keys IN ACCESS SHARE MODE',
      ]);
      return () => client.end();
    },
  },
  {
    name: 'a replication slot that keeps the log',
    says: /but \d+ old segments of the server's log are still there: the replication slot kept keeps them/,
    put: async (server) => {
      await server.sql("SELECT pg_create_physical_replication_slot('kept', true)");
      return () => server.sql("SELECT pg_drop_replication_slot('kept')");
    },
  },
  {
    name: 'a logical replication slot',
    says: /but (\d+ old segments .* the replication slot decoder keeps them|the logical replication slots decoder)/,
    put: async (server, { database }) => {
      await server.sql("SELECT pg_create_logical_replication_slot('decoder', 'pgoutput')", database);
      return () => server.sql("SELECT pg_drop_replication_slot('decoder')");
    },
  },
  {
    name: 'recycling of the log',
    says: /but the server keeps old bytes: set wal_recycle to off/,
    put: async (server) => {
      await server.restart({ wal_recycle: 'on' });
      return () => server.restart({ wal_recycle: 'off' });
    },
  },
  {
    name: 'recycling of the log that is off for sessions of the user alone',
    says: /but the server keeps old bytes: set wal_recycle to off for the whole server/,
    put: async (server, { database }) => {
      await server.sql(`ALTER ROLE ${database} SET wal_recycle = off`);
      await server.restart({ wal_recycle: 'on' });
      return async () => {
        await server.sql(`ALTER ROLE ${database} RESET wal_recycle`);
        await server.restart({ wal_recycle: 'off' });
      };
    },
  },
  {
    name: 'a right that was taken away',
    says: /run as a superuser in its database: GRANT pg_checkpoint TO vault_\d+/,
    put: async (server, { database }) => {
      await server.sql(`REVOKE pg_checkpoint FROM ${database}`);
      return () => server.sql(`GRANT pg_checkpoint TO ${database}`);
    },
  },
  {
    name: 'a table of another owner',
    says: /but the server did not write data_keys_\d+ anew: the user must own the tables/,
    put: async (server, { database, sql }) => {
      // The owner of a database may vacuum all of its tables.
      const own = await sql('SELECT DISTINCT tableoid::regclass FROM data_keys');
      await sql(
        `ALTER DATABASE ${database} OWNER TO CURRENT_USER; ALTER TABLE ${own} OWNER TO CURRENT_USER; ` +
          `GRANT ALL ON ${own} TO ${database}`,
      );
      return () => sql(`ALTER TABLE ${own} OWNER TO ${database}`);
    },
  },
  {
    name: 'statistics of sealed columns',
    says: /but the server's statistics may have sealed bytes of data_keys_\d+\.sealed/,
    put: async (_server, { sql }) => {
      const own = await sql('SELECT DISTINCT tableoid::regclass FROM data_keys');
      await sql(`ALTER TABLE ${own} ALTER sealed SET STATISTICS 100; ANALYZE ${own}`);
      return () =>
        sql(
          `ALTER TABLE ${own} ALTER sealed SET STATISTICS 0; ` +
            `DELETE FROM pg_statistic WHERE starelid = '${own}'::regclass; VACUUM FULL pg_statistic`,
        );
    },
  },
];

describeOnPostgres('a shred on PostgreSQL is incomplete', () => {
  let server: PostgresServer;
  let at: PostgresVault;
  beforeAll(async () => {
    server = await startPostgres({ settings: { max_prepared_transactions: '2', wal_level: 'logical' } });
  });
  afterEach(() => at.close());
  afterAll(() => server.stop());

  test.each(sampled(OBSTRUCTIONS, 4))(
    'for $name, and complete when run again without it',
    async ({ says, put }) => {
      at = await newPostgresVault(server, { busyTimeoutMs: 200 });
      const { binding } = await sealNew(at.vault);
      const kept = await sealNew(at.vault, { keyId: 'key-2' });
      const values = await sealedValues(at);
      const remove = await put(server, at);
      expect(await messageOf(shred(at.vault, 'acme', ['key-1']))).toMatch(says);
      expect(await faultOf(shred(at.vault, 'acme', ['key-1']))).toBe('shred-incomplete');
      const left = await sealedValues(at);
      const destroyed = values.filter((value) => !left.some((other) => other.equals(value)));
      expect(destroyed).toHaveLength(2);
      expect(filesWithAny(server, destroyed)).not.toEqual([]);
      expect(await faultOf(textOf(at.vault, binding))).toBe('missing-secret');
      await remove();
      expect(await succeed(shred(at.vault, 'acme', ['key-1']))).toMatchObject({
        secretsDestroyed: 0,
        dataKeysDestroyed: 0,
      });
      expect(filesWithAny(server, destroyed)).toEqual([]);
      expect(await succeed(textOf(at.vault, kept.binding))).toBe(kept.text);
    },
  );

  test('waits for a transaction that ends', async () => {
    at = await newPostgresVault(server, { busyTimeoutMs: 30_000 });
    await sealNew(at.vault);
    const client = await inSession(server, at.database, [
      'BEGIN ISOLATION LEVEL REPEATABLE READ',
      'SELECT 1',
    ]);
    const shredded = succeed(shred(at.vault, 'acme', ['key-1']));
    await client.query('SELECT count(*) FROM pg_stat_activity');
    await client.query('COMMIT');
    expect(await shredded).toMatchObject({ secretsDestroyed: 1 });
    await client.end();
  });

  test('and keeps no key from opening, however many shreds wait', async () => {
    at = await newPostgresVault(server, { busyTimeoutMs: 60_000 });
    const kept = await sealNew(at.vault, { keyId: 'kept' });
    const ids = Array.from({ length: 8 }, (_, i) => `key-${i}`);
    for (const keyId of ids) await sealNew(at.vault, { keyId });
    const client = await inSession(server, at.database, [
      'BEGIN ISOLATION LEVEL REPEATABLE READ',
      'SELECT 1',
    ]);
    const shreds = ids.map((keyId) => shred(at.vault, 'acme', [keyId])());
    await until(async () => (await at.sql('SELECT count(*) FROM sealed_secrets')) === '1');
    expect(await succeed(textOf(at.vault, kept.binding))).toBe(kept.text);
    await client.end();
    for (const shredded of shreds) await shredded;
  });
});

describeOnPostgres('a server that has recycled its log', () => {
  test('is led past what lies under names that are yet to come', async () => {
    const server = await startPostgres({ settings: { min_wal_size: '16MB' } });
    try {
      const at = await newPostgresVault(server);
      await server.restart({ wal_recycle: 'on' });
      await sealNew(at.vault);
      const values = await sealedValues(at);
      // As changes of the rows would do, into segments of their own, and to their ends: what is written into one that
      // is begun anew covers its beginning alone.
      for (let i = 0; i < 8; i += 1)
        await at.sql(
          "SELECT pg_logical_emit_message(false, '', repeat('-', 700000)); " +
            "SELECT pg_logical_emit_message(false, '', sealed) FROM data_keys; SELECT pg_switch_wal()",
        );
      await server.sql('CHECKPOINT');
      await server.restart({ wal_recycle: 'off' });
      const present = await server.sql('SELECT pg_walfile_name(pg_current_wal_insert_lsn())');
      const beyond = (): ReadonlyArray<string> =>
        filesWithAny(server, values).filter((path) => path > `pg_wal/${present}`);
      expect(beyond().length).toBeGreaterThan(1);
      await succeed(shred(at.vault, 'acme', ['key-1']));
      expect(filesWithAny(server, values)).toEqual([]);
      await at.close();
    } finally {
      await server.stop();
    }
  });
});

describeOnPostgres('a server that archives its log', () => {
  test('shreds after a base backup, whose history file stays among the segments', async () => {
    const server = await startPostgres({ settings: { archive_mode: 'on', archive_command: 'true' } });
    try {
      const at = await newPostgresVault(server, { busyTimeoutMs: 10_000 });
      await sealNew(at.vault);
      await server.sql("SELECT pg_backup_start('base', true); SELECT pg_backup_stop(false)");
      const { checks } = await succeed(shred(at.vault, 'acme', ['key-1']));
      expect(checks.at(-1)).toMatch(/the archive of the write-ahead log \(archive_mode=on\)/);
      expect(await server.sql("SELECT count(*) FROM pg_ls_waldir() WHERE name ~ 'backup$'")).toBe('1');
      await at.close();
    } finally {
      await server.stop();
    }
  });
});
