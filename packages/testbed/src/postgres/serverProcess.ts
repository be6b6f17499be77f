import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Account } from './account';
import type { PostgresBinaries } from './binaries';

export interface ServerProcess {
  readonly pid: number;
  /** Lets transactions end at once, and files be as after a proper end. */
  readonly stop: () => Promise<void>;
  /** Kills all of its processes, as a crash does. */
  readonly kill: () => Promise<void>;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const signalEnd = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
};

/** Linux says them; elsewhere they end by themselves once their parent is gone. */
const childrenOf = (pid: number): ReadonlyArray<number> => {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text
      .split(' ')
      .map(Number)
      .filter((child) => child > 0);
  } catch {
    return [];
  }
};

const killIfThere = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

/** Killed processes go at once; one that waits for a disk goes when that answers. */
const GONE_WITHIN_MS = 30_000;

/** A zombie has ended, whoever is to take note of it. */
const isGone = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return true;
  }
};

/**
 * The server is stopped first: it would otherwise see that a child has died, and end in its own way. Its children are
 * waited for: until the last one is gone they hold the shared memory, and no server starts on the same files.
 */
const killAll = async (child: ChildProcess, pid: number): Promise<void> => {
  child.kill('SIGSTOP');
  const children = childrenOf(pid);
  for (const each of children) killIfThere(each);
  await signalEnd(child, 'SIGKILL');
  const deadline = Date.now() + GONE_WITHIN_MS;
  while (!children.every(isGone)) {
    if (Date.now() > deadline) throw new Error(`processes of PostgreSQL ${pid} outlived SIGKILL`);
    await setTimeout(10);
  }
};

/** What starts `postgres`. */
export interface ServerCommand {
  readonly binaries: PostgresBinaries;
  readonly account: Account;
  readonly dataDirectory: string;
  readonly settings: Readonly<Record<string, string>>;
}

const LOG_LINES = 200;

/** Waits until it accepts connections. What it had said is in the error, when it does not. */
export const startServerProcess = async (command: ServerCommand): Promise<ServerProcess> => {
  const { binaries, account, dataDirectory, settings } = command;
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(binaries.directory, 'postgres'), ['-D', dataDirectory, ...words], {
    ...account,
    cwd: dataDirectory,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: string[] = [];
  const ready = new Promise<boolean>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log.push(text);
      if (log.length > LOG_LINES) log.shift();
      // A standby accepts read-only ones.
      if (/ready to accept (read-only )?connections/.test(log.join(''))) resolve(true);
    });
    child.on('exit', () => resolve(false));
    child.on('error', (error) => {
      log.push(error.message);
      resolve(false);
    });
  });
  if (!(await ready) || child.pid === undefined) {
    throw new Error(`PostgreSQL did not start:\n${log.join('')}`);
  }
  const { pid } = child;
  return { pid, stop: () => signalEnd(child, 'SIGINT'), kill: () => killAll(child, pid) };
};
