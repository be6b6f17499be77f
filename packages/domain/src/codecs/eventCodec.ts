import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import type { EnvelopedEvent } from '../envelope';
import { payloads, type KeyringEvent, type KeyringEventType } from '../events';
import { compileDecoder, compileEncoder, INVALID } from './compile';
import { UndecodableEvent, UnencodableEvent } from './errors';
import { explain } from './explain';
import { envelopeOf, storedMetadata, StoredMetadata } from './metadata';
import { unknownMembers } from './unknownMembers';
import { currentVersion, payloadReader, type PayloadReader, type Versioned } from './versions';

/** An event as JSON values, without its id: what an event store takes. */
export interface EncodedEvent {
  readonly type: KeyringEventType;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** A recorded event as an event store gives it. */
export interface StoredEvent {
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly stream: string;
  readonly revision: number;
}

const mapPayloads = <T>(make: (codec: t.Mixed) => T): { readonly [K in KeyringEventType]: T } => ({
  KeyAdded: make(payloads.KeyAdded),
  KeyAddAbandoned: make(payloads.KeyAddAbandoned),
  KeyTestCallStarted: make(payloads.KeyTestCallStarted),
  KeyValidated: make(payloads.KeyValidated),
  KeyValidationFailed: make(payloads.KeyValidationFailed),
  KeyValidationInconclusive: make(payloads.KeyValidationInconclusive),
  DefaultChanged: make(payloads.DefaultChanged),
  KeyRetired: make(payloads.KeyRetired),
  KeyHardDeleted: make(payloads.KeyHardDeleted),
  KeyReportedLeaked: make(payloads.KeyReportedLeaked),
  KeySecretDestroyed: make(payloads.KeySecretDestroyed),
  RunKeyPinned: make(payloads.RunKeyPinned),
  RunKeyResumed: make(payloads.RunKeyResumed),
  RunKeyReleased: make(payloads.RunKeyReleased),
});

const firstVersion = (codec: t.Mixed): Versioned => ({ codec, upcasters: [] });

/** Every event type's versions. A change of a payload that old events do not fit adds an upcaster to its type. */
const registry = mapPayloads(firstVersion);

const writers = mapPayloads(compileEncoder);

const readers: ReadonlyMap<string, PayloadReader> = new Map(
  Object.entries(registry).map(([type, versioned]) => [type, payloadReader(versioned)]),
);

const decodeMetadata = compileDecoder(StoredMetadata);
const encodeMetadata = compileEncoder(StoredMetadata);

/** The slow way through an event that can't be stored, to say why. */
const whyNot = (codec: t.Mixed, data: unknown, metadata: unknown): string => {
  if (!codec.is(data)) return 'its data does not fit its schema';
  if (!StoredMetadata.is(metadata)) return 'its envelope does not fit the schema';
  const unknown = [
    ...unknownMembers(codec, data, 'data'),
    ...unknownMembers(StoredMetadata, metadata, 'metadata'),
  ];
  return `its schema does not know ${unknown.slice(0, 3).join(', ')}`;
};

/**
 * Turns an event into JSON values. Exact: a member that the schema does not name is refused, so that nothing enters the
 * log unseen.
 */
export const encodeEvent = ({
  event,
  envelope,
}: EnvelopedEvent): E.Either<UnencodableEvent, EncodedEvent> => {
  const { type, data } = event;
  const stored = storedMetadata(envelope, currentVersion(registry[type]));
  const encoded = writers[type](data);
  const metadata = encodeMetadata(stored);
  return encoded === INVALID || metadata === INVALID
    ? E.left(new UnencodableEvent(type, whyNot(registry[type].codec, data, stored)))
    : E.right({ type, data: encoded, metadata });
};

/**
 * Reads a stored event. Tolerant: unknown members are dropped. What can't be read is an error that names the event,
 * never skipped.
 *
 * @example
 * pipe(store.readStream(stream, { direction: 'forwards', limit: 1000 }), TE.map((page) => page.events.map(decodeEvent)));
 */
export const decodeEvent = (stored: StoredEvent): E.Either<UndecodableEvent, EnvelopedEvent> => {
  const reader = readers.get(stored.type);
  if (reader === undefined) {
    return E.left(
      new UndecodableEvent(stored, 'unknown-type', 'this release does not know its type: upgrade'),
    );
  }
  const metadata = decodeMetadata(stored.metadata);
  if (metadata === INVALID) {
    const why = StoredMetadata.decode(stored.metadata);
    return E.left(
      new UndecodableEvent(stored, 'invalid-metadata', E.isLeft(why) ? explain(why.left) : 'it does not fit'),
    );
  }
  const envelope = metadata as StoredMetadata;
  const data = reader(envelope.schemaVersion, stored.data);
  if (E.isLeft(data)) return E.left(new UndecodableEvent(stored, data.left.why, data.left.detail));
  const event = { type: stored.type, data: data.right } as KeyringEvent;
  return E.right({ event, envelope: envelopeOf(envelope) });
};
