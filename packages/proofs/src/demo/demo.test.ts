import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { leftIn, toldOverHttp } from './testSupport/overHttp';

const KEYTURN = join(__dirname, '..', '..', '..', 'cli', 'bin', 'keyturn.js');
const DEMO = join(__dirname, '..', '..', 'dist', 'demo', 'main.js');

/** Servers of whoever watches, which a story has no business on: nothing answers there. */
const THEIRS = {
  KEYTURN_STORE: 'esdb://127.0.0.1:1?tls=false',
  KEYTURN_VAULT: 'postgres://127.0.0.1:1/theirs',
};

interface DemoOutput {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const runDemo = (...words: ReadonlyArray<string>): Promise<DemoOutput> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [DEMO, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...THEIRS },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (status) =>
      resolve({ status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });

/** What differs between any two tellings: ids, ends of keys, times, places. */
const withoutIds = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/\b[0-9a-f]{8}\b/g, '<id>')
    .replace(/…[A-Za-z0-9_-]{4}/g, '…<last 4>')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{3})?Z/g, '<time>')
    .replace(/127\.0\.0\.1:\d+/g, '<address>')
    .replace(/\/\S.*\/keyturn-data\b/g, '<directory>')
    .replace(/\d+ files, \d+ bytes/g, '<files>');

describe('the demonstration', () => {
  let cwd: string;
  let kept: string;
  let embedded: DemoOutput;
  let remote: DemoOutput;
  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'keyturn-kept-'));
    kept = join(cwd, "a folder's name");
    [embedded, remote] = await Promise.all([runDemo('--keep', kept), runDemo('--store', 'eventstoredb')]);
  });
  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  test('tells the same story over EventStoreDB as on the embedded store, but for ids', () => {
    expect([embedded.status, remote.status]).toEqual([0, 0]);
    const story = embedded.stdout.slice(0, embedded.stdout.indexOf('\nKept in'));
    expect(story).toContain('Every step showed what it promised.');
    expect(withoutIds(remote.stdout).split('\n')).toEqual(withoutIds(story).split('\n'));
    expect(remote.stderr).toContain('for development alone');
  });

  test('F-A6: says of data that it keeps what to type next, and that shows what the story left', () => {
    const next = embedded.stdout.slice(embedded.stdout.indexOf('Kept in')).split('\n').slice(1, -1);
    expect(next).toHaveLength(4);
    for (const line of next) {
      const words = line.replace(/^ *\S+scripts\/keyturn /, '');
      const typed = spawnSync('sh', ['-c', `exec "${process.execPath}" "${KEYTURN}" ${words}`], {
        cwd,
        env: { ...process.env, ...THEIRS, KEYTURN_STORE: '', KEYTURN_VAULT: '' },
        encoding: 'utf8',
      });
      // How far the log's seals were checked is told beside each list.
      expect({ words, status: typed.status, stderr: typed.stderr }).toEqual({
        words,
        status: 0,
        stderr: expect.stringMatching(/^(?:(?:Sealed to|Seals not checked).*\n)?$/),
      });
      expect(typed.stdout).toMatch(/·|CASE-1042|compile-1/);
    }
  });

  test('is the same through a client of the HTTP API as through the command', async () => {
    const overHttp = await toldOverHttp(join(cwd, 'over-http'));
    expect(overHttp).toEqual(await leftIn(join(kept, 'keyturn-data')));
    expect(overHttp.entries).toContain('KeyHardDeleted support emergency CASE-1042');
  });

  test('keeps nothing where something is', async () => {
    const again = await runDemo('--keep', kept);
    expect(again).toMatchObject({ status: 2, stdout: '' });
    expect(again.stderr).toContain('is not empty');
  });

  test.each([
    [['--shop', 'eventstoredb']],
    [['--keep', '--store', 'eventstoredb']],
    [['some-folder']],
    [['--keep', 'one', 'two']],
  ])('takes no %j', async (words) => {
    const { status, stdout, stderr } = await runDemo(...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('--keep');
    expect(stderr).toContain('--store');
  });
});
