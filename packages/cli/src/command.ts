import type { Command, CommanderError } from 'commander';
import type { Flag, Flags, ValuesOf } from './input/flags';
import { valuesOf } from './input/givenCodec';
import { addOption, nameOf, valueGiven, valuesGiven } from './input/options';
import type { Report, StreamedReport } from './output/report';
import { UsageError } from './problems';
import type { Session } from './session';

/** What a command is and does. */
export interface CommandSpec<O extends Flags, F extends Flags> {
  /** More than the summary says, for its help: one paragraph, wherever its lines end here. */
  readonly details?: ReadonlyArray<string>;
  /** What follows the command's words, in this order. */
  readonly operands: O;
  readonly flags: F;
  readonly examples: ReadonlyArray<string>;
  /** Why nothing more may follow, where there is more to say than that. */
  readonly noMoreBecause?: string;
  readonly run: (session: Session, given: ValuesOf<O> & ValuesOf<F>) => Promise<Report | StreamedReport>;
}

/** A command, whatever its flags. */
export interface Spec extends Omit<CommandSpec<Flags, Flags>, 'run'> {
  /** Reads what was given, and gives what is to be done. @throws UsageError */
  readonly prepare: (
    operand: (name: string) => unknown,
    option: (flag: Flag<unknown>) => unknown,
  ) => (session: Session) => Promise<Report | StreamedReport>;
}

/** A command: what it is, and the file that knows the rest. */
export interface Leaf {
  readonly summary: string;
  readonly load: () => Promise<Spec>;
}

/** Commands that begin with the same word. */
interface Group {
  readonly summary: string;
  readonly members: Readonly<Record<string, Leaf>>;
}

/** Commands by their words. */
export type Commands = Readonly<Record<string, Leaf | Group>>;

/** Runs a command in a session of its own and writes what comes of it. */
export type Perform = (
  globalOptions: unknown,
  run: (session: Session) => Promise<Report | StreamedReport>,
) => Promise<void>;

/** Declares a command. */
export const command = <O extends Flags, F extends Flags>(spec: CommandSpec<O, F>): Spec => ({
  ...spec,
  prepare: (operand, option) => {
    const given = {
      ...valuesOf(spec.operands, (name) => operand(name)),
      ...valuesOf(spec.flags, (_, flag) => option(flag)),
    };
    return (session) => spec.run(session, given);
  },
});

/** `<KEY>`, or `[KEY...]` where there may be several, or none. */
const operandWords = ({ flags, several }: Flag<unknown>): string =>
  several === true ? `[${flags}...]` : `<${flags}>`;

/** What has to be there stands in it by name. */
const usageOf = ({ operands, flags }: Spec): string =>
  [
    ...Object.values(operands).map(operandWords),
    ...Object.values(flags)
      .filter(({ required }) => required)
      .map((flag) => flag.flags.replace(/^-., /, '')),
    '[options]',
  ].join(' ');

const describe = (made: Command, spec: Spec): void => {
  made.description(
    [`${made.summary()}.`, ...(spec.details === undefined ? [] : [spec.details.join(' ')])].join('\n'),
  );
  for (const operand of Object.values(spec.operands)) {
    made.argument(operandWords(operand), operand.description);
  }
  for (const { flags, description } of Object.values(spec.flags)) addOption(made, flags, description);
  made.usage(usageOf(spec));
  const examples = spec.examples.map((line) => `  ${line}`).join('\n');
  made.addHelpText('after', `\n${spec.examples.length === 1 ? 'Example' : 'Examples'}:\n${examples}`);
};

/** Something is wrong with the words of a command; its help says what it takes. */
export class WordsError extends Error {
  override readonly name = 'WordsError';
  constructor(
    readonly found: CommanderError,
    readonly help: string,
  ) {
    super(found.message);
  }
}

const withHelp = (made: Command) => (error: CommanderError) => {
  if (error.exitCode === 0) throw error;
  throw new WordsError(error, made.helpInformation());
};

const missing = ({ flags, variable }: Flag<unknown>): string =>
  `Required option '${flags.replace(/^-., /, '')}' not specified` +
  (variable === undefined ? '' : `, and ${variable} is not set`);

/** What the variable says that stands for an option. An empty one counts as none. @throws UsageError that names it */
const inVariable = ({ flags, variable, read }: Flag<unknown>, env: NodeJS.ProcessEnv): string | undefined => {
  if (variable === undefined) return undefined;
  const given = env[variable] || undefined;
  try {
    if (given !== undefined) read(given);
    return given;
  } catch (error) {
    throw error instanceof UsageError
      ? new UsageError(error.message.replace(nameOf(flags), variable))
      : error;
  }
};

const tooMany = (words: string, spec: Spec): string => {
  if (spec.noMoreBecause !== undefined) return spec.noMoreBecause;
  const [only, ...others] = Object.values(spec.operands);
  return only === undefined || others.length > 0
    ? `${words} takes nothing more`
    : `${words} takes one ${only.flags} at a time: run it once for each`;
};

const globalsOf = ({ parent }: Command): ReadonlyArray<{ readonly flags: string }> =>
  parent === null ? [] : [...parent.options, ...globalsOf(parent)];

/** `keys add` of a command that is part of a program, or of a group of commands. */
const wordsOf = (made: Command): string => {
  const group = made.parent?.parent === null ? null : made.parent;
  return group === null ? made.name() : `${group.name()} ${made.name()}`;
};

/** Gives a command of a program, which has its name and its summary, all that it is and does. */
export const addCommand = (made: Command, spec: Spec, perform: Perform, env: NodeJS.ProcessEnv): void => {
  made.allowExcessArguments(true);
  made.exitOverride(withHelp(made));
  describe(made, spec);
  const names = Object.keys(spec.operands);
  const isSeveral = (name: string | undefined): boolean => spec.operands[name ?? '']?.several === true;
  const takesMore = isSeveral(names.at(-1));
  const words = wordsOf(made);
  const seeHelp = `See keyturn ${words} --help.`;
  made.action(async () => {
    // Not repeated: it may be a secret in the wrong place.
    if (!takesMore && made.args.length > names.length)
      throw new UsageError(`${tooMany(words, spec)}. ${seeHelp}`);
    const options: unknown = made.optsWithGlobals();
    const single = Object.values(spec.flags).filter(({ several }) => several !== true);
    for (const { flags } of [...single, ...globalsOf(made)]) valueGiven(options, flags);
    const run = spec.prepare(
      (name) => (isSeveral(name) ? made.args.slice(names.indexOf(name)) : made.args[names.indexOf(name)]),
      (flag) => {
        if (flag.several === true) return valuesGiven(options, flag.flags);
        const meant = valueGiven(options, flag.flags) ?? inVariable(flag, env);
        if (meant === undefined && flag.required) throw new UsageError(`${missing(flag)}. ${seeHelp}`);
        return meant;
      },
    );
    await perform(options, run);
  });
};
