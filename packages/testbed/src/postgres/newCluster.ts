import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account';
import type { PostgresBinaries } from './binaries';

const run = promisify(execFile);

const CACHE = join(__dirname, '../../node_modules/.cache/keyturn-postgres');

/** The server's superuser. */
export const SUPERUSER = 'keyturn_test';

export interface NewCluster {
  /** Has `data`, and is removed with the server. */
  readonly directory: string;
  readonly password: string;
}

/** A directory that the server's account owns. */
const newDirectory = async (account: Account): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'keyturn-pg-'));
  if (account !== null) await chown(directory, account.uid, account.gid);
  return directory;
};

const initialise = async (
  { directory: bin }: PostgresBinaries,
  account: Account,
  segmentMegabytes: number,
  copyTo: string,
): Promise<void> => {
  const directory = await newDirectory(account);
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (account !== null) await chown(passwordFile, account.uid, account.gid);
  await run(
    join(bin, 'initdb'),
    [
      ...['--pgdata', join(directory, 'data'), '--username', SUPERUSER, '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-locale', '--no-sync', '--no-instructions'],
      `--wal-segsize=${segmentMegabytes}`,
    ],
    { ...account, cwd: directory, env: { PATH: process.env['PATH'] } },
  );
  // Several processes may make it at once: the first one's is kept.
  await mkdir(CACHE, { recursive: true });
  const copy = await mkdtemp(join(CACHE, 'new-'));
  await run('cp', ['-Rp', `${directory}/.`, copy]);
  await rename(copy, copyTo).catch(() => rm(copy, { recursive: true }));
  await rm(directory, { recursive: true });
};

/** A new cluster. `initdb` takes seconds: it is run once, and what it made is copied. */
export const newCluster = async (
  binaries: PostgresBinaries,
  account: Account,
  segmentMegabytes: number,
): Promise<NewCluster> => {
  const made = join(CACHE, `${binaries.version}-${segmentMegabytes}-${account?.uid ?? 'self'}`);
  if (!existsSync(made)) await initialise(binaries, account, segmentMegabytes, made);
  return copyOfCluster(made, account);
};

/** The same files elsewhere, of a cluster whose server has ended. */
export const copyOfCluster = async (original: string, account: Account): Promise<NewCluster> => {
  const directory = await newDirectory(account);
  await run('cp', ['-Rp', `${original}/.`, directory]);
  return { directory, password: await readFile(join(directory, 'password'), 'utf8') };
};
