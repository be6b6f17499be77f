import { Socket } from 'node:net';
import type { Pool } from 'pg';
import { driver } from './driver';
import { VaultFault } from '../faults';
import type { PostgresPlace } from '../place';
import { type Address, nameOf, passwordAt } from './address';
import { SCHEMA } from './schema';
import { type Session, sessionOf } from './session';

const CONNECTIONS = 4;
const IDLE_MS = 10_000;
/** To connect, and to wait for one of the connections, takes as long as this at least. */
const CONNECT_MS = 5_000;
/** How long statements may take. */
export interface Patience {
  /** To wait for another process. */
  readonly busyMs: number;
  /** To work, beyond that. */
  readonly workMs: number;
}
/** A process that stands still keeps the others waiting no longer. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** Settings of each session. They count more than those of the server, the database and the user. */
const OPTIONS = Object.entries({
  search_path: SCHEMA,
  // The server's default may be to lose what it said it keeps.
  synchronous_commit: 'on',
  default_transaction_isolation: 'read\\ committed',
  // Rows that a policy hides are an error, never absent.
  row_security: 'off',
  // The catalogs' words are compared with ours.
  quote_all_identifiers: 'off',
  // A statement locks the partition that it names, and no other: which that is, the plan has to know.
  plan_cache_mode: 'force_custom_plan',
  enable_partition_pruning: 'on',
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
})
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ');

/** An integer that a number can hold; any other stays text, which no row has there. */
const integerOf = (text: string): number | string => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
};

/** A standby lags behind: it would let a row open that was frozen. A server becomes one only by a restart. */
const refuseStandby = async (session: Session, name: string): Promise<void> => {
  const { rows } = await session.query('SELECT 1 WHERE pg_is_in_recovery()');
  if (rows.length > 0)
    throw new VaultFault(
      'unavailable',
      `${name} is a standby, which lags behind its primary: name the primary server`,
    );
};

/**
 * The driver leaves a connection open where it gives up itself, such as for want of a password: the sockets are closed,
 * too.
 */
export interface Connections {
  readonly pool: Pool;
  readonly close: () => Promise<void>;
}

/** @param prepare done in each new session, before it is used */
export const poolOf = async (
  address: Address,
  place: PostgresPlace,
  { busyMs, workMs }: Patience,
  prepare: (session: Session) => Promise<void>,
): Promise<Connections> => {
  const { Pool, TypeOverrides, types } = driver();
  const overrides = new TypeOverrides();
  overrides.setTypeParser(types.builtins.INT8, integerOf);
  const sockets = new Set<Socket>();
  const { host, port, database, user, tls } = address;
  const pool = new Pool({
    host,
    port,
    database,
    user,
    // Asked for at each connection and kept nowhere; undefined leaves it to PGPASSWORD and the password file.
    password: address.hasPassword ? () => passwordAt(place) : undefined,
    ssl: tls,
    stream: () => {
      const socket = new Socket();
      sockets.add(socket);
      return socket.once('close', () => sockets.delete(socket));
    },
    application_name: 'keyturn-vault',
    options: OPTIONS,
    lock_timeout: Math.max(busyMs, 1), // 0 is for ever
    statement_timeout: busyMs + workMs,
    query_timeout: busyMs + 2 * workMs,
    connectionTimeoutMillis: Math.max(busyMs, CONNECT_MS),
    max: CONNECTIONS,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    keepAlive: true,
    types: overrides,
    verify: (client, done) => {
      const session = sessionOf(client);
      refuseStandby(session, nameOf(address))
        .then(() => prepare(session))
        .then(() => done(), done);
    },
  });
  // A connection that is lost while nobody uses it is replaced by the pool; while it is used, its query fails.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    close: async () => {
      if (!pool.ending) await pool.end();
      for (const socket of sockets) socket.destroySoon();
    },
  };
};
