import type { Command } from 'commander';
import { addOption } from './input/options';

/** Global options that take a value, as commander takes them, and what they say. */
export const TEXTS = {
  data: ['--data <dir>', 'the data directory (KEYTURN_DATA; ./keyturn-data)'],
  store: [
    '--store <url>',
    'the EventStoreDB that has the events, esdb://… (KEYTURN_STORE, where a password belongs; the data directory)',
  ],
  vault: [
    '--vault <url>',
    'the PostgreSQL that has the vault, postgres://… without a password (KEYTURN_VAULT; the data directory)',
  ],
  as: ['--as <kind:id>', 'who acts, such as user:ada (KEYTURN_AS; user: and the login name)'],
  masterKeyFile: ['--master-key-file <file>', 'the master key (KEYTURN_MASTER_KEY_FILE; DIR.master-key)'],
  passphraseFile: [
    '--passphrase-file <file>',
    'the passphrase, where one was chosen at init (KEYTURN_PASSPHRASE_FILE)',
  ],
  rotateAfter: ['--rotate-after <days>', 'when keys are due for rotation (KEYTURN_ROTATE_AFTER_DAYS; 90)'],
} as const;

const TOGGLES = [
  ['--json', 'one JSON document on standard output'],
  ['--utc', 'times in UTC, as they are wherever no terminal is written to'],
  ['--verbose', 'log to standard error, as JSON lines'],
] as const;

export type TextOption = keyof typeof TEXTS;

/** `--data` of `--data <dir>`. */
export const longOf = (name: TextOption): string => TEXTS[name][0].replace(/ .*/, '');

/** The global options that the next word belongs to. */
export const optionsWithValue: ReadonlyArray<string> = Object.values(TEXTS).map(([flags]) =>
  flags.replace(/ .*/, ''),
);

/** How the global options are declared. */
export const globalOptions: ReadonlyArray<readonly [flags: string, description: string]> = [
  ...Object.values(TEXTS),
  ...TOGGLES,
];

/** The options that are taken before and after a command's words. */
export const addGlobalOptions = (program: Command): Command => {
  for (const [flags, description] of globalOptions) addOption(program, flags, description);
  return program;
};
