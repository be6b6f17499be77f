import { StoreFault } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Where a server is, and how to talk to it. Durations are milliseconds. */
export interface ConnectionSettings {
  /** One host that is asked for the cluster, or several of its nodes, or the one node. */
  readonly endpoints: ReadonlyArray<Endpoint>;
  readonly discover: boolean;
  /** Not sent without TLS. A function, so that what prints its settings does not print a password. */
  readonly credentials: () => Credentials | null;
  readonly tls: boolean;
  readonly tlsCAFile: string | null;
  readonly userCertFile: string | null;
  readonly userKeyFile: string | null;
  /** For one append, and for the client's own calls. */
  readonly defaultDeadline: number;
  readonly maxDiscoverAttempts: number;
  readonly discoveryInterval: number;
  readonly gossipTimeout: number;
  readonly keepAliveInterval: number;
  readonly keepAliveTimeout: number;
  readonly connectionName: string | null;
}

const DEFAULT_PORT = 2113;
const FORM = 'esdb://user:password@host:2113?tls=true, or esdb+discover:// for a cluster';
const SCHEMES = new Map([
  ['esdb', false],
  ['esdb+discover', true],
  ['kurrentdb', false],
  ['kurrentdb+discover', true],
]);

/** The longest that a timer of Node can wait. */
const LONGEST_MS = 2_147_483_647;
/** Below this the client complains on the console. */
const SHORTEST_KEEP_ALIVE_MS = 10_000;

// Nothing that was given is ever repeated: wherever a password was written wrongly, a part of it could be anywhere.
const invalid = (message: string) =>
  E.left(new StoreFault('invalid-argument', `The connection string ${message}. Its form: ${FORM}.`));

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

const endpointOf = (host: string): Endpoint | null => {
  const match = /^(?<address>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?<port>\d{1,5}))?$/.exec(host);
  const address = match?.groups?.['address'];
  const port = Number(match?.groups?.['port'] ?? DEFAULT_PORT);
  return address === undefined || port < 1 || port > 65_535 ? null : { address, port };
};

const credentialsOf = (userInfo: string): Credentials | null => {
  const colon = userInfo.indexOf(':');
  const username = decode(userInfo.slice(0, colon));
  const password = decode(userInfo.slice(colon + 1));
  return colon < 1 || username === null || password === null ? null : { username, password };
};

type Reader<A> = (value: string) => A | null;

const flag: Reader<boolean> = (value) =>
  value.toLowerCase() === 'true' ? true : value.toLowerCase() === 'false' ? false : null;
const text: Reader<string> = (value) => (value === '' ? null : value);
/** It goes into a header of every call. */
const name: Reader<string> = (value) =>
  /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) ? value : null;
const whole =
  (least: number): Reader<number> =>
  (value) =>
    /^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= LONGEST_MS ? Number(value) : null;
const keepAlive: Reader<number> = (value) => (value === '-1' ? -1 : whole(SHORTEST_KEEP_ALIVE_MS)(value));

interface Option {
  readonly read: Reader<boolean | number | string>;
  readonly rule: string;
}

const MS = 'a number of milliseconds';
const FILE = 'the path of a file';

/** The client's options that a keyring's store can use. Names are compared without case, as the client does. */
const OPTIONS: Readonly<Record<string, Option>> = {
  tls: { read: flag, rule: 'true or false' },
  tlsCAFile: { read: text, rule: FILE },
  userCertFile: { read: text, rule: FILE },
  userKeyFile: { read: text, rule: FILE },
  defaultDeadline: { read: whole(1), rule: MS },
  maxDiscoverAttempts: { read: whole(1), rule: 'a number' },
  discoveryInterval: { read: whole(1), rule: MS },
  gossipTimeout: { read: whole(1), rule: 'a number of seconds' },
  keepAliveInterval: { read: keepAlive, rule: `${MS} from ${SHORTEST_KEEP_ALIVE_MS}, or -1` },
  keepAliveTimeout: { read: keepAlive, rule: `${MS} from ${SHORTEST_KEEP_ALIVE_MS}, or -1` },
  connectionName: { read: name, rule: 'a name of ASCII characters' },
  tlsVerifyCert: {
    read: (value) => (flag(value) === true ? true : null),
    rule: 'true: for a server with a certificate of its own, give tlsCAFile',
  },
  nodePreference: {
    read: (value) => (value.toLowerCase() === 'leader' ? value : null),
    rule: 'leader: commands read what they wrote',
  },
};

const NAMES = new Map(Object.keys(OPTIONS).map((name) => [name.toLowerCase(), name]));

type Values = ReadonlyMap<string, boolean | number | string>;

const optionsOf = (query: string): E.Either<StoreFault, Values> => {
  const values = new Map<string, boolean | number | string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const equals = pair.indexOf('=');
    const name = NAMES.get(pair.slice(0, Math.max(0, equals)).toLowerCase());
    const option = name === undefined ? undefined : OPTIONS[name];
    if (name === undefined || option === undefined) {
      return invalid(`has an option that is none of ${Object.keys(OPTIONS).join(', ')}`);
    }
    if (values.has(name)) return invalid(`has ${name} twice`);
    const given = decode(pair.slice(equals + 1));
    const value = given === null ? null : option.read(given);
    if (value === null) return invalid(`needs ${name} to be ${option.rule}`);
    values.set(name, value);
  }
  return E.right(values);
};

const numberIn = (values: Values, name: string, otherwise: number): number => {
  const value = values.get(name);
  return typeof value === 'number' ? value : otherwise;
};

const textIn = (values: Values, name: string): string | null => {
  const value = values.get(name);
  return typeof value === 'string' ? value : null;
};

/**
 * Reads a connection string, as EventStoreDB's own clients take it: `esdb://`, or `esdb+discover://` for a cluster that is
 * found by gossip; KurrentDB's `kurrentdb://` means the same. Faults with `invalid-argument`, and repeats nothing of the
 * text. User and password are percent-encoded where they hold `:`, `@`, `/`, `?` or `%`.
 *
 * @example
 * parseConnectionString('esdb://localhost:2113?tls=false');
 */
export const parseConnectionString = (connectionString: string): E.Either<StoreFault, ConnectionSettings> => {
  const match = /^(?<scheme>[a-z+]+):\/\/(?<authority>[^/?]*)\/?(?:\?(?<query>.*))?$/is.exec(
    connectionString.trim(),
  );
  const discover = SCHEMES.get(match?.groups?.['scheme']?.toLowerCase() ?? '');
  if (match === null || discover === undefined) {
    return invalid('does not begin with esdb:// or esdb+discover://, or goes on after its hosts');
  }
  const authority = match.groups?.['authority'] ?? '';
  const at = authority.lastIndexOf('@');
  const credentials = at < 0 ? null : credentialsOf(authority.slice(0, at));
  if (at >= 0 && credentials === null) {
    return invalid('has no user:password before its @, percent-encoded');
  }
  const endpoints: Endpoint[] = [];
  for (const host of authority.slice(at + 1).split(',')) {
    const endpoint = endpointOf(host);
    if (endpoint === null) return invalid('has a host that is no name or address with a port');
    endpoints.push(endpoint);
  }
  if (discover && endpoints.length > 1) {
    return invalid('names several hosts to discover a cluster by: name one, or use esdb:// with its nodes');
  }
  const options = optionsOf(match.groups?.['query'] ?? '');
  if (E.isLeft(options)) return options;
  const values = options.right;
  const tls = values.get('tls') !== false;
  const [userCertFile, userKeyFile] = [textIn(values, 'userCertFile'), textIn(values, 'userKeyFile')];
  if ((userCertFile === null) !== (userKeyFile === null)) {
    return invalid('needs userCertFile and userKeyFile together');
  }
  return E.right({
    endpoints,
    discover,
    credentials: () => credentials,
    tls,
    tlsCAFile: textIn(values, 'tlsCAFile'),
    userCertFile,
    userKeyFile,
    defaultDeadline: numberIn(values, 'defaultDeadline', 10_000),
    maxDiscoverAttempts: numberIn(values, 'maxDiscoverAttempts', 10),
    discoveryInterval: numberIn(values, 'discoveryInterval', 500),
    gossipTimeout: numberIn(values, 'gossipTimeout', 5),
    keepAliveInterval: numberIn(values, 'keepAliveInterval', 10_000),
    keepAliveTimeout: numberIn(values, 'keepAliveTimeout', 10_000),
    connectionName: textIn(values, 'connectionName'),
  });
};
