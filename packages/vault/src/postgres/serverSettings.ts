import * as t from 'io-ts';
import { decodeRows } from '../rows';
import type { Session } from './session';

/** The server's settings by name, as this session has them; those of modules only where the module is loaded. */
export interface ServerSettings {
  readonly get: (name: string) => string | undefined;
  /**
   * Set for the user, the database or the session: the server's own processes, such as the checkpointer, have another.
   */
  readonly isOfSession: (name: string) => boolean;
}

const SETTINGS = `
  SELECT name, setting, source NOT IN
    ('default', 'environment variable', 'configuration file', 'command line', 'override') AS own
  FROM pg_settings WHERE setting IS NOT NULL`;

const SettingRow = t.type({ name: t.string, setting: t.string, own: t.boolean });

export const readSettings = async (session: Session): Promise<ServerSettings> => {
  const { rows } = await session.query(SETTINGS);
  const settings = new Map(
    decodeRows(SettingRow, rows, 'pg_settings').map((setting) => [setting.name, setting] as const),
  );
  return {
    get: (name) => settings.get(name)?.setting,
    isOfSession: (name) => settings.get(name)?.own === true,
  };
};

interface Requirement {
  readonly name: string;
  readonly wanted: string;
  readonly why: string;
}

/** Without these a shred never ends. */
const FOR_SHREDDING: ReadonlyArray<Requirement> = [
  { name: 'wal_recycle', wanted: 'off', why: 'old segments of its log are kept under new names' },
  { name: 'wal_keep_size', wanted: '0', why: 'old segments of its log are kept' },
  { name: 'vacuum_defer_cleanup_age', wanted: '0', why: 'deleted rows are kept' },
];

/** With these the server's own log, or a plan in it, has what is bound to parameters: sealed bytes. */
const FOR_LOGGING: ReadonlyArray<Requirement> = [
  {
    name: 'log_parameter_max_length_on_error',
    wanted: '0',
    why: 'sealed bytes go to the server’s log with errors',
  },
  {
    name: 'auto_explain.log_min_duration',
    wanted: '-1',
    why: 'sealed bytes go to the server’s log in plans',
  },
  { name: 'debug_print_plan', wanted: 'off', why: 'sealed bytes go to the server’s log in plans' },
  { name: 'debug_print_rewritten', wanted: 'off', why: 'sealed bytes go to the server’s log in plans' },
  { name: 'debug_print_parse', wanted: 'off', why: 'sealed bytes go to the server’s log in plans' },
  { name: 'pgaudit.log_parameter', wanted: 'off', why: 'sealed bytes go to the audit log' },
];

const PARAMETERS: Requirement = {
  name: 'log_parameter_max_length',
  wanted: '0',
  why: 'sealed bytes go to the server’s log with statements',
};

/** With these values no statement is logged that has parameters. */
const SILENT: ReadonlyArray<readonly [name: string, values: ReadonlyArray<string>]> = [
  ['log_statement', ['none', 'ddl']],
  ['log_min_duration_statement', ['-1']],
  ['log_min_duration_sample', ['-1']],
  ['log_transaction_sample_rate', ['0']],
];

/** The value where it is none of these. A setting that the server does not know is as good. */
const otherThan = (
  settings: ServerSettings,
  name: string,
  wanted: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const present = settings.get(name);
  return present === undefined || wanted.includes(present) ? [] : [present];
};

/** When a statement is logged at all; it is then with its parameters, unless their length is 0. */
const logsStatements = (settings: ServerSettings): boolean =>
  SILENT.some(([name, values]) => otherThan(settings, name, values).length > 0);

const unmet = (settings: ServerSettings, requirements: ReadonlyArray<Requirement>): ReadonlyArray<string> =>
  requirements.flatMap(({ name, wanted, why }) =>
    otherThan(settings, name, [wanted]).map(
      (present) => `set ${name} to ${wanted} (it is ${present}: ${why})`,
    ),
  );

/** What is to be set so that a shred can end. */
export const keepsOldBytes = (settings: ServerSettings): ReadonlyArray<string> => [
  ...unmet(settings, FOR_SHREDDING),
  ...FOR_SHREDDING.filter(({ name }) => settings.isOfSession(name)).map(
    ({ name, wanted }) =>
      `set ${name} to ${wanted} for the whole server, and not for the user or the database`,
  ),
];

/** What is to be set so that no sealed bytes go to the server's log. */
export const logsSealedBytes = (settings: ServerSettings): ReadonlyArray<string> =>
  unmet(settings, logsStatements(settings) ? [PARAMETERS, ...FOR_LOGGING] : FOR_LOGGING);
