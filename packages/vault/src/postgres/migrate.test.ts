import { expect, jest, test } from '@jest/globals';
import { sampled, WHOLE } from '@keyturn/testbed/sampling';
import * as E from 'fp-ts/Either';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backendAt } from '../backendAt';
import { migrateVault, readVaultFormat } from '../migrateVault';
import { openVault, readVaultInfo } from '../openVault';
import { keptFormatsOf, keptInDatabase, keptMasterKey } from '../testSupport/keptVaults';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { clientOf } from '../testSupport/postgresClient';
import { newPostgresVault } from '../testSupport/postgresVaults';
import { startProcess } from '../testSupport/process';
import { meanwhile } from '../testSupport/scriptedSession';
import { onPostgresAlone } from '../testSupport/storages';
import { tempDirectory } from '../testSupport/tempDirectory';
import { bindingOf, sealNew } from '../testSupport/vaults';
import { randomText, secretOf } from '../testSupport/generators';
import { openDatabaseToMigrate, type Database } from './connection';
import { knownOf } from './knownSchema';
import { migrateTables } from './migrate';
import { PARTITIONED, PARTITIONS } from './partitioned';
import { FORMATS } from './schema';
import { catalogOf } from './schemaCheck';
import type { Session } from './session';

const documented = readFileSync(join(__dirname, '../../../../docs/migrating.md'), 'utf8');
const KEPT = keptFormatsOf('postgres');
const [OLDEST = 0] = KEPT;

type Kept = Awaited<ReturnType<typeof keptInDatabase>>;

const migrate = ({ postgres }: Kept) => migrateVault({ postgres }, () => undefined);
const formatIn = async ({ sql }: Kept): Promise<number> => Number(await sql('SELECT format FROM deployment'));

/** Every row but what a migration changes in the deployment's. */
const rowsIn = ({ sql }: Kept): Promise<string> =>
  sql(
    [
      ...[
        'workspace_keys',
        'witnesses',
        'removals',
        'pairing',
        'rotation',
        'sealed_secrets',
        'data_keys',
      ].map((table) => `SELECT t.* FROM ${table} t ORDER BY t::text`),
      'SELECT deployment_id, created_at, master_check, sealed_pepper, sealed_log_key FROM deployment',
    ].join(';'),
  );

/** A database in which the n-th statement fails, before it is run or after. */
const failing = (database: Database, n: number, when: 'before' | 'after'): Database => {
  let calls = 0;
  const watched = (session: Session): Session => ({
    query: async (text, values) => {
      calls += 1;
      if (calls === n && when === 'before') throw new Error('cut off');
      const result = await session.query(text, values);
      if (calls === n && when === 'after') throw new Error('cut off');
      return result;
    },
  });
  return {
    ...database,
    run: (use) => database.run((session) => use(watched(session))),
    transaction: (use) => database.transaction((session) => use(watched(session))),
  };
};

onPostgresAlone((_, server) => {
  const keptDatabase = (format = OLDEST): Promise<Kept> => keptInDatabase(server(), format);

  test('an example of every format is kept', () => {
    expect(KEPT).toEqual([...FORMATS.stepsFrom(-1).map(({ from }) => from), FORMATS.present]);
  });

  test.each(KEPT)(
    'format %i has what is known of it, and opens after a migration as it was',
    async (format) => {
      const kept = await keptDatabase(format);
      const { postgres } = kept;
      const before = await rowsIn(kept);
      const sorted = (objects: ReadonlyArray<unknown>) => objects.map((each) => JSON.stringify(each)).sort();
      const database = await succeed(openDatabaseToMigrate({ postgres }, 5_000));
      const catalog = () => succeed(database.run(catalogOf));
      expect(sorted(await catalog())).toEqual(sorted(knownOf(format)));
      const found = await succeed(readVaultFormat({ postgres }));
      expect(found).toMatchObject({ format, steps: FORMATS.stepsFrom(format) });

      const taken: number[] = [];
      await succeed(migrateVault({ postgres }, ({ from }) => taken.push(from)));
      expect(taken).toEqual(FORMATS.stepsFrom(format).map(({ from }) => from));
      expect(await rowsIn(kept)).toBe(before);
      expect(sorted(await catalog())).toEqual(sorted(knownOf(FORMATS.present)));
      await database.close();
      const vault = await succeed(
        openVault({ postgres, masterKey: { kind: 'file', path: keptMasterKey() } }),
      );
      expect(vault.deploymentId).toBe(found.deploymentId);
      await vault.close();
      expect(await kept.sql('SELECT needs_release FROM deployment')).toBe(FORMATS.needsRelease);
    },
  );

  test('SC-1: every row of a large table is in the partition of its workspace after a migration', async () => {
    const kept = await keptDatabase(5);
    await kept.sql(
      `INSERT INTO sealed_secrets
       SELECT 'w' || i % 700, 'key-' || i, 'f' || i, 'live', i, NULL, 0, decode(md5(i::text), 'hex'), '\\x01'
       FROM generate_series(1, 20000) i;
       INSERT INTO data_keys SELECT decode(md5(i::text), 'hex'), 'w' || i % 700, 'key-' || i, i, '\\x02'
       FROM generate_series(1, 20000) i`,
    );
    const before = await rowsIn(kept);
    await succeed(migrate(kept));
    expect(await rowsIn(kept)).toBe(before);
    for (const table of PARTITIONED)
      expect(await kept.sql(`SELECT count(DISTINCT tableoid) FROM ${table}`)).toBe(String(PARTITIONS));
  });

  test('an older format is refused, and not changed by that', async () => {
    const kept = await keptDatabase();
    const { postgres } = kept;
    const before = await rowsIn(kept);
    const access = { postgres, masterKey: { kind: 'file', path: keptMasterKey() } } as const;
    expect(await faultOf(openVault(access))).toBe('migration-needed');
    expect(await faultOf(readVaultInfo({ postgres }))).toBe('migration-needed');
    expect([await formatIn(kept), await rowsIn(kept)]).toEqual([OLDEST, before]);
  });

  test('another process’s migration between two looks is no change by a stranger', async () => {
    const kept = await keptDatabase();
    const database = await succeed(openDatabaseToMigrate(kept, 5_000));
    const another = jest.fn(() => succeed(migrate(kept)));
    const overtaken = meanwhile(database, 'pg_class', async () => {
      if (another.mock.calls.length === 0) await another();
    });
    const found = await succeed(migrateTables(overtaken, () => undefined));
    await database.close();
    expect(found).toMatchObject({ format: FORMATS.present, steps: [] });
    expect(another).toHaveBeenCalledTimes(1);
  });

  test('a stranger’s trigger is not migrated over', async () => {
    const kept = await keptDatabase();
    await kept.sql(
      "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';" +
        'CREATE TRIGGER k BEFORE UPDATE ON deployment FOR EACH ROW EXECUTE FUNCTION keep()',
    );
    expect(await faultOf(migrate(kept))).toBe('schema-altered');
    expect(await messageOf(migrate(kept))).toContain('the trigger k on deployment is not ours');
    expect(await formatIn(kept)).toBe(OLDEST);
  });

  test.each(sampled(['before', 'after'] as const, 1))(
    'cut off %s any statement it is an old format, and goes on',
    async (when) => {
      const kept = await keptDatabase();
      const before = await rowsIn(kept);
      const formats: number[] = [];
      const [first = 1] = sampled([1, 2, 3], 1);
      for (let n = first, isCut = true; isCut; n += WHOLE ? 1 : 3) {
        const database = await succeed(openDatabaseToMigrate(kept, 5_000));
        const outcome = await migrateTables(failing(database, n, when), () => undefined)();
        await database.close();
        isCut = E.isLeft(outcome);
        if (isCut) formats.push(await formatIn(kept));
      }
      expect(formats.length).toBeGreaterThan(2);
      expect(formats).toEqual([...formats].sort());
      expect(formats.filter((format) => !KEPT.includes(format) || format === FORMATS.present)).toEqual([]);
      expect([await formatIn(kept), await rowsIn(kept)]).toEqual([FORMATS.present, before]);
    },
  );

  const started = (kept: Kept, ...words: ReadonlyArray<string>) => {
    const file = join(tempDirectory(), 'connection');
    writeFileSync(file, kept.postgres(), { mode: 0o600 });
    return startProcess('migratingProcess.ts', [file, ...words]);
  };

  const KILLS = [
    ['before', 'ALTER TABLE'],
    ['after', 'ALTER TABLE'],
    ['after', 'UPDATE deployment'],
    ['after', 'COMMIT'],
  ] as const;

  test.each(sampled(KILLS, 1))('killed %s %s it goes on', async (when, statement) => {
    const kept = await keptDatabase();
    const before = await rowsIn(kept);
    const killed = await started(kept, when, statement);
    expect(await killed.ended).toBe('SIGKILL');
    await succeed(migrate(kept));
    expect([await formatIn(kept), await rowsIn(kept)]).toEqual([FORMATS.present, before]);
  });

  test('of several migrations at once one takes each step, and all end well', async () => {
    const kept = await keptDatabase();
    const others = await Promise.all([1, 2].map(() => started(kept, 'never', '-')));
    const own = await succeed(migrate(kept));
    expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0]);
    const steps = FORMATS.stepsFrom(OLDEST).map(({ from }) => from);
    expect(steps).toEqual(expect.arrayContaining(own.steps.map(({ from }) => from)));
    expect(await formatIn(kept)).toBe(FORMATS.present);
  });

  test('a session of a process that uses the vault keeps it from being migrated, until it ends', async () => {
    const kept = await keptDatabase();
    const service = await clientOf(kept.postgres());
    // As each session of a release does, from this one on.
    await service.query('SELECT pg_advisory_lock_shared(1801812340, 1718579821)');
    expect(await backendAt(kept, 100).migrate(() => undefined)()).toMatchObject({
      left: {
        code: 'unavailable',
        message: expect.stringContaining('stop every process that uses it, then migrate again'),
      },
    });
    expect(await formatIn(kept)).toBe(OLDEST);
    await service.end();
    await succeed(migrate(kept));
    expect(await formatIn(kept)).toBe(FORMATS.present);
  });

  test('a process holds that lock, and is told when the vault was migrated while it had no session', async () => {
    const at = await newPostgresVault(server());
    await sealNew(at.vault);
    const alone = 'SELECT pg_try_advisory_lock(1801812340, 1718579821)';
    expect(await at.sql(alone)).toBe('f');
    // What the documents give operators to find it with.
    const holders = /```sql\n(SELECT a\.pid[^]*?);\n```/.exec(documented)?.[1] ?? '';
    expect(await at.sql(`SELECT DISTINCT application_name FROM (${holders}) AS h`)).toBe('keyturn-vault');
    await server().sql(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${at.database}'`,
    );
    expect(await at.sql(alone)).toBe('t');
    expect(await at.sql(`SELECT count(*) FROM (${holders}) AS h`)).toBe('0');
    // As a newer release does meanwhile.
    await at.sql("UPDATE deployment SET format = 99, needs_release = '0.9.2'");
    const secret = secretOf(randomText());
    const sealing = at.vault.seal(bindingOf(at.vault, secret, { keyId: 'key-2' }), secret);
    expect(await faultOf(sealing)).toBe('newer-version');
    expect(await messageOf(sealing)).toContain('get Keyturn 0.9.2 or newer');
    expect(await at.sql('SELECT count(*) FROM sealed_secrets')).toBe('1');
    await at.close();
  });
});
