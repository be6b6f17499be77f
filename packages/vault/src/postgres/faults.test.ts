import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { startPostgres } from '@keyturn/testbed/postgres';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from '../faults';
import { createVault, openVault, readVaultInfo } from '../openVault';
import { randomText, secretOf } from '../testSupport/generators';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { onPostgresAlone, type PlacedVault } from '../testSupport/storages';
import { bindingOf, sealNew, textOf } from '../testSupport/vaults';
import { until } from '../testSupport/waiting';
import { openDatabase } from './connection';

/** All that can be told of a fault. */
const toldBy = async <A>(task: TE.TaskEither<unknown, A>): Promise<string> => {
  const outcome = await task();
  if (E.isRight(outcome) || !(outcome.left instanceof VaultFault)) throw new Error('no fault');
  return `${outcome.left.code} ${inspect(outcome.left, { depth: 10, showHidden: true })} ${outcome.left.stack ?? ''}`;
};

const urlOf = ({ place }: Pick<PlacedVault, 'place'>): URL => {
  if (!('postgres' in place)) throw new Error('not on PostgreSQL');
  return new URL(place.postgres());
};

/** The vault's place with something else in its connection string. */
const elsewhere = (made: PlacedVault, change: (url: URL) => void) => {
  const url = urlOf(made);
  change(url);
  return { ...made.options, postgres: () => url.href };
};

const END_SESSIONS = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

onPostgresAlone(({ newVault, newPlace }, server) => {
  test('a server that is away, a password that is wrong: no fault has a password in it', async () => {
    const made = await newVault();
    const canary = randomText(24);
    const withCanary = (change: (url: URL) => void) =>
      elsewhere(made, (url) => {
        url.password = canary;
        change(url);
      });
    const told = await Promise.all([
      toldBy(openVault(withCanary(() => undefined))),
      toldBy(openVault(withCanary((url) => (url.port = '1')))),
      toldBy(openVault(withCanary((url) => (url.hostname = 'no.invalid')))),
      toldBy(openVault(withCanary((url) => (url.pathname = '/none')))),
      toldBy(openVault(withCanary((url) => (url.search = '?sslmode=verify-full')))),
      toldBy(readVaultInfo(withCanary(() => undefined))),
    ]);
    const { host } = urlOf(made);
    expect(told[0]).toContain(`unavailable`);
    expect(told[0]).toContain(`${host}/vault_`);
    expect(told[0]).toContain('SQLSTATE 28P01: the server does not let this user in');
    expect(told[1]).toContain('ECONNREFUSED: no server answers there');
    expect(told[2]).toMatch(/unavailable .*no\.invalid:/);
    expect(told[4]).toContain('the server speaks no TLS');
    expect(told.filter((text) => text.includes(canary))).toEqual([]);
  });

  test('a database that is not there, or has no vault', async () => {
    const made = await newVault();
    const missing = openVault(elsewhere(made, (url) => (url.pathname = '/none')));
    expect(await faultOf(missing)).toBe('not-initialised');
    expect(await messageOf(missing)).toContain('there is no such database');
    const { place } = await newPlace();
    expect(await faultOf(openVault({ ...made.options, ...place }))).toBe('not-initialised');
  });

  test('a user without rights', async () => {
    const [made, other] = [await newVault(), await newVault()];
    const stranger = elsewhere(made, (url) => (url.username = urlOf(other).username));
    expect(await faultOf(openVault(stranger))).toBe('not-writable');
    expect(await messageOf(openVault(stranger))).toContain('permissions');
  });

  test('a database that may only be read', async () => {
    const made = await newVault();
    await made.sql(`ALTER DATABASE ${urlOf(made).pathname.slice(1)} SET default_transaction_read_only = on`);
    const vault = await succeed(openVault(made.options));
    const secret = secretOf(randomText());
    expect(await faultOf(vault.seal(bindingOf(vault, secret), secret))).toBe('not-writable');
    await vault.close();
  });

  test('what the server quotes of a row is in no fault', async () => {
    const made = await newVault();
    await sealNew(made.vault);
    await made.sql('ALTER TABLE data_keys ADD CHECK (created_at < 0) NOT VALID');
    const secret = secretOf(randomText());
    const binding = bindingOf(made.vault, secret, { keyId: 'key-2' });
    const told = await toldBy(made.vault.seal(binding, secret));
    expect(told).toContain('tampered');
    expect(told).toContain('SQLSTATE 23514');
    expect(told).not.toMatch(/\\x|Failing row|key-2/);
    expect(await made.sql('SELECT count(*) FROM sealed_secrets')).toEqual([1]);
  });

  test.each([
    ['a table that is gone', 'DROP TABLE data_keys'],
    ['a column of another type', 'ALTER TABLE sealed_secrets ALTER data_key_id TYPE text USING fingerprint'],
    ['a time beyond all times', 'UPDATE deployment SET created_at = 9223372036854775807'],
    [
      'a kind of master key that is none',
      `ALTER TABLE deployment DROP CONSTRAINT deployment_master_key_kind_check`,
    ],
  ])('%s is tampered with', async (_, change) => {
    const made = await newVault();
    const { binding } = await sealNew(made.vault);
    await made.sql(change);
    if (change.includes('kind')) await made.sql(`UPDATE deployment SET master_key_kind = 'none'`);
    const outcomes = [await faultOf(textOf(made.vault, binding)), await faultOf(readVaultInfo(made.place))];
    expect(outcomes).toContain('tampered');
  });

  test('connections that are lost, used or not, are replaced', async () => {
    const made = await newVault();
    const { binding, text } = await sealNew(made.vault);
    const used = made.vault.open(
      { authorise: async () => E.right(binding), confirm: () => TE.right(undefined) },
      () => async () => {
        await made.sql(END_SESSIONS);
        return E.right('used');
      },
    );
    expect(await succeed(used)).toBe('used');
    await until(async () => (await faultOf(textOf(made.vault, binding))) === 'no fault');
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });

  test('a connection that the server ended in mid-transaction is given to nobody else', async () => {
    const made = await newVault();
    if (!('postgres' in made.place)) throw new Error('not on PostgreSQL');
    const database = await succeed(openDatabase(made.place, 1_000));
    const ended = database.transaction(async (session) => {
      await made.sql(END_SESSIONS);
      return session.query('SELECT 1');
    });
    // Its last words may have come already, or come now.
    expect(await faultOf(ended)).toBe('unavailable');
    expect((await succeed(database.run((session) => session.query('SELECT 1')))).count).toBe(1);
    await database.close();
  });

  test('a server that died and came back: the vault goes on', async () => {
    const made = await newVault();
    const { binding, text } = await sealNew(made.vault);
    await server().kill();
    expect(await faultOf(textOf(made.vault, binding))).toBe('unavailable');
    expect(await faultOf(made.vault.freeze(binding))).toBe('unavailable');
    await server().restart();
    await until(async () => (await faultOf(textOf(made.vault, binding))) === 'no fault');
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });

  test('sessions are as durable as they must be, whatever the database says', async () => {
    const made = await newVault();
    const name = urlOf(made).pathname.slice(1);
    await made.sql(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    await made.sql(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`);
    if (!('postgres' in made.place)) throw new Error('not on PostgreSQL');
    const database = await succeed(openDatabase(made.place, 1_000));
    const { rows } = await succeed(
      database.transaction((session) =>
        session.query(`
          SELECT current_setting('synchronous_commit') AS durable,
            current_setting('transaction_isolation') AS isolation,
            current_setting('lock_timeout') AS wait, current_setting('application_name') AS name`),
      ),
    );
    expect(rows).toEqual([{ durable: 'on', isolation: 'read committed', wait: '1s', name: 'keyturn-vault' }]);
    await database.close();
  });

  test('a transaction that the server takes back is run again', async () => {
    const made = await newVault();
    if (!('postgres' in made.place)) throw new Error('not on PostgreSQL');
    const database = await succeed(openDatabase(made.place, 1_000));
    const deadlock = `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$`;
    let runs = 0;
    const run = database.transaction(async (session) => {
      runs += 1;
      await session.query(`INSERT INTO pairing VALUES (1, 's', NULL)`);
      if (runs < 3) await session.query(deadlock);
      return runs;
    });
    expect(await succeed(run)).toBe(3);
    expect(await made.sql('SELECT count(*) FROM pairing')).toEqual([1]);
    expect(await faultOf(database.transaction((session) => session.query(deadlock)))).toBe('unavailable');
    await database.close();
  });

  test('a password that was changed is asked for anew', async () => {
    const made = await newVault();
    const { binding } = await sealNew(made.vault);
    const url = urlOf(made);
    const vault = await succeed(openVault({ ...made.options, postgres: () => url.href }));
    url.password = randomText(12);
    await made.sql(`ALTER ROLE ${url.username} PASSWORD '${url.password}'`);
    await made.sql(END_SESSIONS);
    await until(async () => (await faultOf(textOf(vault, binding))) === 'no fault');
    expect(await faultOf(vault.freeze(binding))).toBe('no fault');
    await vault.close();
  });

  test('a standby is refused: it lags behind', async () => {
    const standby = await startPostgres();
    const postgres = await standby.newDatabase();
    const { options } = await newVault();
    await (await succeed(createVault({ ...options, postgres }))).close();
    appendFileSync(join(standby.dataDirectory, 'standby.signal'), '');
    await standby.restart();
    expect(await faultOf(openVault({ ...options, postgres }))).toBe('unavailable');
    expect(await messageOf(openVault({ ...options, postgres }))).toContain('name the primary server');
    await standby.stop();
  });
});
