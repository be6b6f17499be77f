import { spawn } from 'node:child_process';
import { KEYTURN } from './keyturnProcess';
import type { Workshop } from './workshop';

/** A `keyturn serve` of its own process. */
export interface Serving {
  /** What it wrote for whoever started it. */
  readonly link: string;
  /** Asks it to end, once. */
  readonly stop: () => Promise<{ readonly status: number | null; readonly stdout: string }>;
}

/** Starts it, and waits for its link. */
export const startServing = (
  { env, directory }: Pick<Workshop, 'env' | 'directory'>,
  words: ReadonlyArray<string>,
): Promise<Serving> =>
  new Promise((started, failed) => {
    const child = spawn(process.execPath, [KEYTURN, 'serve', ...words], { env, cwd: directory });
    let [stdout, stderr] = ['', ''];
    const ended = new Promise<{ readonly status: number | null; readonly stdout: string }>((end) => {
      child.once('close', (status) => {
        end({ status, stdout });
        failed(new Error(`it ended before its link: ${stderr}`));
      });
    });
    child.once('error', failed);
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      const link = /^http:\S+$/m.exec(stderr)?.[0];
      if (link === undefined) return;
      started({
        link,
        stop: () => {
          child.kill('SIGTERM');
          return ended;
        },
      });
    });
  });
