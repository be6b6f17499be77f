import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { compileDecoder, INVALID } from './compile';
import { explain } from './explain';

/** Lifts a stored payload from one schema version to the next. It gets JSON, and says what is wrong if it can't. */
type Upcaster = (data: unknown) => E.Either<string, unknown>;

/** An event type's payload: the codec of its current version, and the way to it from every older one. */
export interface Versioned<C extends t.Mixed = t.Mixed> {
  readonly codec: C;
  /** The first lifts version 1 to 2, the next 2 to 3, and so on: the current version is one more than there are. */
  readonly upcasters: ReadonlyArray<Upcaster>;
}

/** Why a stored payload can't be read. */
export interface Unreadable {
  readonly why: 'newer-schema-version' | 'upcast-failed' | 'invalid-data';
  readonly detail: string;
}

/** The schema version that is written today. */
export const currentVersion = ({ upcasters }: Versioned): number => upcasters.length + 1;

/** Reads a payload of any version up to the current one. */
export type PayloadReader = (version: number, data: unknown) => E.Either<Unreadable, unknown>;

const upcast = ({ upcasters }: Versioned, version: number, data: unknown): E.Either<Unreadable, unknown> => {
  let lifted: E.Either<string, unknown> = E.right(data);
  for (const upcaster of upcasters.slice(version - 1)) lifted = E.chain(upcaster)(lifted);
  return E.mapLeft((detail: string): Unreadable => ({ why: 'upcast-failed', detail }))(lifted);
};

const explained = ({ codec }: Versioned, data: unknown): Unreadable => {
  const decoded = codec.decode(data);
  return { why: 'invalid-data', detail: E.isLeft(decoded) ? explain(decoded.left) : 'it does not fit' };
};

/** Compiles a payload's reader. Reading the current version is the common case and costs no detour. */
export const payloadReader = (versioned: Versioned): PayloadReader => {
  const decode = compileDecoder(versioned.codec);
  const current = currentVersion(versioned);
  const read = (data: unknown): E.Either<Unreadable, unknown> => {
    const value = decode(data);
    return value === INVALID ? E.left(explained(versioned, data)) : E.right(value);
  };
  return (version, data) => {
    if (version === current) return read(data);
    if (version > current) {
      return E.left({
        why: 'newer-schema-version',
        detail: `its schema version ${version} is newer than ${current}, the newest that this release knows: upgrade`,
      });
    }
    return E.chain(read)(upcast(versioned, version, data));
  };
};
