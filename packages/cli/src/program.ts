import { Command } from 'commander';
import { addCommand, addGroup, type Perform, type Spec } from './command';
import { treeOption, type CommandTree, type TreeCommand } from './completion/tree';
import { VARIABLES } from './environment';
import type { Io } from './io';
import { addGlobalOptions, globalOptions, optionsWithValue } from './settings';
import { version } from './version';

type Load = () => Promise<Spec>;

interface Group {
  readonly summary: string;
  readonly members: Readonly<Record<string, Load>>;
}

/** Every command by its words. Its file is loaded when it is asked for, or when help needs all of them. */
const COMMANDS: Readonly<Record<string, Load | Group>> = {
  init: async () => (await import('./commands/init.js')).init,
  keys: {
    summary: 'Keys of a workspace',
    members: {
      add: async () => (await import('./commands/keysAdd.js')).keysAdd,
      list: async () => (await import('./commands/keysList.js')).keysList,
      show: async () => (await import('./commands/keysShow.js')).keysShow,
      due: async () => (await import('./commands/keysDue.js')).keysDue,
      relabel: async () => (await import('./commands/keysRelabel.js')).keysRelabel,
      expiry: async () => (await import('./commands/keysExpiry.js')).keysExpiry,
      validate: async () => (await import('./commands/keysValidate.js')).keysValidate,
      'set-default': async () => (await import('./commands/keysDefaults.js')).keysSetDefault,
      'clear-default': async () => (await import('./commands/keysDefaults.js')).keysClearDefault,
      delete: async () => (await import('./commands/keysDelete.js')).keysDelete,
      'hard-delete': async () => (await import('./commands/keysDelete.js')).keysHardDelete,
    },
  },
  runs: {
    summary: 'Runs, each pinned to one key from its start to its end',
    members: {
      start: async () => (await import('./commands/runsStart.js')).runsStart,
      resume: async () => (await import('./commands/runsStart.js')).runsResume,
      finish: async () => (await import('./commands/runsFinish.js')).runsFinish,
      list: async () => (await import('./commands/runsList.js')).runsList,
    },
  },
  workspaces: {
    summary: 'The workspaces themselves',
    members: {
      list: async () => (await import('./commands/workspacesList.js')).workspacesList,
      close: async () => (await import('./commands/workspacesClose.js')).workspacesClose,
    },
  },
  audit: {
    summary: 'The audit log',
    members: {
      list: async () => (await import('./commands/auditList.js')).auditList,
      count: async () => (await import('./commands/auditCount.js')).auditCount,
      export: async () => (await import('./commands/auditExport.js')).auditExport,
    },
  },
  history: async () => (await import('./commands/history.js')).history,
  status: async () => (await import('./commands/status.js')).status,
  sweep: async () => (await import('./commands/sweep.js')).sweep,
  log: {
    summary: 'The event log as a whole, after a disaster',
    members: {
      accept: async () => (await import('./commands/logAccept.js')).logAccept,
      disown: async () => (await import('./commands/logDisown.js')).logDisown,
    },
  },
  verify: async () => (await import('./commands/verify.js')).verify,
  backup: async () => (await import('./commands/backup.js')).backup,
  restore: async () => (await import('./commands/restore.js')).restore,
  migrate: async () => (await import('./commands/migrate.js')).migrate,
  vault: {
    summary: 'The vault that holds the sealed keys',
    members: {
      info: async () => (await import('./commands/vaultInfo.js')).vaultInfo,
      'rotate-master-key': async () =>
        (await import('./commands/vaultRotateMasterKey.js')).vaultRotateMasterKey,
    },
  },
  projections: {
    summary: 'The read models that lists and the audit log come from',
    members: {
      status: async () => (await import('./commands/projections.js')).projectionsStatus,
      rebuild: async () => (await import('./commands/projections.js')).projectionsRebuild,
    },
  },
  completion: async () => (await import('./commands/completion.js')).completion(commandTree),
};

const treeCommand = (words: ReadonlyArray<string>, { summary, flags, operands }: Spec): TreeCommand => ({
  words,
  summary,
  options: Object.values(flags).map((flag) => treeOption(flag.flags, flag.description, flag.choices)),
  operands: Object.values(operands).flatMap(({ choices = [] }) => choices),
});

/** Every command with its options, for shells. */
const commandTree = async (): Promise<CommandTree> => {
  const commands: TreeCommand[] = [];
  for (const [name, entry] of Object.entries(COMMANDS)) {
    if (typeof entry === 'function') {
      commands.push(treeCommand([name], await entry()));
      continue;
    }
    commands.push({ words: [name], summary: entry.summary, options: [], operands: [] });
    for (const [member, load] of Object.entries(entry.members)) {
      commands.push(treeCommand([name, member], await load()));
    }
  }
  return { commands, globals: globalOptions.map(([flags, description]) => treeOption(flags, description)) };
};

/** The words of every command, in the order of help. */
export const commandWords: ReadonlyArray<ReadonlyArray<string>> = Object.entries(COMMANDS).flatMap(
  ([name, entry]) =>
    typeof entry === 'function' ? [[name]] : Object.keys(entry.members).map((member) => [name, member]),
);

const AFTER_HELP = `
Exit status: 0 done, 1 refused (a rule says no, and what to do), 2 usage, 3 fault (something is broken or not set up).

Environment: ${Object.keys(VARIABLES).join(', ')},
KEYTURN_ENDPOINT_<VENDOR>, NO_COLOR. A key is never an argument: it is read from standard input, or from a hidden
prompt on a terminal.`;

/** The words that are no options: a command's own, and its operands. */
const namesIn = (words: ReadonlyArray<string>): ReadonlyArray<string> =>
  words.filter((word, place) => !word.startsWith('-') && !optionsWithValue.includes(words[place - 1] ?? ''));

/** Whether a command, or a group and its member, is the one that is asked for; where that is not clear, any may be. */
const asksFor = (words: ReadonlyArray<string>): ((name: string, member: string | null) => boolean) => {
  const [first = '', second = ''] = namesIn(words);
  const entry = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  const isClear =
    entry !== undefined && (typeof entry === 'function' || Object.hasOwn(entry.members, second));
  return (name, member) => !isClear || (name === first && (member === null || member === second));
};

const addCommands = async (
  program: Command,
  words: ReadonlyArray<string>,
  perform: Perform,
  env: NodeJS.ProcessEnv,
): Promise<void> => {
  const isAskedFor = asksFor(words);
  for (const [name, entry] of Object.entries(COMMANDS)) {
    if (!isAskedFor(name, null)) continue;
    if (typeof entry === 'function') {
      addCommand(program, await entry(), perform, env);
      continue;
    }
    const group = addGroup(program, name, entry.summary);
    for (const [member, load] of Object.entries(entry.members)) {
      if (isAskedFor(name, member)) addCommand(group, await load(), perform, env);
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
    .helpCommand('help [command...]', 'what a command does, and what it takes')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.stream.write(text),
      writeErr: (text) => void stderr.stream.write(text),
      outputError: () => undefined,
    })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', AFTER_HELP);
  await addCommands(program, words, perform, env);
  return program;
};
