import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ESDB_DEV = join(__dirname, '..', '..', '..', 'bin', 'esdb-dev.js');

/** A process that serves, or tried to. Needs the built package (`pnpm build`). */
export interface DevProcess {
  /** What it said once it served; fails with what it complained of when it ended instead. */
  readonly serving: Promise<string>;
  /** Its exit status, null when a signal ended it, and all that it said. */
  readonly ended: Promise<{
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
  readonly signal: (signal: NodeJS.Signals) => void;
}

export const startDevProcess = (...words: ReadonlyArray<string>): DevProcess => {
  const child = spawn(process.execPath, [ESDB_DEV, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  const ended = new Promise<Awaited<DevProcess['ended']>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
  const serving = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('Serving.')) resolve(stdout);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('close', () => reject(new Error(`It did not serve: ${stderr}`)));
  });
  serving.catch(() => undefined); // who does not wait for it need not hear that it never came
  return { serving, ended, signal: (signal) => void child.kill(signal) };
};
