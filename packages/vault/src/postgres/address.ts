import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type * as TE from 'fp-ts/TaskEither';
import { VaultFault } from '../faults';
import { errnoOf } from '../fileFaults';
import { guarded } from '../guarded';
import type { PostgresPlace } from '../place';

/** Where a database is and how it is reached. It has no password, so that it may be printed. */
export interface Address {
  /** A name, an address, or the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Left to the environment when it is undefined, as the password is when the string has none. */
  readonly user: string | undefined;
  readonly hasPassword: boolean;
  readonly tls: false | ConnectionOptions;
}

const DEFAULT_PORT = 5432;

/** What may stand behind the question mark. Anything else could take back what the vault asks of its sessions. */
const PARAMETERS = ['host', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'] as const;

/** Never quotes the string, nor a piece of it: an unescaped `@`, `/` or `?` puts part of the password anywhere. */
const refused = (why: string): VaultFault =>
  new VaultFault(
    'unavailable',
    `the vault's connection string ${why}: give one like postgres://user@host:5432/database?sslmode=verify-full`,
  );

const isLocal = (host: string): boolean =>
  host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.[0-9]{1,3}){3}$/.test(host);

const fileOf = (name: string, path: string | null): Buffer | undefined => {
  if (path === null) return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    throw refused(`names a file as ${name} that can't be read (${errnoOf(error)})`);
  }
};

/**
 * The certificate and its name are checked whenever TLS is spoken: less would let anyone in between read the password.
 */
const tlsOf = (host: string, parameters: URLSearchParams): false | ConnectionOptions => {
  const mode = parameters.get('sslmode') ?? (isLocal(host) ? 'disable' : 'verify-full');
  switch (mode) {
    case 'disable':
      return false;
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      if (host.startsWith('/')) throw refused('asks for TLS on a Unix socket, which has none');
      return {
        rejectUnauthorized: true,
        ca: fileOf('sslrootcert', parameters.get('sslrootcert')),
        cert: fileOf('sslcert', parameters.get('sslcert')),
        key: fileOf('sslkey', parameters.get('sslkey')),
      };
    default:
      throw refused('has another sslmode than disable, require, verify-ca or verify-full');
  }
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused('has a % that begins no escape');
  }
};

/** `user@/database?host=/run/postgresql` is no URL, but usual. */
const urlOf = (given: string): URL => {
  const text = given.trim();
  if (!/^postgres(ql)?:\/\//i.test(text)) throw refused('does not begin with postgres:// or postgresql://');
  if (/[#\s]/.test(text)) throw refused('has a # or a space: write them as %23 and %20');
  for (const form of [text, text.replace('@/', '@localhost/')]) {
    if (URL.canParse(form)) return new URL(form);
  }
  throw refused('is no URL: write @ : / ? # and % in a password as %40 %3A %2F %3F %23 and %25');
};

const parse = (text: string): Address => {
  const url = urlOf(text);
  const { searchParams: parameters } = url;
  const known: ReadonlyArray<string> = PARAMETERS;
  const names = [...parameters.keys()];
  if (names.some((name) => !known.includes(name)) || new Set(names).size < names.length)
    throw refused(`has a parameter twice, or another than ${PARAMETERS.join(', ')}`);
  const host =
    parameters.get('host') ??
    (decoded(url.hostname).replace(/^\[(.*)\]$/, '$1') || process.env['PGHOST'] || 'localhost');
  const database = decoded(url.pathname.slice(1));
  if (/[/@]/.test(url.pathname.slice(1)) || host.includes(',') || host === '')
    throw refused('is not that of one host and one database');
  if (database === '') throw refused('names no database');
  return {
    host,
    port: Number(url.port || process.env['PGPORT'] || DEFAULT_PORT),
    database,
    user: decoded(url.username) || undefined,
    hasPassword: decoded(url.password) !== '',
    tls: tlsOf(host, parameters),
  };
};

const textOf = ({ postgres }: PostgresPlace): string => {
  try {
    return postgres();
  } catch {
    throw refused('could not be had');
  }
};

/** Reads the connection string. Faults have nothing of it in them. */
export const addressAt = (place: PostgresPlace): TE.TaskEither<VaultFault, Address> =>
  guarded(() => parse(textOf(place)));

/** The password in a connection string that {@link addressAt} reads. */
export const passwordAt = (place: PostgresPlace): string => decoded(urlOf(textOf(place)).password);

/** Names a database in a fault. */
export const nameOf = ({ host, port, database }: Address): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
