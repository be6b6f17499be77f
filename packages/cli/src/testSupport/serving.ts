import { spawn } from 'node:child_process';
import { KEYTURN } from './keyturnProcess';
import type { Workshop } from './workshop';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
}

/** A `keyturn serve` of its own process. */
export interface Serving {
  /** What it wrote for whoever started it: its link, or where it listens. */
  readonly link: string;
  /** Asks it to end, once. */
  readonly stop: () => Promise<Ended>;
  /** Ends it without asking. */
  readonly kill: () => Promise<Ended>;
}

const LINK = /^http:\S+$/m;
const BEHIND_PROXY = /(?<=^Listening on )\S+(?= for )/m;

/** Starts it, and waits for its link, or for where it listens. */
export const startServing = (
  { env, directory }: Pick<Workshop, 'env' | 'directory'>,
  words: ReadonlyArray<string>,
): Promise<Serving> =>
  new Promise((started, failed) => {
    const child = spawn(process.execPath, [KEYTURN, 'serve', ...words], { env, cwd: directory });
    let [stdout, stderr] = ['', ''];
    const ended = new Promise<Ended>((end) => {
      child.once('close', (status) => {
        end({ status, stdout });
        failed(new Error(`it ended before its link: ${stderr}`));
      });
    });
    child.once('error', failed);
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      const link = (LINK.exec(stderr) ?? BEHIND_PROXY.exec(stderr))?.[0];
      if (link === undefined) return;
      const endBy = (signal: NodeJS.Signals) => (): Promise<Ended> => {
        child.kill(signal);
        return ended;
      };
      started({ link, stop: endBy('SIGTERM'), kill: endBy('SIGKILL') });
    });
  });
