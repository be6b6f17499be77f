import { describe, expect, test } from '@jest/globals';
import { SqliteConnection, SqliteStatement } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import { createVault, openVault, readVaultInfo } from '../openVault';
import { backendAt } from '../backendAt';
import { migrateVault, readVaultFormat } from '../migrateVault';
import { rotateMasterKey } from '../rotation/rotateMasterKey';
import { onFile } from '../testSupport/database';
import { keptFormatsOf, keptInDirectory, keptMasterKey } from '../testSupport/keptVaults';
import { openFilesIn } from '../testSupport/openFiles';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { startProcess } from '../testSupport/process';
import { tempDirectory } from '../testSupport/tempDirectory';
import { newVault } from '../testSupport/vaults';
import { KEYS_FILE, VAULT_FILE } from './connection';
import { copyVault } from './copyFiles';
import { FORMATS } from './schema';

const KEPT = keptFormatsOf('sqlite');
const [OLDEST = 0] = KEPT;

const migrate = (directory: string) => migrateVault({ directory }, () => undefined);
const formatIn = async (directory: string): Promise<number> =>
  (await succeed(readVaultFormat({ directory }))).format;
const accessTo = (directory: string) => ({
  directory,
  masterKey: { kind: 'file', path: keptMasterKey() } as const,
  busyTimeoutMs: 100,
});

/** Every row but what a migration changes in the deployment's. */
const rowsIn = (directory: string): ReadonlyArray<unknown> => [
  ...['workspace_keys', 'witnesses', 'removals', 'pairing', 'rotation', 'sealed_secrets'].map((table) =>
    onFile(directory, VAULT_FILE, (db) => db.raw(`SELECT * FROM ${table} ORDER BY 1, 2`).all()),
  ),
  onFile(directory, KEYS_FILE, (db) => db.raw('SELECT * FROM data_keys ORDER BY 1').all()),
  onFile(directory, VAULT_FILE, (db) =>
    db.raw('SELECT deployment_id, master_check, sealed_pepper, sealed_log_key FROM deployment').all(),
  ),
];
const schemaIn = (directory: string): ReadonlyArray<unknown> =>
  [VAULT_FILE, KEYS_FILE].map((file) =>
    onFile(directory, file, (db) => db.pluck('SELECT sql FROM sqlite_schema ORDER BY name').all()),
  );

test('an example of every format is kept', () => {
  expect(KEPT).toEqual([...FORMATS.stepsFrom(-1).map(({ from }) => from), FORMATS.present]);
});

test.each(KEPT)(
  'format %i is copied as it is, and opens after a migration with every row as it was',
  async (format) => {
    const directory = keptInDirectory(format);
    const before = rowsIn(directory);
    const found = await succeed(readVaultFormat({ directory }));
    expect(found).toMatchObject({ format, steps: FORMATS.stepsFrom(format) });
    const to = tempDirectory();
    expect(await succeed(copyVault({ directory, to, whileHeld: () => 'held' }))).toMatchObject({
      deploymentId: found.deploymentId,
      logKeyNumber: 1,
      held: 'held',
    });
    expect([await formatIn(to), rowsIn(to)]).toEqual([format, before]);

    const taken: number[] = [];
    await succeed(migrateVault({ directory }, ({ from }) => taken.push(from)));
    expect(taken).toEqual(FORMATS.stepsFrom(format).map(({ from }) => from));
    expect(rowsIn(directory)).toEqual(before);
    const vault = await succeed(openVault(accessTo(directory)));
    expect(vault.deploymentId).toBe(found.deploymentId);
    await vault.close();
    expect(openFilesIn(directory)).toEqual([]);
    const { directory: fresh } = await newVault();
    expect(schemaIn(directory)).toEqual(schemaIn(fresh));
  },
);

describe('an older format', () => {
  test('is refused on every way in, and not changed by that', async () => {
    const directory = keptInDirectory(OLDEST);
    const [rows, schema] = [rowsIn(directory), schemaIn(directory)];
    const access = accessTo(directory);
    for (const way of [
      openVault(access),
      readVaultInfo({ directory }),
      rotateMasterKey(access),
      createVault(access),
    ]) {
      expect(await faultOf<unknown, unknown>(way)).toBe('migration-needed');
    }
    expect(await messageOf(openVault(access))).toMatch(
      /^the vault has format 6, .*stop every process that uses it, back it up, then run keyturn migrate$/,
    );
    expect([await formatIn(directory), rowsIn(directory), schemaIn(directory)]).toEqual([
      OLDEST,
      rows,
      schema,
    ]);
    expect(openFilesIn(directory)).toEqual([]);
  });

  test.each([VAULT_FILE, KEYS_FILE])(
    'with a stranger’s trigger in %s is not migrated over it',
    async (file) => {
      const directory = keptInDirectory(OLDEST);
      onFile(directory, file, (db) =>
        db.exec('CREATE TRIGGER t AFTER DELETE ON deployment BEGIN SELECT 1; END'),
      );
      expect(await faultOf(migrate(directory))).toBe('schema-altered');
      expect(await messageOf(migrate(directory))).toContain('the trigger t on deployment is not ours');
      expect(onFile(directory, VAULT_FILE, (db) => db.pluck('SELECT format FROM deployment').get())).toBe(
        OLDEST,
      );
    },
  );

  test('that no release made is not migrated', async () => {
    const directory = keptInDirectory(OLDEST);
    onFile(directory, VAULT_FILE, (db) => db.exec('UPDATE deployment SET format = 5'));
    expect(await faultOf(migrate(directory))).toBe('tampered');
  });
});

describe('cut off', () => {
  const prototypes = [
    [SqliteConnection.prototype, 'exec'],
    [SqliteConnection.prototype, 'pragma'],
    [SqliteStatement.prototype, 'run'],
    [SqliteStatement.prototype, 'get'],
  ] as const;

  /** Migrates with the n-th statement failing, before it is run; gives how many there were. */
  const failingAt = async (n: number, directory: string): Promise<number> => {
    let calls = 0;
    const restore = prototypes.map(([prototype, name]) => {
      const call: unknown = Reflect.get(prototype, name);
      Reflect.set(prototype, name, function (this: unknown, ...args: ReadonlyArray<unknown>): unknown {
        calls += 1;
        if (calls === n) throw new Error('cut off');
        const answer: unknown = Reflect.apply(call as () => unknown, this, args);
        return answer;
      });
      return () => Reflect.set(prototype, name, call);
    });
    const outcome = await migrate(directory)();
    for (const undo of restore) undo();
    expect(E.isLeft(outcome)).toBe(calls >= n);
    return calls;
  };

  test('at any statement it leaves one format or the other, and goes on', async () => {
    const formats: number[] = [];
    for (let n = 1, isCut = true; isCut; n += 1) {
      const directory = keptInDirectory(OLDEST);
      const before = rowsIn(directory);
      isCut = (await failingAt(n, directory)) >= n;
      formats.push(await formatIn(directory));
      await succeed(migrate(directory));
      expect([await formatIn(directory), rowsIn(directory)]).toEqual([FORMATS.present, before]);
    }
    expect(formats.length).toBeGreaterThan(20);
    expect(formats).toEqual([...formats].sort((a, b) => a - b));
    expect(new Set(formats)).toEqual(new Set([OLDEST, FORMATS.present]));
  });

  test.each([
    ['before', 'ALTER TABLE'],
    ['after', 'ALTER TABLE'],
    ['after', 'UPDATE deployment'],
    ['before', 'COMMIT'],
  ])('by a kill %s %s it goes on', async (when, statement) => {
    const directory = keptInDirectory(OLDEST);
    const before = rowsIn(directory);
    const killed = await startProcess('migratingProcess.ts', [directory, when, statement]);
    expect(await killed.ended).toBe('SIGKILL');
    expect(await formatIn(directory)).toBe(OLDEST);
    await succeed(migrate(directory));
    expect([await formatIn(directory), rowsIn(directory)]).toEqual([FORMATS.present, before]);
  });

  test('while another process has the vault open nothing is changed, and afterwards it is done', async () => {
    const directory = keptInDirectory(OLDEST);
    const holder = await startProcess('migratingProcess.ts', [directory, 'hold']);
    expect(await backendAt({ directory }, 100).migrate(() => undefined)()).toMatchObject({
      left: {
        code: 'unavailable',
        message: expect.stringContaining('stop every process that uses it, then migrate again'),
      },
    });
    expect(await formatIn(directory)).toBe(OLDEST);
    holder.tell();
    expect(await holder.ended).toBe(0);
    await succeed(migrate(directory));
    expect(await formatIn(directory)).toBe(FORMATS.present);
  });
});

test('of several migrations at once one takes each step, and all end well', async () => {
  const directory = keptInDirectory(OLDEST);
  const others = await Promise.all(
    [1, 2].map(() => startProcess('migratingProcess.ts', [directory, 'never', '-'])),
  );
  const own = await succeed(migrate(directory));
  expect(await Promise.all(others.map(({ ended }) => ended))).toEqual([0, 0]);
  const steps = others.flatMap(({ lines }) => lines).length + own.steps.length;
  expect(steps).toBe(FORMATS.stepsFrom(OLDEST).length);
});
