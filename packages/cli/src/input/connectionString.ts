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
  // A line end comes along where a file or a secret store had the string.
  const connection = (text ?? variable ?? '').trim();
  if (text !== undefined && connection === '') {
    throw new UsageError(`${option} takes a connection string, such as ${example}.`);
  }
  return connection;
};

/** Before anything is parsed: a password with a `/`, `@` or `?` in it is one, though no URL has it in its place. */
const hasPassword = (url: string): boolean =>
  /^[^:]*:\/\/.*:.*@/s.test(url) || /[?&][^=&]*(?:password|%[0-9a-f]{2})[^=&]*=/i.test(url);

/** Every user of the machine can read what a command was started with. */
const refusePassword = (option: string, text: string | undefined, places: string): void => {
  if (text === undefined || !hasPassword(text)) return;
  throw new UsageError(
    `${option} has a password in it, and other users of this machine can read what a command was started ` +
      `with. It is not repeated here: put it into ${places}, and change it if others may have seen it.`,
  );
};

/**
 * Where the event store's server is reached. White space around it is no part of it. An empty variable counts as none;
 * an empty option is a mistake. A password is refused on the command line.
 *
 * @throws UsageError, which repeats nothing of what was given
 */
export const storeConnection = (
  text: string | undefined,
  variable: string | undefined,
): ConnectionString | null => {
  const connection = given('--store', STORE_EXAMPLE, text, variable);
  refusePassword('--store', text, 'KEYTURN_STORE, with the whole connection string');
  if (connection === '') return null;
  if (!/^(?:esdb|kurrentdb|kdb)(?:\+discover)?:\/\//i.test(connection)) {
    throw new UsageError(
      `--store, or KEYTURN_STORE, takes a connection string that begins with esdb://, such as ${STORE_EXAMPLE}.`,
    );
  }
  return () => connection;
};

/**
 * Where the vault's server is reached, by the same rules.
 *
 * @throws UsageError, which repeats nothing of what was given
 */
export const vaultConnection = (
  text: string | undefined,
  variable: string | undefined,
): ConnectionString | null => {
  const connection = given('--vault', VAULT_EXAMPLE, text, variable);
  if (connection === '') return null;
  refusePassword('--vault', text, 'KEYTURN_VAULT, PGPASSWORD or the file that PGPASSFILE names (~/.pgpass)');
  if (!/^postgres(?:ql)?:\/\//i.test(connection)) {
    throw new UsageError(
      `--vault, or KEYTURN_VAULT, takes a connection string that begins with postgres://, such as ${VAULT_EXAMPLE}.`,
    );
  }
  return () => connection;
};
