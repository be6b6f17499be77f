import { startPostgres, type KeptCluster, type PostgresServer } from '@keyturn/testbed/postgres';
import { postgresRows } from '../../postgresRows';
import type { VaultKind, VaultOfPlace } from './vaultOfPlace';

/**
 * It flushes the disk as in production; what is there already, after a crash, by one call. What a commit does not flush
 * stays unflushed, as it may in production, and a crash takes it.
 */
const SETTINGS = { fsync: 'on', recovery_init_sync_method: 'syncfs', wal_writer_delay: '10s' };

const vaultOn = (server: PostgresServer, database: string): VaultOfPlace => {
  const connection = (): string => server.connectionString(database, { user: database });
  return {
    at: { postgres: connection },
    env: { KEYTURN_VAULT: connection() },
    directories: [server.dataDirectory],
    rows: () => postgresRows(server, database),
    crash: async () => {
      await server.kill();
      return () => server.restart();
    },
    keep: async () => {
      const cluster: KeptCluster = await server.keep();
      return {
        copyFor: async () => vaultOn(await startPostgres({ copyOf: cluster, settings: SETTINGS }), database),
        remove: cluster.remove,
      };
    },
    // Nothing of it is used any more: it need not write what it has to write.
    remove: async () => {
      await server.kill();
      await server.stop();
    },
  };
};

/** Each on a cluster of its own, so that all that the server writes is searched, and may be crashed. */
export const POSTGRES: VaultKind = {
  newVault: async () => {
    const server = await startPostgres({ settings: SETTINGS });
    const connection = await server.newDatabase();
    return vaultOn(server, new URL(connection()).username);
  },
  crashes: true,
  env: { TRUST_WATCH_POSTGRES: '1' },
};
