import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { answering } from '../testSupport/scriptedSession';
import { checkServer } from './checkServer';
import { openDatabase } from './connection';

const describeOnPostgres = onPostgres(describe);

/** For the role, as an operator may who can't change the server. */
const SETTINGS: ReadonlyArray<readonly [settings: ReadonlyArray<string>, says: RegExp]> = [
  [['log_statement = mod', 'log_parameter_max_length = -1'], /set log_parameter_max_length to 0 \(it is -1/],
  [
    ['log_min_duration_statement = 250', 'log_parameter_max_length = 64'],
    /set log_parameter_max_length to 0 \(it is 64/,
  ],
  [
    ['log_transaction_sample_rate = 0.1', 'log_parameter_max_length = -1'],
    /set log_parameter_max_length to 0/,
  ],
  [['log_parameter_max_length_on_error = -1'], /set log_parameter_max_length_on_error to 0/],
  [['debug_print_plan = on'], /set debug_print_plan to off/],
];

describeOnPostgres('a PostgreSQL server that a vault is to be made in', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  const saidOf = async (postgres: () => string): Promise<string> => {
    const database = await succeed(openDatabase({ postgres }, 1000));
    const said = await messageOf(checkServer('erased')(database));
    await database.close();
    return said;
  };

  test('is taken when all is as it should be, also with statements logged without parameters', async () => {
    const postgres = await server.newDatabase();
    expect(await saidOf(postgres)).toBe('no fault');
    await server.sql(`ALTER ROLE ${new URL(postgres()).username} SET log_statement = 'all'`);
    expect(await saidOf(postgres)).toBe('no fault');
  });

  test('says all the rights that its user lacks, as statements that give them', async () => {
    const postgres = await server.newDatabase({ rights: 'none' });
    const { username } = new URL(postgres());
    const said = await saidOf(postgres);
    const grants = said
      .split('; ')
      .flatMap((part) => /run as a superuser there: (GRANT .* TO [a-z0-9_]+)/.exec(part)?.[1] ?? []);
    expect(grants).toHaveLength(5);
    await server.sql(grants.join('; '), username);
    expect(await saidOf(postgres)).toBe('no fault');
  });

  test.each(SETTINGS)('is refused where it logs sealed bytes: %j', async (settings, says) => {
    const postgres = await server.newDatabase();
    const { username } = new URL(postgres());
    for (const each of settings) await server.sql(`ALTER ROLE ${username} SET ${each}`);
    expect(await saidOf(postgres)).toMatch(says);
  });

  test('is refused where it keeps old bytes', async () => {
    const postgres = await server.newDatabase();
    await server.restart({ wal_recycle: 'on', wal_keep_size: '1GB' });
    expect(await saidOf(postgres)).toMatch(/set wal_recycle to off \(it is on.*set wal_keep_size to 0/);
    await server.restart({ wal_recycle: 'off', wal_keep_size: '0' });
  });

  test('is refused where it is too old, whatever else is to be said of it', async () => {
    const database = await succeed(
      openDatabase({ postgres: await server.newDatabase({ rights: 'none' }) }, 1000),
    );
    const old = checkServer('erased')(answering(database, { server_version_num: [{ version: 14 }] }));
    expect(await faultOf(old)).toBe('unavailable');
    expect(await messageOf(old)).toBe(
      `no vault is made in ${database.name}: the server is PostgreSQL 14, and 15 or newer is needed. ` +
        'See docs/postgresql.md',
    );
    await database.close();
  });

  test('is taken from version 15 on', async () => {
    const database = await succeed(openDatabase({ postgres: await server.newDatabase() }, 1000));
    expect(
      await faultOf(checkServer('erased')(answering(database, { server_version_num: [{ version: 15 }] }))),
    ).toBe('no fault');
    await database.close();
  });
});
