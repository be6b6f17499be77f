import { Socket } from 'node:net';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Pool, PoolClient } from 'pg';
import { VaultFault } from '../faults';
import type { PostgresPlace } from '../place';
import { type Address, addressAt, nameOf, passwordAt } from './address';
import { fromPostgres, sqlstateOf } from './postgresFaults';
import { SCHEMA } from './schema';

/** What can be bound to a parameter. */
type Value = string | number | Uint8Array | null;

export interface Result {
  readonly rows: ReadonlyArray<unknown>;
  /** How many rows were given or changed. */
  readonly count: number;
}

/** One connection, in use by one caller. */
export interface Session {
  /** Values go apart from the text, which is fixed. Throws what the server and the driver throw. */
  readonly query: (text: string, values?: ReadonlyArray<Value | ReadonlyArray<Value>>) => Promise<Result>;
}

/** The vault's database. What is thrown in a run becomes a fault. */
export interface Database {
  /** Host, port and database, to be named in faults. */
  readonly name: string;
  /** Every statement is a transaction of its own. */
  readonly run: <A>(run: (session: Session) => Promise<A>) => TE.TaskEither<VaultFault, A>;
  /**
   * All in one transaction (READ COMMITTED), durable on return, or nothing of it. The run is done again where the server took
   * it back for another one's sake.
   */
  readonly transaction: <A>(run: (session: Session) => Promise<A>) => TE.TaskEither<VaultFault, A>;
  readonly close: () => Promise<void>;
}

const CONNECTIONS = 4;
const IDLE_MS = 10_000;
/** To connect, and to wait for one of the connections, takes as long as this at least. */
const CONNECT_MS = 5_000;
/** A statement may take so much longer than waiting for another process. */
const WORK_MS = 60_000;
/** A process that stands still keeps the others waiting no longer. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** How often a transaction is run where the server takes it back. */
const RUNS = 4;

/** Settings of each session. They count more than those of the server, the database and the user. */
const OPTIONS = Object.entries({
  search_path: SCHEMA,
  // The server's default may be to lose what it said it keeps.
  synchronous_commit: 'on',
  default_transaction_isolation: 'read\\ committed',
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
})
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ');

const INT8 = 20;

/** A standby lags behind: it would let a row open that was frozen. A server becomes one only by a restart. */
const refuseStandby = async (session: Session, name: string): Promise<void> => {
  const { rows } = await session.query('SELECT 1 WHERE pg_is_in_recovery()');
  if (rows.length > 0)
    throw new VaultFault(
      'unavailable',
      `${name} is a standby, which lags behind its primary: name the primary server`,
    );
};

const sessionOf = (client: Pick<PoolClient, 'query'>): Session => ({
  query: async (text, values) => {
    const result = await client.query<Record<string, unknown>>(text, values === undefined ? [] : [...values]);
    return { rows: result.rows, count: result.rowCount ?? 0 };
  },
});

/** The driver leaves a connection open where it gives up itself, such as for want of a password: the sockets are closed, too. */
interface Connections {
  readonly pool: Pool;
  readonly close: () => Promise<void>;
}

const poolOf = async (address: Address, place: PostgresPlace, busyMs: number): Promise<Connections> => {
  const { Pool, types } = await import('pg');
  const sockets = new Set<Socket>();
  const { host, port, database, user, tls } = address;
  const parserOf: typeof types.getTypeParser = (oid: number, format?: unknown) =>
    oid === INT8 && format !== 'binary' ? integerOf : types.getTypeParser(oid, 'text');
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

    statement_timeout: busyMs + WORK_MS,
    query_timeout: busyMs + 2 * WORK_MS,
    connectionTimeoutMillis: Math.max(busyMs, CONNECT_MS),
    max: CONNECTIONS,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    keepAlive: true,
    types: { getTypeParser: parserOf },
    onConnect: (client) => refuseStandby(sessionOf(client), nameOf(address)),
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

/** An integer that a number can hold; any other stays text, which no row has there. */
const integerOf = (text: string): number | string => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
};

/** The connection is as good as before: what was thrown is an answer of the server, or was made here. */
const isAnswer = (error: unknown): boolean => error instanceof VaultFault || sqlstateOf(error) !== null;

const inTransaction = async <A>(session: Session, run: (session: Session) => Promise<A>): Promise<A> => {
  await session.query('BEGIN');
  try {
    const outcome = await run(session);
    await session.query('COMMIT');
    return outcome;
  } catch (error) {
    if (isAnswer(error)) await session.query('ROLLBACK');
    throw error;
  }
};

/** Serialisation failures and deadlocks: the server took back one transaction, so that others go on. */
const wasTakenBack = (error: unknown): boolean => ['40001', '40P01'].includes(sqlstateOf(error) ?? '');

const database = ({ pool, close }: Connections, name: string): Database => {
  const withClient = async <A>(use: (session: Session) => Promise<A>): Promise<A> => {
    const client = await pool.connect();
    const session = sessionOf(client);
    try {
      const outcome = await use(session);
      client.release();
      return outcome;
    } catch (error) {
      client.release(!isAnswer(error));
      throw error;
    }
  };

  const repeated = async <A>(run: (session: Session) => Promise<A>, left: number): Promise<A> => {
    try {
      return await withClient((session) => inTransaction(session, run));
    } catch (error) {
      if (left > 1 && wasTakenBack(error)) return repeated(run, left - 1);
      throw error;
    }
  };

  const attempt = <A>(run: () => Promise<A>): TE.TaskEither<VaultFault, A> =>
    TE.tryCatch(run, (error) => fromPostgres(error, name));

  return {
    name,
    run: (run) => attempt(() => withClient(run)),
    transaction: (run) => attempt(() => repeated(run, RUNS)),
    close,
  };
};

/** Prepares to connect to the database, whatever is in it: the first run connects. */
export const openDatabase = (place: PostgresPlace, busyMs: number): TE.TaskEither<VaultFault, Database> =>
  pipe(
    addressAt(place),
    TE.chain((address) =>
      TE.tryCatch(
        async () => database(await poolOf(address, place, busyMs), nameOf(address)),
        (error) => fromPostgres(error, nameOf(address)),
      ),
    ),
  );
