import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a `keyturn` process came to. */
export interface Ended {
  /** Its exit status; 128 and the number of a signal are the shell's business, so null for one. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const KEYTURN = join(__dirname, '..', '..', 'bin', 'keyturn.js');

/** Runs a program to its end, with this on its standard input. */
export const runProgram = (
  file: string,
  words: ReadonlyArray<string>,
  options: { readonly env: NodeJS.ProcessEnv; readonly input?: string | Buffer; readonly cwd?: string },
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(file, words, { env: options.env, cwd: options.cwd });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (status) =>
      resolve({ status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
    // A command that does not read its input to the end closes it on us.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
