import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { newVault } from './testSupport/onServers';
import { replay, transcriptsWhere } from './testSupport/replay';

const describeOnPostgres = onPostgres(describe);

describeOnPostgres('a transcript with the events in EventStoreDB and the vault in PostgreSQL replays', () => {
  let postgres: PostgresServer;
  let esdb: EsdbServer;
  beforeAll(async () => {
    postgres = await startPostgres();
    esdb = await startEsdbServer();
  });
  afterAll(async () => {
    await esdb.close();
    await postgres.stop();
  });

  test.each(transcriptsWhere(true))(
    '%s',
    async (file) => {
      const env = { ...(await newVault(postgres)), KEYTURN_STORE: esdb.connectionString };
      const { now, expected } = await replay(file, { env });
      expect(now).toBe(expected);
    },
    240_000,
  );
});
