import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { VaultFault } from '../faults';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { type Database, openDatabase } from './connection';
import type { Session } from './session';

const describeOnPostgres = onPostgres(describe);

const raise = (sqlstate: string) => (session: Session) =>
  session.query(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${sqlstate}'; END $$`);

const END_MYSELF = 'SELECT pg_terminate_backend(pg_backend_pid())';

describeOnPostgres('a connection to PostgreSQL', () => {
  let server: PostgresServer;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgres();
    database = await succeed(openDatabase({ postgres: await server.newDatabase() }, 1000));
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const sessionId = (): Promise<unknown> =>
    succeed(database.run(async (session) => (await session.query('SELECT pg_backend_pid()')).rows[0]));

  /** Whether the connection is used again after this has failed, in a transaction and without. */
  const usedAgain = async (fail: (session: Session) => Promise<unknown>): Promise<ReadonlyArray<boolean>> => {
    const used = [];
    for (const run of [database.run, database.transaction]) {
      const before = await sessionId();
      expect(await faultOf(run(fail))).not.toBe('no fault');
      used.push(JSON.stringify(await sessionId()) === JSON.stringify(before));
    }
    return used;
  };

  test.each(['22012', '42P01', '57014', '55P03', '25006'])(
    'is used again when the server has said no, such as by %s',
    async (sqlstate) => {
      expect(await usedAgain(raise(sqlstate))).toEqual([true, true]);
    },
  );

  test('is used again after a fault that was found in what the server gave', async () => {
    const fault = new VaultFault('tampered', 'a row is not of its shape');
    expect(await usedAgain(() => Promise.reject(fault))).toEqual([true, true]);
  });

  test.each(['57P01', '57P02', '57P03', '57P05', '25P03', '25P04'])(
    'is not used again when the server says that it ends it, by %s',
    async (sqlstate) => {
      expect(await usedAgain(raise(sqlstate))).toEqual([false, false]);
    },
  );

  test('is not used again when the driver gave up waiting: the answer may still come', async () => {
    const gaveUp = new Error('Query read timeout');
    expect(await usedAgain(() => Promise.reject(gaveUp))).toEqual([false, false]);
  });

  test('that the server ends is said to be ended by it', async () => {
    const ended = database.transaction((session) => session.query(END_MYSELF));
    expect(await messageOf(ended)).toContain('SQLSTATE 57P01: the server is starting or shutting down');
  });

  test('is left without a transaction by one that failed', async () => {
    const failed = database.transaction(async (session) => {
      await session.query('CREATE SCHEMA left_behind');
      throw new VaultFault('already-initialised', 'there is a vault already');
    });
    expect(await faultOf(failed)).toBe('already-initialised');
    const { count } = await succeed(
      database.run((session) => session.query("SELECT WHERE to_regnamespace('left_behind') IS NOT NULL")),
    );
    expect(count).toBe(0);
  });

  test.each(['40001', '40P01'])(
    'runs a transaction four times that the server takes back by %s',
    async (sqlstate) => {
      let runs = 0;
      const takenBack = database.transaction((session) => {
        runs += 1;
        return raise(sqlstate)(session);
      });
      expect(await messageOf(takenBack)).toContain('another process changed the same rows');
      expect(runs).toBe(4);
    },
  );

  test('runs a transaction once that fails otherwise', async () => {
    let runs = 0;
    const failing = database.transaction((session) => {
      runs += 1;
      return raise('22012')(session);
    });
    expect(await faultOf(failing)).toBe('tampered');
    expect(runs).toBe(1);
  });
});
