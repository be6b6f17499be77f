import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from '../faults';
import type { PostgresPlace } from '../place';
import { addressAt, nameOf } from './address';
import { useInPresentFormat } from './inUse';
import { type Connections, type Patience, poolOf } from './pool';
import { fromPostgres, sqlstateOf } from './postgresFaults';
import { type Session, sessionOf } from './session';

/** The vault's database. What is thrown in a run becomes a fault. */
export interface Database {
  /** Host, port and database, to be named in faults. */
  readonly name: string;
  /** Every statement is a transaction of its own. */
  readonly run: <A>(run: (session: Session) => Promise<A>) => TE.TaskEither<VaultFault, A>;
  /**
   * Runs in one transaction (READ COMMITTED): all of it or nothing. On return it is durable. It is run again when the
   * server rolls it back for the sake of another transaction.
   */
  readonly transaction: <A>(run: (session: Session) => Promise<A>) => TE.TaskEither<VaultFault, A>;
  readonly close: () => Promise<void>;
}

/** How often a transaction is run, at most, when the server rolls it back. */
const RUNS = 4;

/** The server ends the connection with these: it shuts down, has crashed, or has waited too long. */
const CONNECTION_ENDED: ReadonlyArray<string | null> = ['57P01', '57P02', '57P03', '57P05', '25P03', '25P04'];

/** Whether the connection is still good: the error is an answer of the server, or was made here. */
const isAnswer = (error: unknown): boolean => {
  if (error instanceof VaultFault) return true;
  const sqlstate = sqlstateOf(error);
  return sqlstate !== null && !CONNECTION_ENDED.includes(sqlstate);
};

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

/** Serialisation failures and deadlocks: the server rolled back one transaction, so that others go on. */
const ROLLED_BACK: ReadonlyArray<string | null> = ['40001', '40P01'];

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
      if (left > 1 && ROLLED_BACK.includes(sqlstateOf(error))) return repeated(run, left - 1);
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

const WORK_MS = 60_000;
/** A step of a migration may copy whole tables, and nobody else waits for it. */
const MIGRATION_MS = 3_600_000;

/** Prepares to connect to the database: the first run connects. */
const openedWith = (
  place: PostgresPlace,
  patience: Patience,
  prepare: (session: Session, name: string) => Promise<void>,
): TE.TaskEither<VaultFault, Database> =>
  pipe(
    addressAt(place),
    TE.chainTaskK((address) => async () => {
      const name = nameOf(address);
      return database(await poolOf(address, place, patience, (session) => prepare(session, name)), name);
    }),
  );

/** The database of a vault in the present format, or of none. */
export const openDatabase = (place: PostgresPlace, busyMs: number): TE.TaskEither<VaultFault, Database> =>
  openedWith(place, { busyMs, workMs: WORK_MS }, useInPresentFormat);

/** The same, whatever is in it, and without keeping anybody from migrating it. */
export const openDatabaseToMigrate = (
  place: PostgresPlace,
  busyMs: number,
): TE.TaskEither<VaultFault, Database> =>
  openedWith(place, { busyMs, workMs: MIGRATION_MS }, () => Promise.resolve());
