import type { Command } from 'commander';
import { attributeOf, type Flags, type ValuesOf } from './input/flags';
import { valuesOf } from './input/givenCodec';
import type { Report, StreamedReport } from './output/report';
import { UsageError } from './problems';
import type { Session } from './session';

/** What a command is and does. */
export interface CommandSpec<O extends Flags, F extends Flags> {
  readonly name: string;
  readonly summary: string;
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
    option: (flags: string) => unknown,
  ) => (session: Session) => Promise<Report | StreamedReport>;
}

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
      ...valuesOf(spec.operands, operand),
      ...valuesOf(spec.flags, (_, flags) => option(flags)),
    };
    return (session) => spec.run(session, given);
  },
});

const describe = (made: Command, spec: Spec): void => {
  made.summary(spec.summary);
  made.description(
    [`${spec.summary}.`, ...(spec.details === undefined ? [] : [spec.details.join(' ')])].join('\n'),
  );
  for (const { flags, description } of Object.values(spec.operands)) {
    made.argument(`<${flags}>`, description);
  }
  for (const { flags, description, required } of Object.values(spec.flags)) {
    if (required) made.requiredOption(flags, description);
    else made.option(flags, description);
  }
  const examples = spec.examples.map((line) => `  ${line}`).join('\n');
  made.addHelpText('after', `\n${spec.examples.length === 1 ? 'Example' : 'Examples'}:\n${examples}`);
};

/** Makes a command part of a program, or of a group of commands. */
export const addCommand = (parent: Command, spec: Spec, perform: Perform): void => {
  const made = parent.command(spec.name).allowExcessArguments(true);
  describe(made, spec);
  const names = Object.keys(spec.operands);
  made.action(async () => {
    // Not repeated: it may be a secret in the wrong place.
    if (made.args.length > names.length) {
      throw new UsageError(
        `${spec.noMoreBecause ?? `${parent.name()} ${spec.name} takes nothing more`}. ` +
          `See keyturn ${parent.name()} ${spec.name} --help.`,
      );
    }
    const options: Readonly<Record<string, unknown>> = made.opts();
    const run = spec.prepare(
      (name) => made.args[names.indexOf(name)],
      (flags) => options[attributeOf(flags)],
    );
    await perform(made.optsWithGlobals(), run);
  });
};

/** Makes a group of commands, such as `keys`. */
export const addGroup = (parent: Command, name: string, summary: string): Command =>
  parent.command(name).summary(summary).description(`${summary}.`);
