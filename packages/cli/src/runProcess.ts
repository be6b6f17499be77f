import { EXIT_FAULT } from './exitStatus';
import type { Io } from './io';
import { main, tellFailure } from './main';
import { processIo } from './processIo';

const OWNER_ONLY = 0o077;

const guardProcess = (words: ReadonlyArray<string>, io: Io): void => {
  let isEnding = false;
  const end = (error: unknown): void => {
    // Help is written in parts, and where one can't be written, none can.
    if (isEnding) return;
    isEnding = true;
    void tellFailure(words, io, error).finally(() => process.exit(EXIT_FAULT));
  };
  // What was typed is no secret, but not for everybody's list of processes either.
  process.title = 'keyturn';
  // Node would open an inspector, and this process's memory with it, to anyone who may signal it. The command's own
  // file does the same ahead of all: until then a signal opens one, which is refused below.
  process.on('SIGUSR1', () => undefined);
  // A report lists the environment and what was typed; whoever has a key among them would find it in that file.
  for (const occasion of ['reportOnSignal', 'reportOnFatalError', 'reportOnUncaughtException'] as const)
    process.report[occasion] = false;
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
};

/** Makes this process the `keyturn` command: its arguments, its standard streams, its exit status. */
export const runProcess = async (): Promise<void> => {
  const words = process.argv.slice(2);
  const io = processIo(process.umask(OWNER_ONLY));
  guardProcess(words, io);
  process.exitCode = await main(words, io);
};
