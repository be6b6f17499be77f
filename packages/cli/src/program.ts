import { Command } from 'commander';
import { addCommand, type Leaf, type Perform } from './command';
import { COMMANDS } from './commandTable';
import { VARIABLES } from './environment';
import { addGlobalOptions, optionsWithValue } from './globalOptions';
import type { Io } from './io';
import { version } from './version';

const USUAL_COLUMNS = 80;

const AFTER_HELP = [
  'Exit status: 0 done, 1 refused (a rule says no, and what to do), 2 usage, ' +
    '3 fault (something is broken or not set up).',
  `Environment: ${Object.keys(VARIABLES).join(', ')}, KEYTURN_ENDPOINT_<VENDOR>, NO_COLOR. ` +
    'A key is never an argument: it is read from standard input, or from a hidden prompt on a terminal.',
];

const HELP: ReadonlyArray<string> = ['--help', '-h'];
/** Words that ask for the version, or for help. */
const LISTING: ReadonlyArray<string> = ['--version', '-v', ...HELP];

/** The words that are no options: a command's own, and its operands. */
const namesIn = (words: ReadonlyArray<string>): ReadonlyArray<string> =>
  words.filter((word, place) => !word.startsWith('-') && !optionsWithValue.includes(words[place - 1] ?? ''));

const entryOf = (name: string): (typeof COMMANDS)[string] | undefined =>
  Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;

/** Whether a command is named, and there is none of that name. */
const namesNone = (words: ReadonlyArray<string>): boolean => {
  const [first, second] = namesIn(words);
  if (first === undefined) return false;
  const entry = entryOf(first);
  if (entry === undefined) return true;
  return 'members' in entry && second !== undefined && !Object.hasOwn(entry.members, second);
};

/** The words without those that ask for help, where there is no such command: then that is what is to be said. */
export const withoutHelpOfNone = (words: ReadonlyArray<string>): ReadonlyArray<string> =>
  namesNone(words) ? words.filter((word) => !HELP.includes(word)) : words;

/** Whether a command, or a group and its member, is the one that is asked for; where that is not clear, any may be. */
const asksFor = (words: ReadonlyArray<string>): ((name: string, member: string | null) => boolean) => {
  const [first = '', second = ''] = namesIn(words);
  const entry = entryOf(first);
  const isClear = entry !== undefined && (!('members' in entry) || Object.hasOwn(entry.members, second));
  return (name, member) => !isClear || (name === first && (member === null || member === second));
};

/** Whether the words ask for no command at all: for the version, or for help that lists commands. */
const onlyLists = (words: ReadonlyArray<string>): boolean => {
  const [group, ...others] = words.filter((word) => !LISTING.includes(word));
  return group === undefined || (others.length === 0 && 'members' in (COMMANDS[group] ?? {}));
};

const addCommands = async (
  program: Command,
  words: ReadonlyArray<string>,
  perform: Perform,
  env: NodeJS.ProcessEnv,
): Promise<void> => {
  const isAskedFor = asksFor(words);
  const listing = onlyLists(words);
  const add = async (to: Command, name: string, { summary, load }: Leaf): Promise<void> => {
    const made = to.command(name).summary(summary);
    if (!listing) addCommand(made, await load(), perform, env);
  };
  for (const [name, entry] of Object.entries(COMMANDS)) {
    if (!listing && !isAskedFor(name, null)) continue;
    if (!('members' in entry)) {
      await add(program, name, entry);
      continue;
    }
    const group = program.command(name).summary(entry.summary).description(`${entry.summary}.`);
    for (const [member, leaf] of Object.entries(entry.members)) {
      if (listing || isAskedFor(name, member)) await add(group, member, leaf);
    }
  }
};

/** The command line, as much of it as these words need. Nothing is written but help: errors are thrown. */
export const makeProgram = async (
  words: ReadonlyArray<string>,
  perform: Perform,
  { stdout, stderr, env }: Io,
): Promise<Command> => {
  const program = new Command('keyturn');
  addGlobalOptions(program)
    .description("Keeps customers' own LLM vendor keys, and rotates them without a moment without a key.")
    .version(version, '-v, --version', 'the version')
    .helpCommand('help [command...]', 'What a command does, and what it takes')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? USUAL_COLUMNS,
      getErrHelpWidth: () => stderr.columns ?? USUAL_COLUMNS,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: () => undefined,
    })
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => command.name() })
    .addHelpText('after', ({ command }) => {
      const help = command.createHelp();
      return AFTER_HELP.map((text) => `\n${help.boxWrap(text, stdout.columns ?? USUAL_COLUMNS)}`).join('\n');
    });
  await addCommands(program, words, perform, env);
  return program;
};
