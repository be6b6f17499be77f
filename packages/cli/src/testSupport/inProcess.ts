import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output } from '../io';
import { main } from '../main';
import type { Ended } from './keyturnProcess';

// As the command does: its files are for their owner alone.
const umask = process.umask(0o077);

/** An output that is written to a file descriptor at once, as a process's own is. */
export const outputTo = (fd: number): Output => ({
  fd,
  isTTY: false,
  write: async (text) => {
    writeSync(fd, text);
    return true;
  },
});

/** What a command is run with. */
export interface RunIn {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdin: number;
  readonly stdout: number;
  readonly stderr: number;
}

/** Runs the command in this process, on these file descriptors, and gives its exit status. */
export const runOn = (
  words: ReadonlyArray<string>,
  { env, cwd, stdin, stdout, stderr }: RunIn,
): Promise<number> =>
  main(words, {
    env,
    cwd,
    umask,
    stdin,
    stdout: outputTo(stdout),
    stderr: outputTo(stderr),
    ask: null,
    confirm: null,
  });

/** Runs the command in this process, with this on its standard input, where there is no terminal. */
export const runInProcess = async (
  words: ReadonlyArray<string>,
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd: string; readonly input?: string | Buffer },
): Promise<Ended> => {
  const { env, cwd, input = '' } = options;
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-io-'));
  const [given, out, err] = ['in', 'out', 'err'].map((name) => join(directory, name));
  if (given === undefined || out === undefined || err === undefined) throw new Error('three names');
  writeFileSync(given, input);
  const [stdin, stdout, stderr] = [openSync(given, 'r'), openSync(out, 'a'), openSync(err, 'a')];
  try {
    const status = await runOn(words, { env, cwd, stdin, stdout, stderr });
    return { status, stdout: readFileSync(out, 'utf8'), stderr: readFileSync(err, 'utf8') };
  } finally {
    for (const fd of [stdin, stdout, stderr]) closeSync(fd);
    rmSync(directory, { recursive: true });
  }
};
