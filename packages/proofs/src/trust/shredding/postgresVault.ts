import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { postgresRows } from '../postgresRows';
import { SERVER_BUSY_MS } from './serverBusy';
import type { ShreddedVaultKind } from './shreddedVault';

const READER = 'reader of an old state';

/** In a transaction that sees what was there before, and locks nothing: only its snapshot is in the way. */
const OLD_STATE = `
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT 1;
SELECT pg_sleep(3600) AS "${READER}";
`;
const READERS =
  `FROM pg_stat_activity WHERE query LIKE '%AS "${READER}"%' AND backend_xmin IS NOT NULL ` +
  'AND pid <> pg_backend_pid()';

const BETWEEN_LOOKS_MS = 20;

const openReader = async (server: PostgresServer, database: string): Promise<() => Promise<void>> => {
  const reading = server.sql(OLD_STATE, database).catch(() => undefined);
  while ((await server.sql(`SELECT count(*) ${READERS}`)) !== '1') await pause(BETWEEN_LOOKS_MS);
  return async () => {
    await server.sql(`SELECT pg_terminate_backend(pid) ${READERS}`);
    await reading;
  };
};

/** On a cluster of its own, which is searched as a whole. */
export const POSTGRES: ShreddedVaultKind = {
  open: async () => {
    const server = await startPostgres();
    const postgres = await server.newDatabase();
    const database = new URL(postgres()).username;
    return {
      server: { postgres, busyTimeoutMs: SERVER_BUSY_MS },
      sealedBytesOf: async (workspaceId, keyId) =>
        (await postgresRows(server, database))
          .filter((row) => row.workspaceId === workspaceId && row.keyId === keyId)
          .map(({ sealed }) => sealed),
      keepCopy: async (workspaceId, keyId) => {
        const rows = `keyturn_vault.data_keys WHERE workspace_id = '${workspaceId}' AND key_id = '${keyId}'`;
        await server.sql(`CREATE TABLE IF NOT EXISTS kept (sealed bytea)`, database);
        await server.sql(`INSERT INTO kept SELECT sealed FROM ${rows}`, database);
      },
      directories: [server.dataDirectory],
      openReader: () => openReader(server, database),
      settle: () => server.restart(),
      close: server.stop,
    };
  },
  beginsWithReader: true,
};
