import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import type { Perform } from './command';
import { EXIT_DONE, EXIT_FAULT } from './exitStatus';
import { failureReport } from './output/failures';
import { writeFailure, writeReport } from './output/write';
import { SetupFault } from './problems';
import { makeProgram } from './program';
import { makeSession } from './session';
import { settingsFrom } from './settings';
import { usageErrorOf } from './usageErrorOf';

const OWNER_ONLY = 0o077;

const performer =
  (umask: number): Perform =>
  async (globalOptions, run) => {
    refuseNodeDebug(process.env);
    const settings = settingsFrom(globalOptions, process.env, umask);
    const session = makeSession(settings);
    try {
      const report = await run(session);
      await writeReport(report, settings.json);
      process.exitCode = report.exitStatus ?? EXIT_DONE;
    } finally {
      await session.close();
    }
  };

/** @throws SetupFault `node-debug`. Node read the variable before us: unsetting it here would change nothing. */
const refuseNodeDebug = ({ NODE_DEBUG }: NodeJS.ProcessEnv): void => {
  if (NODE_DEBUG === undefined || NODE_DEBUG === '') return;
  throw new SetupFault(
    'node-debug',
    'NODE_DEBUG is set, and with it Node prints what passes through it, keys too. Unset it; --verbose and KEYTURN_DEBUG=1 print none.',
  );
};

const failing =
  (words: ReadonlyArray<string>) =>
  async (thrown: unknown): Promise<void> => {
    // What commander throws repeats words that may be a key: it is not shown as it is, not for finding defects either.
    const error = thrown instanceof CommanderError ? usageErrorOf(thrown, words) : thrown;
    const report = failureReport(error);
    if (process.env['KEYTURN_DEBUG'] === '1') process.stderr.write(`${inspect(error)}\n`);
    process.exitCode = report.exitStatus;
    await writeFailure(report, words.includes('--json'));
  };

const guardProcess = (fail: (error: unknown) => Promise<void>): void => {
  const end = (error: unknown): void => {
    void fail(error).finally(() => process.exit(EXIT_FAULT));
  };
  /** Output that nobody reads any more, as with `| head`, ends the command quietly. */
  const outputFailed = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') end(error);
  };
  // What was typed is no secret, but not for everybody's list of processes either.
  process.title = 'keyturn';
  // Node would open an inspector, and this process's memory with it, to anyone who may signal it.
  process.on('SIGUSR1', () => undefined);
  // A report lists the environment and what was typed; whoever has a key among them would find it in that file.
  for (const occasion of ['reportOnSignal', 'reportOnFatalError', 'reportOnUncaughtException'] as const)
    process.report[occasion] = false;
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  process.stdout.on('error', outputFailed);
  process.stderr.on('error', outputFailed);
};

/** Runs the `keyturn` command on this process's arguments, and sets its exit status. */
export const main = async (): Promise<void> => {
  const words = process.argv.slice(2);
  const fail = failing(words);
  guardProcess(fail);
  try {
    await makeProgram(performer(process.umask(OWNER_ONLY))).parseAsync(words, { from: 'user' });
  } catch (error) {
    // Help and the version have been written.
    if (error instanceof CommanderError && error.exitCode === 0) return;
    await fail(error);
  }
};
