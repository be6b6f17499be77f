import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process that runs a file of this folder. */
export interface TestProcess {
  /** The lines that it has printed so far. */
  readonly lines: ReadonlyArray<string>;
  /** Writes a line to it. */
  readonly tell: () => void;
  /** Its exit status, or the signal that killed it. */
  readonly ended: Promise<number | string | null>;
}

/** Starts a process on the sources as they are, and waits for its first line, or for its end. */
export const startProcess = async (file: string, words: ReadonlyArray<string>): Promise<TestProcess> => {
  const child = spawn(
    process.execPath,
    ['-r', join(__dirname, 'loadTypeScript.cjs'), join(__dirname, file), ...words],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines: Array<string> = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode);
  await Promise.race([once(output, 'line'), ended]);
  return {
    lines,
    tell: () => child.stdin.write('go\n'),
    ended,
  };
};
