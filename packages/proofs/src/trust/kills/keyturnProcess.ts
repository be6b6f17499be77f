import * as E from 'fp-ts/Either';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Drive, Driven } from './driving';

const PACKAGES = join(__dirname, '..', '..', '..', '..');
/** Built: a process of its own runs no TypeScript. */
const BUILT = join(PACKAGES, 'proofs', 'dist', 'trust', 'kills');

export const KILL_POINT = join(BUILT, 'killPoint.js');
export const LOOSE_SYNC = join(BUILT, 'looseSync.js');
export const FAULTY_PROCESS = join(BUILT, 'faultyProcess.js');
const DRIVER = join(BUILT, 'driverProcess.js');
const COMMAND = join(BUILT, 'commandProcess.js');

/** What a command came to, as its caller saw it. */
export interface Ended {
  /** Null when it was killed. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is given to a process beside its words. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Modules that are loaded before the product. */
  readonly preload?: ReadonlyArray<string>;
}

/** A process of the product's that may be killed at any time. */
export interface Victim {
  readonly kill: () => void;
  readonly ended: Promise<Ended>;
}

const start = (program: string, words: ReadonlyArray<string>, { env, preload = [] }: Surroundings) => {
  const child = spawn(process.execPath, [...preload.flatMap((module) => ['-r', module]), program, ...words], {
    env: { ...env },
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // A process that is gone closes its input on us.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then((): Ended => ({
    status: child.exitCode,
    stdout: Buffer.concat(out).toString(),
    stderr: Buffer.concat(err).toString(),
  }));
  return { child, ended };
};

/** Starts the real `keyturn`, as a person at a terminal would. */
export const startKeyturn = (
  words: ReadonlyArray<string>,
  input: string,
  surroundings: Surroundings,
): Victim => {
  const { child, ended } = start(COMMAND, words, surroundings);
  child.stdin.end(input);
  return { kill: () => void child.kill('SIGKILL'), ended };
};

/** A process that does one command of `keyturn` after the other, each by the command's own `main`. */
export interface Driver {
  /** Null when it was killed before it answered. One at a time. */
  readonly ask: (
    words: ReadonlyArray<string>,
    input?: string,
    env?: Readonly<Record<string, string>>,
  ) => Promise<Ended | null>;
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const answerIn = (line: string): Ended => {
  const said = Driven.decode(JSON.parse(line));
  if (E.isLeft(said)) throw new Error('a driver said nothing');
  return said.right;
};

/** Starts a driver and waits until it has loaded the product. */
export const startDriver = async (surroundings: Surroundings): Promise<Driver> => {
  const { child, ended } = start(DRIVER, [], surroundings);
  let text = '';
  let waiting: ((line: string) => void) | null = null;
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    const end = text.indexOf('\n');
    if (end < 0) return;
    const line = text.slice(0, end);
    text = text.slice(end + 1);
    waiting?.(line);
  });
  const line = (): Promise<string | null> =>
    Promise.race([new Promise<string>((resolve) => (waiting = resolve)), ended.then(() => null)]);
  if ((await line()) === null) throw new Error(`a driver did not start: ${(await ended).stderr}`);
  return {
    ask: async (words, input = '', env = {}) => {
      const answered = line();
      child.stdin.write(`${JSON.stringify(Drive.encode({ words: [...words], input, env }))}\n`);
      const said = await answered;
      return said === null ? null : answerIn(said);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
