import { resolve } from 'node:path';
import type { OnProgress } from '../progress';
import { dataDirectoryAt, type DataDirectory } from './dataDirectory';
import { SetupFault } from './setupFault';

/** A connection string. As a function it stays out of whatever prints its options: it may hold a password. */
export type ConnectionString = string | (() => string);

/** Where the parts of a deployment lie. */
export interface PlaceOptions {
  /** A folder for what lies on no server: events, vault, and this machine's read models. */
  readonly directory?: string;
  /** An EventStoreDB or KurrentDB that has the events: `esdb://…`. */
  readonly eventStore?: ConnectionString;
  /** A PostgreSQL database that has the vault: `postgres://…`. */
  readonly vault?: ConnectionString;
  /** The SQLite file of this machine's read models; in the directory when left out. */
  readonly readModels?: string;
  /**
   * The SQLite file of the attempts that this machine refused; in the directory when left out, else beside the read
   * models, with their name and `.refusals`.
   */
  readonly refusals?: string;
  /** Called with what takes longer than a moment. */
  readonly onProgress?: OnProgress;
}

/** The same, checked. */
export interface Place {
  /** Null where everything lies on servers. */
  readonly data: DataDirectory | null;
  /** Null where the events lie in the directory. */
  readonly store: (() => string) | null;
  /** Null where the vault lies in the directory. */
  readonly vault: (() => string) | null;
  readonly readModels: string;
  readonly refusals: string;
  readonly onProgress: OnProgress | undefined;
}

const connection = (
  option: 'eventStore' | 'vault',
  schemes: RegExp,
  example: string,
  given: ConnectionString | undefined,
): (() => string) | null => {
  if (given === undefined) return null;
  const text = typeof given === 'string' ? given : given();
  if (schemes.test(text)) return () => text;
  throw new SetupFault('bad-option', `The option ${option} takes a connection string such as ${example}.`);
};

/**
 * What is read alone needs no vault.
 *
 * @throws SetupFault `bad-option`
 */
export const placeOf = (options: PlaceOptions, { toRead = false } = {}): Place => {
  const store = connection(
    'eventStore',
    /^(?:esdb|kurrentdb|kdb)(?:\+discover)?:\/\//,
    'esdb://127.0.0.1:2113?tls=false',
    options.eventStore,
  );
  const vault = connection(
    'vault',
    /^postgres(?:ql)?:\/\//,
    'postgres://keyturn@127.0.0.1:5432/keyturn',
    options.vault,
  );
  const data = options.directory === undefined ? null : dataDirectoryAt(resolve(options.directory));
  const readModels = options.readModels === undefined ? data?.readModels : resolve(options.readModels);
  if (readModels === undefined || (data === null && (store === null || (vault === null && !toRead)))) {
    throw new SetupFault(
      'bad-option',
      'Say where the parts lie: a directory, or all three of eventStore, vault and readModels.',
    );
  }
  const beside = data?.refusals ?? `${readModels}.refusals`;
  const refusals = options.refusals === undefined ? beside : resolve(options.refusals);
  return { data, store, vault, readModels, refusals, onProgress: options.onProgress };
};
