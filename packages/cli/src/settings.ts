import { resolve } from 'node:path';
import type { Caller, Contacts, VendorAccess } from 'keyturn';
import { actorNamed, actorOfLogin, parseActor } from './actor';
import { contacts, unknownVariables, vendorAccess } from './environment';
import { storeConnection, vaultConnection, type ConnectionString } from './input/connectionString';
import { crossesNetworkInClear } from './input/plainConnection';
import { fullPath } from './input/fullPath';
import { longOf, TEXTS, type TextOption } from './globalOptions';
import { valueGiven } from './input/options';
import type { Io } from './io';
import { UsageError } from './problems';

/** What holds for every command: global options, environment, defaults. */
export interface Settings {
  readonly dataDirectory: string;
  /** The server that has the events; null where they lie in the data directory. */
  readonly store: ConnectionString | null;
  /** The server that has the vault; null where it lies in the data directory. */
  readonly vault: ConnectionString | null;
  /** Who was named by `--as`. */
  readonly namedActor: Caller | null;
  /** Who acts. Asked for only where somebody has to be named: lists need nobody. */
  readonly actor: () => Caller;
  readonly json: boolean;
  /** Times in UTC, on a terminal too. */
  readonly utc: boolean;
  readonly verbose: boolean;
  readonly masterKeyFile: string;
  readonly passphraseFile: string | null;
  /** Days after which a key is due for rotation; null for what Keyturn takes. */
  readonly rotateAfterDays: number | null;
  /** The JSON file of the operator's own vendor tables; null where there is none. */
  readonly vendorsFile: string | null;
  /** How vendors are reached. */
  readonly vendorAccess: VendorAccess;
  /** Where people turn to. */
  readonly contacts: Contacts;
  /** What to tell of these settings, whatever the command does. */
  readonly warnings: ReadonlyArray<string>;
}

const isSet = (options: unknown, name: string): boolean =>
  typeof options === 'object' && options !== null && Reflect.get(options, name) === true;

const textOf = (options: unknown, name: TextOption): string | undefined => {
  const given = valueGiven(options, TEXTS[name][0]);
  return typeof given === 'string' ? given : undefined;
};

const inClear = (
  part: string,
  because: string,
  connection: ConnectionString | null,
): ReadonlyArray<string> =>
  connection !== null && crossesNetworkInClear(connection())
    ? [
        `The connection to the ${part} is in clear (${because}), and not to this machine: ` +
          'whoever is in between reads and changes what passes.',
      ]
    : [];

/** An empty variable counts as none; an empty option is a mistake. */
const path = (
  option: string,
  given: string | undefined,
  variable: string | undefined,
  cwd: string,
): string | null => {
  if (given === '') throw new UsageError(`${option} takes a path.`);
  const text = given ?? variable ?? '';
  return text === '' ? null : fullPath(option, text, cwd);
};

const MOST_DAYS = 36_500;

/** An empty variable counts as none. @throws UsageError */
const daysOf = (given: string | undefined, variable: string | undefined): number | null => {
  const text = given ?? (variable === '' ? undefined : variable);
  if (text === undefined) return null;
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= MOST_DAYS) return days;
  const named = given === undefined ? 'KEYTURN_ROTATE_AFTER_DAYS' : longOf('rotateAfter');
  throw new UsageError(`${named} has to be a whole number of days, 1 to ${MOST_DAYS}.`);
};

/** Settings from what stands on the command line, then in the environment. @throws UsageError */
export const settingsFrom = (options: unknown, { env, cwd }: Pick<Io, 'env' | 'cwd'>): Settings => {
  const pathOf = (name: 'data' | 'masterKeyFile' | 'passphraseFile', variable: string): string | null =>
    path(longOf(name), textOf(options, name), env[variable], cwd);
  const as = textOf(options, 'as');
  const dataDirectory = pathOf('data', 'KEYTURN_DATA') ?? resolve(cwd, 'keyturn-data');
  const asVariable = env['KEYTURN_AS'] ?? '';
  const named =
    as !== undefined
      ? parseActor(as, '--as')
      : asVariable === ''
        ? null
        : parseActor(asVariable, 'KEYTURN_AS');
  const store = storeConnection(textOf(options, 'store'), env['KEYTURN_STORE']);
  const vault = vaultConnection(textOf(options, 'vault'), env['KEYTURN_VAULT']);
  return {
    dataDirectory,
    store,
    vault,
    namedActor: named,
    actor: () => (named === null ? actorOfLogin() : actorNamed(named)),
    json: isSet(options, 'json'),
    utc: isSet(options, 'utc'),
    verbose: isSet(options, 'verbose'),
    masterKeyFile: pathOf('masterKeyFile', 'KEYTURN_MASTER_KEY_FILE') ?? `${dataDirectory}.master-key`,
    passphraseFile: pathOf('passphraseFile', 'KEYTURN_PASSPHRASE_FILE'),
    rotateAfterDays: daysOf(textOf(options, 'rotateAfter'), env['KEYTURN_ROTATE_AFTER_DAYS']),
    vendorsFile: path('KEYTURN_VENDORS', undefined, env['KEYTURN_VENDORS'], cwd),
    vendorAccess: vendorAccess(env),
    contacts: contacts(env),
    warnings: [
      ...unknownVariables(env),
      ...inClear('event store', 'tls=false', store),
      ...inClear('vault', 'sslmode=disable', vault),
    ],
  };
};
