import { resolve } from 'node:path';
import type { Command } from 'commander';
import * as t from 'io-ts';
import { isRight } from 'fp-ts/Either';
import { actorOfLogin, parseActor, type CliActor } from './actor';
import { storeConnection, vaultConnection, type ConnectionString } from './input/connectionString';
import { secretInPath } from './input/secretInPath';
import { UsageError } from './problems';

/** What holds for every command: global options, environment, defaults. */
export interface Settings {
  readonly dataDirectory: string;
  /** The server that has the events; null where they lie in the data directory. */
  readonly store: ConnectionString | null;
  /** The server that has the vault; null where it lies in the data directory. */
  readonly vault: ConnectionString | null;
  /** Asked for only where somebody has to be named: lists need nobody. */
  readonly actor: () => CliActor;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly masterKeyFile: string;
  readonly passphraseFile: string | null;
  /** Origins that take the place of vendors' own, by vendor. */
  readonly endpointOverrides: Readonly<Record<string, string>>;
  /** The umask that we were started with, for commands of `--exec`: our own files are for their owner alone. */
  readonly umask: number;
}

const GlobalOptions = t.partial({
  data: t.string,
  store: t.string,
  vault: t.string,
  as: t.string,
  json: t.boolean,
  verbose: t.boolean,
  masterKeyFile: t.string,
  passphraseFile: t.string,
});

/** The options that are taken before and after a command's words. */
export const addGlobalOptions = (program: Command): Command =>
  program
    .option('--data <dir>', 'the data directory (KEYTURN_DATA; ./keyturn-data)')
    .option(
      '--store <url>',
      'the EventStoreDB that has the events, esdb://… (KEYTURN_STORE, where a password belongs; the data directory)',
    )
    .option(
      '--vault <url>',
      'the PostgreSQL that has the vault, postgres://… without a password (KEYTURN_VAULT; the data directory)',
    )
    .option('--as <kind:id>', 'who acts, such as user:ada (user: and the login name)')
    .option('--json', 'one JSON document on standard output')
    .option('--master-key-file <file>', 'the master key (KEYTURN_MASTER_KEY_FILE; DIR.master-key)')
    .option(
      '--passphrase-file <file>',
      'the passphrase, where one was chosen at init (KEYTURN_PASSPHRASE_FILE)',
    )
    .option('--verbose', 'log to standard error, as JSON lines');

const ENDPOINT = 'KEYTURN_ENDPOINT_';

const endpointOverrides = (environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, origin]) =>
      name.startsWith(ENDPOINT) && origin !== undefined && origin !== ''
        ? [[name.slice(ENDPOINT.length).toLowerCase().replaceAll('_', '-'), origin]]
        : [],
    ),
  );

/** An empty variable counts as none; an empty option is a mistake. */
const path = (option: string, given: string | undefined, variable: string | undefined): string | null => {
  if (given === '') throw new UsageError(`${option} takes a path.`);
  const text = given ?? variable ?? '';
  if (text === '') return null;
  const full = resolve(text);
  if (!secretInPath(full)) return full;
  throw new UsageError(
    `${option} takes a path, and what was given (or set in the environment) looks like a key. It is not repeated here; replace the key if others may have seen it.`,
  );
};

/** Settings from what stands on the command line, then in the environment. @throws UsageError */
export const settingsFrom = (options: unknown, environment: NodeJS.ProcessEnv, umask: number): Settings => {
  const decoded = GlobalOptions.decode(options);
  const given = isRight(decoded) ? decoded.right : {};
  const { data, as } = given;
  const dataDirectory = path('--data', data, environment['KEYTURN_DATA']) ?? resolve('keyturn-data');
  const named = as === undefined ? null : parseActor(as);
  return {
    dataDirectory,
    store: storeConnection(given.store, environment['KEYTURN_STORE']),
    vault: vaultConnection(given.vault, environment['KEYTURN_VAULT']),
    actor: () => named ?? actorOfLogin(),
    json: given.json === true,
    verbose: given.verbose === true,
    masterKeyFile:
      path('--master-key-file', given.masterKeyFile, environment['KEYTURN_MASTER_KEY_FILE']) ??
      `${dataDirectory}.master-key`,
    passphraseFile: path('--passphrase-file', given.passphraseFile, environment['KEYTURN_PASSPHRASE_FILE']),
    endpointOverrides: endpointOverrides(environment),
    umask,
  };
};
