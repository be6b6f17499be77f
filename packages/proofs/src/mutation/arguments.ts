import { parseArgs } from 'node:util';
import { THRESHOLD } from './figures';
import { TARGETS } from './targets';

/** What a run was asked for. */
export interface MutationArguments {
  readonly targets: ReadonlyArray<string>;
  /** Parts of paths of the files to mutate; all when empty. */
  readonly files: ReadonlyArray<string>;
  readonly concurrency: number;
  readonly incremental: boolean;
  /** Write the document's list of survivors anew, and run nothing. */
  readonly document: boolean;
}

const NAMES = TARGETS.map(({ name }) => name);

export const HELP = `Changes the code in every way that Stryker knows, a change at a time, and shows how many changes the tests find out.

Usage: scripts/mutation [${NAMES.join('|')}] [FILE…] [--concurrency N] [--incremental]
       scripts/mutation --document

  FILE             only files whose path has this in it, such as decide/ or box.ts
  --concurrency N  how many processes run tests at once (1)
  --incremental    keep what an earlier run found of code whose text and tests are the same since
  --document       only write the survivors' explanations to docs/mutation-testing.md

A quarter of an hour for domain, hours for vault; "nice" it. Reports to look at go to coverage/mutation.
Exit status: 0 when at least ${THRESHOLD} % of each package's mutants were found out and each of the others is explained,
1 when not, 2 for a wrong option, 3 when the mutants could not be run.`;

/** Why the arguments are not ones that this command takes. */
export class WrongArguments extends Error {}

const parsed = (words: ReadonlyArray<string>) => {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        concurrency: { type: 'string', default: '1' },
        incremental: { type: 'boolean', default: false },
        document: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : 'These arguments make no sense.');
  }
};

/** Reads the command line; null when help was asked for. @throws WrongArguments */
export const mutationArguments = (words: ReadonlyArray<string>): MutationArguments | null => {
  const { values, positionals } = parsed(words);
  if (values.help) return null;
  const concurrency = Number(values.concurrency);
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new WrongArguments('--concurrency takes a whole number from 1.');
  }
  const [first, ...rest] = positionals;
  const targets = first === undefined ? NAMES : NAMES.filter((name) => name === first);
  if (targets.length === 0) throw new WrongArguments(`Name ${NAMES.join(' or ')} first.`);
  return { targets, files: rest, concurrency, incremental: values.incremental, document: values.document };
};
