import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const DEMO = join(__dirname, '..', '..', 'dist', 'demo', 'main.js');

/** Servers of whoever watches, which a story has no business on: nothing answers there. */
const THEIRS = {
  KEYTURN_STORE: 'esdb://127.0.0.1:1?tls=false',
  KEYTURN_VAULT: 'postgres://127.0.0.1:1/theirs',
};

interface Told {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const tell = (...words: ReadonlyArray<string>): Promise<Told> =>
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
    .replace(/\S*keyturn-demo-\w{6}/g, '<directory>')
    .replace(/\d+ files, \d+ bytes/g, '<files>');

describe('the demonstration', () => {
  test('tells the same story over EventStoreDB as on the embedded store, but for ids', async () => {
    const [embedded, remote] = await Promise.all([tell(), tell('--store', 'eventstoredb')]);
    expect([embedded.status, remote.status]).toEqual([0, 0]);
    expect(embedded.stdout).toContain('Every step showed what it promised.');
    expect(withoutIds(remote.stdout).split('\n')).toEqual(withoutIds(embedded.stdout).split('\n'));
    expect(remote.stderr).toContain('for development alone');
  }, 240_000);

  test('takes no other option', async () => {
    const { status, stderr } = await tell('--shop', 'eventstoredb');
    expect(status).toBe(2);
    expect(stderr).toContain('--store');
  });
});
