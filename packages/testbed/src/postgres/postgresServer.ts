import { join } from 'node:path';
import { serverAccount } from './account';
import { findPostgres, whyNoPostgres } from './binaries';
import { freePort } from './freePort';
import { copyOfCluster, newCluster, SUPERUSER } from './newCluster';
import { psql, runClient } from './psql';
import { startServerProcess, type ServerProcess } from './serverProcess';
import { startWatchdog } from './watchdog';

type PostgresSettings = Readonly<Record<string, string>>;

export interface PostgresOptions {
  /** Over those that a vault's server has. */
  readonly settings?: PostgresSettings;
  /** The size of a segment of the write-ahead log; 1 when left out, for speed. PostgreSQL's own is 16. */
  readonly walSegmentMegabytes?: 1 | 16;
  /** The cluster to begin with, of the same size of segments; a new one when left out. */
  readonly copyOf?: KeptCluster;
}

/** The files of a cluster whose server has ended. */
export interface KeptCluster {
  readonly directory: string;
  readonly remove: () => Promise<void>;
}

interface NewDatabaseOptions {
  /** Without it the owner may what a vault's owner may: `docs/postgresql.md` says how it is granted. */
  readonly rights?: 'none';
  /** An owner of before, such as of a database that is put back into this one; a new one when left out. */
  readonly owner?: string;
}

/** A throw-away PostgreSQL cluster with a server of its own. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  /** For its superuser, unless another user is named. All have the same password. */
  readonly connectionString: (database: string, options?: { readonly user?: string }) => string;
  /** A new database and its owner, who is no superuser; gives the owner's connection string, as a vault takes it. */
  readonly newDatabase: (options?: NewDatabaseOptions) => Promise<() => string>;
  readonly dropDatabase: (connection: () => string) => Promise<void>;
  /** Writes a schema of a database to a file, as its owner does who backs it up. */
  readonly dump: (connection: () => string, file: string, schema: string) => Promise<void>;
  /** Puts such a file back into an empty database, as its owner. */
  readonly load: (connection: () => string, file: string) => Promise<void>;
  /** Runs statements as the superuser; gives the values of the rows, fields separated by `|`. */
  readonly sql: (statements: string, database?: string) => Promise<string>;
  /** Starts it again, also after `kill`; these settings are added. On the same port. */
  readonly restart: (settings?: PostgresSettings) => Promise<void>;
  /** Kills all of its processes, as a crash does. */
  readonly kill: () => Promise<void>;
  /** Ends it, and keeps its files to be copied. It is not used afterwards. */
  readonly keep: () => Promise<KeptCluster>;
  /** Ends it, and removes all that it had. */
  readonly stop: () => Promise<void>;
}

/**
 * What a vault needs, and for speed no flushing of the disk: a killed server loses nothing by that, only a machine
 * does.
 */
const DEFAULTS: PostgresSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '16MB',
  fsync: 'off',
  wal_recycle: 'off',
  wal_init_zero: 'on',
  wal_keep_size: '0',
  max_wal_size: '256MB',
  archive_mode: 'off',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

const GRANTS = (owner: string): string => `
GRANT pg_monitor, pg_checkpoint TO ${owner};
GRANT EXECUTE ON FUNCTION pg_switch_wal(), pg_ls_dir(text), pg_stat_file(text, boolean) TO ${owner};
`;

/**
 * Starts a new cluster under a temporary directory, on a free port of the loopback. It ends with the process that
 * started it, however that ends.
 *
 * ```ts
 * const server = await startPostgres();
 * const postgres = await server.newDatabase();
 * const vault = await createVault({ postgres, masterKey });
 * await server.stop();
 * ```
 */
export const startPostgres = async (options: PostgresOptions = {}): Promise<PostgresServer> => {
  const binaries = findPostgres();
  if (binaries === null) throw new Error(whyNoPostgres() ?? '');
  const account = serverAccount();
  const segmentMegabytes = options.walSegmentMegabytes ?? 1;
  const { directory, password } = await (options.copyOf === undefined
    ? newCluster(binaries, account, segmentMegabytes)
    : copyOfCluster(options.copyOf.directory, account));
  const watchdog = startWatchdog(directory);
  const dataDirectory = join(directory, 'data');
  const host = '127.0.0.1';
  const port = await freePort();
  let settings: PostgresSettings = {
    ...DEFAULTS,
    min_wal_size: `${2 * segmentMegabytes}MB`,
    unix_socket_directories: directory,
    port: String(port),
    ...options.settings,
  };
  const start = async (): Promise<ServerProcess> => {
    const started = await startServerProcess({ binaries, account, dataDirectory, settings });
    watchdog.watch(started.pid);
    return started;
  };
  const end = async (how: 'stop' | 'kill'): Promise<void> => {
    await running[how]();
    watchdog.watch(null);
  };
  let running = await start().catch(async (error: unknown) => {
    await watchdog.end();
    throw error;
  });
  let databases = 0;

  const asOwner = (
    connection: () => string,
    program: 'pg_dump' | 'pg_restore',
    words: ReadonlyArray<string>,
  ) => {
    const { username: user, pathname } = new URL(connection());
    return runClient({ binaries, host, port, user, password }, pathname.slice(1), program, words);
  };
  const sql = (statements: string, database = 'postgres'): Promise<string> =>
    psql({ binaries, host, port, user: SUPERUSER, password }, database, statements);
  const connectionString: PostgresServer['connectionString'] = (database, { user = SUPERUSER } = {}) =>
    `postgres://${user}:${password}@${host}:${port}/${database}`;
  return {
    host,
    port,
    dataDirectory,
    connectionString,
    newDatabase: async ({ rights, owner } = {}) => {
      databases += 1;
      const name = `vault_${databases}`;
      const user = owner ?? name;
      const statements = [
        ...(owner === undefined ? [`CREATE ROLE ${user} LOGIN PASSWORD '${password}'`] : []),
        `CREATE DATABASE ${name} OWNER ${user}`,
        ...(rights === 'none' ? [] : [`\\connect ${name}\n${GRANTS(user)}`]),
      ];
      // One client for all of them: to start one takes longer than what it runs.
      await sql(statements.join(';\n'));
      return () => connectionString(name, { user });
    },
    dropDatabase: async (connection) => {
      await sql(`DROP DATABASE ${new URL(connection()).pathname.slice(1)} WITH (FORCE)`);
    },
    dump: async (connection, file, schema) => {
      await asOwner(connection, 'pg_dump', ['--format=custom', `--schema=${schema}`, `--file=${file}`]);
    },
    load: async (connection, file) => {
      await asOwner(connection, 'pg_restore', ['--dbname', new URL(connection()).pathname.slice(1), file]);
    },
    sql,
    restart: async (more = {}) => {
      await end('stop');
      settings = { ...settings, ...more };
      running = await start();
    },
    kill: () => end('kill'),
    keep: async () => {
      await end('stop');
      return { directory, remove: watchdog.end };
    },
    stop: async () => {
      await end('stop');
      await watchdog.end();
    },
  };
};
