import { UsageError } from '../problems';

/** Gives a connection string. A function, since it may hold a password: what prints its settings does not print it. */
export type ConnectionString = () => string;

const STORE_EXAMPLE = 'esdb://127.0.0.1:2113?tls=false';
const VAULT_EXAMPLE = 'postgres://keyturn@127.0.0.1:5432/keyturn';

const given = (
  option: string,
  example: string,
  text: string | undefined,
  variable: string | undefined,
): string => {
  if (text === '') throw new UsageError(`${option} takes a connection string, such as ${example}.`);
  return text ?? variable ?? '';
};

/** An empty variable counts as none; an empty option is a mistake. Neither is repeated in an error. */
export const storeConnection = (
  text: string | undefined,
  variable: string | undefined,
): ConnectionString | null => {
  const connection = given('--store', STORE_EXAMPLE, text, variable);
  return connection === '' ? null : () => connection;
};

/** Before anything is parsed: a password with a `/`, `@` or `?` in it is one, though no URL has it in its place. */
const hasPassword = (url: string): boolean =>
  /^[^:]*:\/\/.*:.*@/s.test(url) || /[?&][^=&]*(?:password|%[0-9a-f]{2})[^=&]*=/i.test(url);

/**
 * Where the vault's server is reached. A password is refused on the command line, which every user of the machine can read.
 *
 * @throws UsageError, which repeats nothing of what was given
 */
export const vaultConnection = (
  text: string | undefined,
  variable: string | undefined,
): ConnectionString | null => {
  const connection = given('--vault', VAULT_EXAMPLE, text, variable);
  if (connection === '') return null;
  if (text !== undefined && hasPassword(text)) {
    throw new UsageError(
      '--vault has a password in it, and other users of this machine can read what a command was started with. It is not repeated here: put it into KEYTURN_VAULT, PGPASSWORD or the file that PGPASSFILE names (~/.pgpass), and change it if others may have seen it.',
    );
  }
  if (!/^postgres(?:ql)?:\/\//.test(connection)) {
    throw new UsageError(
      `--vault, or KEYTURN_VAULT, takes a connection string that begins with postgres://, such as ${VAULT_EXAMPLE}.`,
    );
  }
  return () => connection;
};
