import { oneOf, optional, text } from '../input/flags';
import { UsageError } from '../problems';
import type { Settings } from '../settings';
import { checkEnvName } from './envName';
import type { CommandToRun, SecretVia } from './runCommand';

const EXEC = '--exec <command>';
const ENV_NAME = '--env-name <name>';
const SECRET_VIA = '--secret-via <way>';

export const execFlags = {
  exec: optional(
    EXEC,
    'run this with /bin/sh, hand it the secret, and finish the run as it ends',
    text(EXEC),
  ),
  envName: optional(ENV_NAME, 'the variable that --exec finds the secret in', text(ENV_NAME)),
  secretVia: optional(
    SECRET_VIA,
    'env (when left out), stdin, or fd: file descriptor 3',
    oneOf(SECRET_VIA, ['env', 'stdin', 'fd']),
  ),
} as const;

/** About `--exec`, for the help of the commands that take it. */
export const EXEC_DETAILS: ReadonlyArray<string> = [
  'With --exec the run is finished as succeeded when the command ends with status 0, else as failed, and its',
  'status is passed on: 1 to 3 as 11 to 13, a signal as 128 and its number. The command gets PATH, HOME, LANG,',
  'LC_*, TERM, TZ, TMPDIR, USER, LOGNAME and the secret, and nothing else of the environment. Whoever may trace',
  'a process can read its environment: --secret-via stdin or fd hands the secret over in a pipe.',
];

interface ExecGiven {
  readonly exec: string | undefined;
  readonly envName: string | undefined;
  readonly secretVia: 'env' | 'stdin' | 'fd' | undefined;
}

const viaOf = ({ envName, secretVia = 'env' }: ExecGiven): SecretVia => {
  if (secretVia !== 'env') {
    if (envName !== undefined)
      throw new UsageError(`--env-name is for --secret-via env, not for ${secretVia}.`);
    return { kind: secretVia };
  }
  if (envName === undefined)
    throw new UsageError('--exec needs --env-name: the variable that the secret goes into.');
  return { kind: 'env', name: checkEnvName(envName) };
};

/** The command to run, or null without `--exec`. @throws UsageError */
export const commandToRun = (given: ExecGiven, { json }: Pick<Settings, 'json'>): CommandToRun | null => {
  if (given.exec === undefined) {
    if (given.envName === undefined && given.secretVia === undefined) return null;
    throw new UsageError('--env-name and --secret-via are for --exec.');
  }
  return { command: given.exec, via: viaOf(given), stdoutToStderr: json };
};
