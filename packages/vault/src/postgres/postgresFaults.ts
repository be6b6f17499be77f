import { VaultFault, type VaultFaultCode } from '../faults';
import { errnoOf } from '../fileFaults';

type Meaning = readonly [beginning: string, code: VaultFaultCode, next: string];

const NOT_A_VAULT = 'the tables are not those of a vault: restore the database from a backup';

/** By the beginning of SQLSTATE (PostgreSQL's appendix A); the first that fits counts. */
const BY_SQLSTATE: ReadonlyArray<Meaning> = [
  ['28', 'unavailable', 'the server does not let this user in: see to user, password and pg_hba.conf'],
  ['3D000', 'not-initialised', 'there is no such database: make it, or name the right one'],
  ['42501', 'not-writable', "see to the user's permissions on the database and the schema keyturn_vault"],
  ['25006', 'not-writable', 'the database is read-only: name the primary server, and let the user write'],
  ['53100', 'not-writable', "free some space on the server's disk, then try again"],
  ['53300', 'unavailable', 'the server has no connection left: try again, or raise max_connections'],
  ['53', 'unavailable', 'the server is short of something: see its log, then try again'],
  ['55P03', 'unavailable', 'another process uses the vault: try again'],
  ['57014', 'unavailable', 'the server took too long: try again'],
  ['57', 'unavailable', 'the server is starting or shutting down: try again'],
  ['40', 'unavailable', 'another process changed the same rows: try again'],
  ['25', 'unavailable', 'the server ended the transaction: try again'],
  ['08P01', 'unavailable', 'the server was not understood: connect to PostgreSQL itself, not to a pooler'],
  ['08', 'unavailable', 'the connection failed: try again'],
  ['58', 'unavailable', "the server's disk failed to read or write: see to it, then try again"],
  ['XX001', 'tampered', 'the database is damaged: restore it from a backup'],
  ['XX002', 'tampered', 'an index of the database is damaged: restore it from a backup, or REINDEX'],
  // Every statement is fixed, and so are the types of its values.
  ['42', 'tampered', NOT_A_VAULT],
  ['3F', 'tampered', NOT_A_VAULT],
  ['23', 'tampered', NOT_A_VAULT],
  ['22', 'tampered', NOT_A_VAULT],
];

/** What Node's sockets and TLS say, by the beginning of the error's code. */
const BY_ERRNO: ReadonlyArray<Meaning> = [
  ['ECONNREFUSED', 'unavailable', 'no server answers there: start it, or name the right host and port'],
  ['ENOENT', 'unavailable', 'no server answers there: start it, or name the right directory and port'],
  ['ENOTFOUND', 'unavailable', 'the host is not known: name the right one'],
  ['EAI_', 'unavailable', 'the host could not be looked up: try again, or name the right one'],
  ['ERR_TLS_CERT_ALTNAME', 'unavailable', "the server's certificate is of another name: give the name in it"],
  ['CERT_', 'unavailable', "the server's certificate is not valid: see to it"],
  ['DEPTH_ZERO', 'unavailable', "the server's certificate is not trusted: name its authority by sslrootcert"],
  [
    'SELF_SIGNED',
    'unavailable',
    "the server's certificate is not trusted: name its authority by sslrootcert",
  ],
  ['UNABLE_TO', 'unavailable', "the server's certificate is not trusted: name its authority by sslrootcert"],
  ['ERR_SSL', 'unavailable', 'TLS failed: see to both sides'],
  ['EPROTO', 'unavailable', 'TLS failed: see to both sides'],
];

/** What the driver itself says; it has no codes. */
const BY_MESSAGE: ReadonlyArray<Meaning> = [
  ['The server does not support SSL', 'unavailable', 'the server speaks no TLS: turn it on there'],
  ['There was an error establishing an SSL', 'unavailable', 'TLS failed: see to both sides'],
  ['SASL', 'unavailable', 'no password that the server takes: see to user and password'],
  ['timeout exceeded when trying to connect', 'unavailable', 'all connections are in use: try again'],
  ['Connection terminated due to connection timeout', 'unavailable', 'the server does not answer: try again'],
  ['timeout expired', 'unavailable', 'the server does not answer: try again'],
  ['Query read timeout', 'unavailable', 'the server does not answer: try again'],
  ['Cannot use a pool after', 'unavailable', 'the vault was closed: open it again'],
];

interface Advice {
  readonly code: VaultFaultCode;
  readonly next: string;
}

const UNKNOWN: Advice = { code: 'unavailable', next: 'try again' };

const found = (meanings: ReadonlyArray<Meaning>, text: string): Advice => {
  const meaning = meanings.find(([beginning]) => text.startsWith(beginning));
  return meaning === undefined ? UNKNOWN : { code: meaning[1], next: meaning[2] };
};

/** By shape: another copy of the driver has error classes of its own. */
const isFromServer = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'severity' in error && errnoOf(error)?.length === 5;

/** The server's SQLSTATE; null for what is not the server's error. */
export const sqlstateOf = (error: unknown): string | null => (isFromServer(error) ? errnoOf(error) : null);

const meaningOf = (error: unknown): readonly [said: string, advice: Advice] => {
  const sqlstate = sqlstateOf(error);
  if (sqlstate !== null) return [`SQLSTATE ${sqlstate}`, found(BY_SQLSTATE, sqlstate)];
  const errno = errnoOf(error);
  if (errno !== null) return [errno, found(BY_ERRNO, errno)];
  return ['connection failed', found(BY_MESSAGE, error instanceof Error ? error.message : String(error))];
};

/**
 * The one place where what the server and the driver throw becomes faults. It keeps none of their errors as a cause:
 * the server quotes values and whole rows in them, and the driver may hold its settings.
 */
export const fromPostgres = (error: unknown, database: string): VaultFault => {
  if (error instanceof VaultFault) return error;
  const [said, { code, next }] = meaningOf(error);
  return new VaultFault(code, `${database}: ${said}: ${next}`);
};
