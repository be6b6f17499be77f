import { CommanderError } from 'commander';
import type { Perform } from './command';
import { EXIT_DONE, EXIT_FAULT } from './exitStatus';
import { failureReport } from './output/failures';
import { writeFailure, writeReport } from './output/write';
import { makeProgram } from './program';
import { makeSession } from './session';
import { settingsFrom } from './settings';
import { usageErrorOf } from './usageErrorOf';

const OWNER_ONLY = 0o077;

const umask = process.umask(OWNER_ONLY);
const words = process.argv.slice(2);
const asJson = words.includes('--json');

const perform: Perform = async (globalOptions, run) => {
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

const fail = async (error: unknown): Promise<void> => {
  const report = failureReport(error instanceof CommanderError ? usageErrorOf(error, words) : error);
  if (process.env['KEYTURN_DEBUG'] === '1') console.error(error);
  await writeFailure(report, asJson);
  process.exitCode = report.exitStatus;
};

const run = async (): Promise<void> => {
  try {
    await makeProgram(perform).parseAsync(words, { from: 'user' });
  } catch (error) {
    // Help and version were written.
    if (error instanceof CommanderError && error.exitCode === 0) return;
    await fail(error);
  }
};

const endOn = (error: unknown): void => {
  void fail(error).then(() => process.exit(EXIT_FAULT));
};

/** Standard output that nobody reads any more ends the command quietly, as it does others in a pipe. */
const tolerateClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') endOn(error);
};

// The command line is no secret, but not for everybody's list of processes either.
process.title = 'keyturn';
// It would open an inspector, and with it this process's memory, to anyone who can signal it.
process.on('SIGUSR1', () => undefined);
process.on('uncaughtException', endOn);
process.on('unhandledRejection', endOn);
process.stdout.on('error', tolerateClosedPipe);
process.stderr.on('error', tolerateClosedPipe);

void run();
