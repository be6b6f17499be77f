import { once } from 'node:events';
import { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { backendAt } from '../backendAt';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { openDatabase, type Database } from './connection';

const describeOnPostgres = onPostgres(describe);

/** Tells of each socket that is connected from now on whether this side has ended it. */
const watchSockets = (): (() => ReadonlyArray<boolean>) => {
  const connect = jest.spyOn(Socket.prototype, 'connect');
  return () => connect.mock.contexts.map((socket) => socket instanceof Socket && socket.writableEnded);
};

describeOnPostgres('connections to PostgreSQL', () => {
  let server: PostgresServer;
  let postgres: () => string;
  beforeAll(async () => {
    server = await startPostgres();
    postgres = await server.newDatabase();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => server.stop());

  const changed = (change: (url: URL) => void): string => {
    const url = new URL(postgres());
    change(url);
    return url.href;
  };

  const asked = async (text: string, busyMs: number, place = postgres()): Promise<unknown> => {
    const database = await succeed(openDatabase({ postgres: () => place }, busyMs));
    try {
      return (await succeed(database.run((session) => session.query(text)))).rows[0];
    } finally {
      await database.close();
    }
  };

  test('wait for others as long as is said, never for ever, and may work for longer', async () => {
    const settings = `SELECT current_setting('lock_timeout') AS wait, current_setting('statement_timeout') AS work,
      current_setting('idle_in_transaction_session_timeout') AS idle`;
    expect(await asked(settings, 0)).toEqual({ wait: '1ms', work: '1min', idle: '1min' });
    expect(await asked(settings, 2_000)).toEqual({ wait: '2s', work: '62s', idle: '1min' });
  });

  test('give the server more time to answer than others to end', async () => {
    expect(await asked('SELECT 1 AS one FROM pg_sleep(0.05)', 1)).toEqual({ one: 1 });
  });

  test('leave user and password to the environment where the string has none', async () => {
    const { username, password } = new URL(postgres());
    jest.replaceProperty(process, 'env', { ...process.env, PGUSER: username, PGPASSWORD: password });
    const bare = changed((url) => {
      url.username = '';
      url.password = '';
    });
    expect(await asked('SELECT current_user AS me', 1_000, bare)).toEqual({ me: username });
  });

  test('are noticed to be lost, and keep no process from ending while nobody uses them', async () => {
    const keepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    const unref = jest.spyOn(Socket.prototype, 'unref');
    const database = await succeed(openDatabase({ postgres }, 1_000));
    await succeed(database.run((session) => session.query('SELECT')));
    expect(keepAlive.mock.calls[0]?.[0]).toBe(true);
    expect(unref).toHaveBeenCalled();
    await database.close();
  });

  describe('when they are lost', () => {
    const losing = async (): Promise<{ readonly database: Database; readonly lose: () => Promise<void> }> => {
      const connect = jest.spyOn(Socket.prototype, 'connect');
      const database = await succeed(openDatabase({ postgres }, 1_000));
      await succeed(database.run((session) => session.query('SELECT')));
      const socket = connect.mock.contexts.at(-1);
      if (!(socket instanceof Socket)) throw new Error('the database has no connection');
      const { username } = new URL(postgres());
      const lose = async (): Promise<void> => {
        const closed = once(socket, 'close');
        await server.sql(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${username}'`,
        );
        await closed;
      };
      return { database, lose };
    };
    const works = async (database: Database): Promise<unknown> =>
      (await succeed(database.run((session) => session.query('SELECT 1 AS one')))).rows;

    test('fail whoever holds them, whether or not he asks anything at that moment', async () => {
      const { database, lose } = await losing();
      const held = database.run(async (session) => {
        await lose();
        return session.query('SELECT');
      });
      expect(await faultOf(held)).toBe('unavailable');
      expect(await works(database)).toEqual([{ one: 1 }]);
      await database.close();
    });

    test('and nobody holds them: others take their place', async () => {
      const { database, lose } = await losing();
      await lose();
      expect(await works(database)).toEqual([{ one: 1 }]);
      await database.close();
    });
  });

  test('are all ended when a database is closed, as often as that is asked for', async () => {
    const ended = watchSockets();
    const database = await succeed(openDatabase({ postgres }, 1_000));
    await succeed(database.run((session) => session.query('SELECT')));
    await database.close();
    await expect(database.close()).resolves.toBeUndefined();
    expect(ended()).toEqual([true]);
    expect(await messageOf(database.run((session) => session.query('SELECT')))).toContain(
      'the vault was closed',
    );
  });

  test.each([
    ['there is no vault', () => postgres(), 'not-initialised'],
    ['the server lets nobody in', () => changed((url) => (url.password = 'another')), 'unavailable'],
    ['a password is wanting', () => changed((url) => (url.password = '')), 'unavailable'],
  ])('are ended where %s', async (_, place, fault) => {
    jest.replaceProperty(process, 'env', { ...process.env, PGPASSWORD: '', PGPASSFILE: '/nonexistent' });
    const ended = watchSockets();
    const backend = backendAt({ postgres: place });
    expect(await faultOf(backend.readDeployment)).toBe(fault);
    expect(await faultOf(backend.open)).toBe(fault);
    expect(ended()).toEqual([true, true]);
  });
});
