import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process that appends. Needs the built package (`pnpm build`). */
export interface Writer {
  /** Ids of each append that was acknowledged, so far. */
  readonly acknowledged: ReadonlyArray<ReadonlyArray<string>>;
  /** Resolves when so many appends are acknowledged. */
  readonly untilAcknowledged: (appends: number) => Promise<void>;
  /** Resolves to the exit status when the process has ended and all its output has come in; null when it was killed. */
  readonly ended: Promise<number | null>;
  readonly kill: () => void;
}

export const startWriter = (file: string, appends: number, streams: number): Writer => {
  const script = join(__dirname, 'writerProcess.cjs');
  const child = spawn(process.execPath, [script, file, String(appends), String(streams)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[][] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    acknowledged.push(...lines.map((line) => line.split(' ')));
  });
  return {
    acknowledged,
    untilAcknowledged: async (count) => {
      while (acknowledged.length < count) await once(child.stdout, 'data');
    },
    ended: once(child, 'close').then(([status]) => (typeof status === 'number' ? status : null)),
    kill: () => child.kill('SIGKILL'),
  };
};
