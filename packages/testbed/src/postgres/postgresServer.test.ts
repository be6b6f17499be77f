import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onPostgres, startPostgres, type PostgresServer } from '.';

const describeOnPostgres = onPostgres(describe);

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Waits for a condition; jest's time limit ends it. */
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};

describeOnPostgres('a throw-away cluster', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test('has databases of their own, whose owners are no superusers', async () => {
    const [one, other] = [await server.newDatabase(), await server.newDatabase()];
    expect(one()).not.toBe(other());
    const name = new URL(one()).username;
    expect(await server.sql(`SELECT rolsuper FROM pg_roles WHERE rolname = '${name}'`)).toBe('f');
    expect(await server.sql(`SELECT pg_has_role('${name}', 'pg_checkpoint', 'member')`)).toBe('t');
  });

  test('has what was dumped of a database in another one of the same owner, and nothing else', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'keyturn-dump-'));
    try {
      const one = await server.newDatabase();
      const nameOf = (connection: () => string): string => new URL(connection()).pathname.slice(1);
      const owner = new URL(one()).username;
      await server.sql(
        `CREATE SCHEMA kept AUTHORIZATION ${owner}; CREATE TABLE kept.t AS SELECT 7 AS n; CREATE TABLE other (n int);
         ALTER TABLE kept.t OWNER TO ${owner}`,
        nameOf(one),
      );
      await server.dump(one, join(directory, 'dump'), 'kept');
      const empty = await server.newDatabase({ owner });
      await server.load(empty, join(directory, 'dump'));
      expect(await server.sql('SELECT n FROM kept.t', nameOf(empty))).toBe('7');
      expect(await server.sql("SELECT to_regclass('other') IS NULL", nameOf(empty))).toBe('t');
      await server.dropDatabase(empty);
      await expect(server.sql('SELECT 1', nameOf(empty))).rejects.toThrow('does not exist');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test('lets in nobody without a password', async () => {
    const rules = await server.sql(`SELECT DISTINCT auth_method FROM pg_hba_file_rules WHERE error IS NULL`);
    expect(rules).toBe('scram-sha-256');
  });

  test('goes on after a crash with what was committed', async () => {
    await server.sql('CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    await server.kill();
    await server.restart({ work_mem: '5MB' });
    expect(await server.sql('SELECT n FROM kept')).toBe('7');
    expect(await server.sql('SHOW work_mem')).toBe('5MB');
  });

  test('is copied as often as one likes once its server has ended', async () => {
    const original = await startPostgres();
    await original.sql('CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
    const kept = await original.keep();
    try {
      for (const n of [8, 9]) {
        const copy = await startPostgres({ copyOf: kept });
        expect(await copy.sql(`INSERT INTO kept VALUES (${n}); SELECT n FROM kept`)).toBe(`7\n${n}`);
        await copy.stop();
      }
    } finally {
      await kept.remove();
    }
    expect(existsSync(kept.directory)).toBe(false);
  });
});

describeOnPostgres('a cluster whose process was killed', () => {
  test('ends, and leaves no file', async () => {
    const child = spawn(
      process.execPath,
      ['-r', 'esbuild-register', join(__dirname, 'testSupport/startingProcess.ts')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const said: ReadonlyArray<unknown> = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit'),
    ]);
    const [pid, directory] = String(said[0]).split(' ');
    expect(isRunning(Number(pid))).toBe(true);
    child.kill('SIGKILL');
    await until(() => !isRunning(Number(pid)) && !existsSync(String(directory)));
  });
});
