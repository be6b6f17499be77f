import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { WordsError, type Perform } from './command';
import { EXIT_DONE } from './exitStatus';
import type { Io } from './io';
import { refuseNodeDebugging } from './nodeDebugging';
import { makeProgram, withoutHelpOfNone } from './program';

const performer =
  (io: Io, ended: (status: number) => void): Perform =>
  async (globalOptions, run) => {
    refuseNodeDebugging(io.env);
    io.beforeCommand?.();
    // Not for help, which is quick without them.
    const [{ makeSession }, { settingsFrom }, { writeHints, writeReport }] = await Promise.all([
      import('./session.js'),
      import('./settings.js'),
      import('./output/write.js'),
    ]);
    const settings = settingsFrom(globalOptions, io);
    const session = makeSession(settings, io, main);
    await writeHints(settings.warnings, io);
    try {
      const report = await run(session);
      await writeReport(report, settings, io);
      ended(report.exitStatus ?? EXIT_DONE);
    } catch (thrown) {
      const error = await session.explained(thrown);
      // What it failed of goes before what closing may fail of.
      await session.close().catch(() => undefined);
      throw error;
    }
    await session.close();
  };

const isOfWords = (thrown: unknown): thrown is CommanderError | WordsError =>
  thrown instanceof CommanderError || thrown instanceof WordsError;

/** `help keys add` is `keys add --help`, and `version` is `--version`. */
const meantBy = ([first, ...others]: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (first === 'help') return [...others, '--help'];
  if (others.length === 0 && (first === 'version' || first === '-V')) return ['--version'];
  return first === undefined ? [] : [first, ...others];
};

/** Tells what went wrong, and gives the exit status for it. */
export const tellFailure = async (words: ReadonlyArray<string>, io: Io, thrown: unknown): Promise<number> => {
  const [{ failureReport }, { shownLines }, { writeFailure }, { usageErrorOf }] = await Promise.all([
    import('./output/failures.js'),
    import('./output/shown.js'),
    import('./output/write.js'),
    import('./usageErrorOf.js'),
  ]);
  // What commander throws repeats words that may be a key: it is not shown as it is, not for finding defects either.
  const error = isOfWords(thrown) ? usageErrorOf(thrown, words) : thrown;
  const report = failureReport(error);
  if (io.env['KEYTURN_DEBUG'] === '1') await io.stderr.write(`${shownLines(inspect(error))}\n`);
  await writeFailure(report, words.includes('--json'), io);
  return report.exitStatus;
};

/**
 * Runs the `keyturn` command on these words, and gives its exit status. Of the process it touches only what a command
 * of `--exec` needs: signals are passed on while that runs.
 */
export const main = async (typed: ReadonlyArray<string>, io: Io): Promise<number> => {
  const words = withoutHelpOfNone(meantBy(typed));
  let status = EXIT_DONE;
  try {
    const perform = performer(io, (ended) => {
      status = ended;
    });
    const program = await makeProgram(words, perform, io);
    await program.parseAsync([...words], { from: 'user' });
    return status;
  } catch (error) {
    // Help and the version have been written.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_DONE;
    return await tellFailure(words, io, error);
  } finally {
    io.doneAsking?.();
  }
};
