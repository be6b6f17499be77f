import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Options with a value as a word of its own, such as `--data DIR`. The value is none of the command's words. */
const valueOf = (words: ReadonlyArray<string>, option: string): string | undefined => {
  const at = words.findIndex((word) => word === option || word.startsWith(`${option}=`));
  const word = words[at];
  return word === option ? words[at + 1] : word?.slice(option.length + 1);
};

/** Options with a value that may stand ahead of a command. Not from where they are declared: that loads too much. */
const GLOBAL_VALUES = [
  '--data',
  '--store',
  '--vault',
  '--as',
  '--master-key-file',
  '--passphrase-file',
  '--rotate-after',
];

const commandIn = (words: ReadonlyArray<string>): string =>
  words
    .filter((word, at) => !word.startsWith('-') && !GLOBAL_VALUES.includes(words[at - 1] ?? ''))
    .slice(0, 2)
    .join(' ');

/** Whether the vault's master key is a file that is there: then no command that opens the vault asks for anything. */
const hasMasterKeyFile = (words: ReadonlyArray<string>, env: NodeJS.ProcessEnv): boolean => {
  const data = valueOf(words, '--data') ?? (env['KEYTURN_DATA'] || 'keyturn-data');
  const file =
    valueOf(words, '--master-key-file') ?? (env['KEYTURN_MASTER_KEY_FILE'] || `${resolve(data)}.master-key`);
  return existsSync(file);
};

/** Of commands that read a secret where these are given. */
const READS_SECRET = /^--(?:pasted|admin-api|usage-from-vendor|vendor-key|place)(?:=|$)/;

const hasPassphraseFile = (words: ReadonlyArray<string>, env: NodeJS.ProcessEnv): boolean =>
  valueOf(words, '--passphrase-file') !== undefined || (env['KEYTURN_PASSPHRASE_FILE'] ?? '') !== '';

const OPENS_NO_VAULT = new RegExp(
  '^(?:keys (?:list|show|due)|(?:runs|workspaces) list|vault info|' +
    'audit|history|projections|vendors|help|version|completion|$)',
);

/**
 * Whether a command may ask for something on the terminal that is not to be shown. Told from its words alone, before
 * anything else is loaded: what is typed until then is shown.
 */
export const mayAsk = (words: ReadonlyArray<string>, env: NodeJS.ProcessEnv): boolean => {
  if (words.includes('--help') || words.includes('-h') || words[0] === 'help') return false;
  const command = commandIn(words);
  if (command.startsWith('keys add')) return true;
  if (command.startsWith('leak ') && words.some((word) => READS_SECRET.test(word))) return true;
  if (command.startsWith('init')) return words.includes('--passphrase') && !hasPassphraseFile(words, env);
  if (command === 'vault rotate-master-key') return true;
  if (OPENS_NO_VAULT.test(command)) return false;
  return !hasPassphraseFile(words, env) && !hasMasterKeyFile(words, env);
};
