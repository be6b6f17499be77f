import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import type { EnvelopedEvent } from '../envelope';
import { keyringStream } from '../stream';
import { payloads, type KeyringEvent, type KeyringEventType } from '../events';
import { compileDecoder, compileEncoder, INVALID } from './compile';
import { UndecodableEvent, UnencodableEvent } from './errors';
import { explain } from './explain';
import { hasHalfSurrogate, NOT_OUR_JSON, parseOurJson } from './json';
import { isRecord } from './structure';
import { envelopeOf, storedMetadata, StoredMetadata } from './metadata';
import { unknownMembers } from './unknownMembers';
import { currentVersion, payloadReader, type PayloadReader, type Versioned } from './versions';

/** An event as JSON texts, without its id: what an event store takes. */
export interface EncodedEvent {
  readonly type: KeyringEventType;
  readonly data: string;
  readonly metadata: string;
}

/** A recorded event as an event store gives it. */
export interface StoredEvent {
  readonly type: string;
  /** JSON text. */
  readonly data: string;
  /** JSON text. */
  readonly metadata: string;
  readonly stream: string;
  readonly revision: number;
}

/** A type whose payload never changed. */
const firstVersion = <C extends t.Mixed>(codec: C): Versioned<C> => ({ codec, upcasters: [] });

const NO_MEMBERS = 'version 1 is an object with members';

/** Before keys could have an expiry. */
const keyAdded: Versioned<typeof payloads.KeyAdded> = {
  codec: payloads.KeyAdded,
  upcasters: [(data) => (isRecord(data) ? E.right({ ...data, expiresAt: null }) : E.left(NO_MEMBERS))],
};

/** Before a report said who noticed what, and since when. */
const keyReportedLeaked: Versioned<typeof payloads.KeyReportedLeaked> = {
  codec: payloads.KeyReportedLeaked,
  upcasters: [
    (data) =>
      isRecord(data)
        ? E.right({
            ...data,
            reportedBy: null,
            suspectedSince: null,
            source: null,
            usedElsewhere: 'unknown',
            stranger: 'unknown',
          })
        : E.left(NO_MEMBERS),
  ],
};

/** Before kill checks had an event of their own. What this one had of them is not read any more. */
const keySecretDestroyed: Versioned<typeof payloads.KeySecretDestroyed> = {
  codec: payloads.KeySecretDestroyed,
  upcasters: [(data) => (isRecord(data) ? E.right(data) : E.left(NO_MEMBERS))],
};

/** Every event type's versions. A change of a payload that old events do not fit adds an upcaster to its type. */
const versions: { readonly [T in KeyringEventType]: Versioned<(typeof payloads)[T]> } = {
  KeyAdded: keyAdded,
  KeyRelabelled: firstVersion(payloads.KeyRelabelled),
  KeyExpiryChanged: firstVersion(payloads.KeyExpiryChanged),
  KeyAddAbandoned: firstVersion(payloads.KeyAddAbandoned),
  KeyTestCallStarted: firstVersion(payloads.KeyTestCallStarted),
  KeyValidated: firstVersion(payloads.KeyValidated),
  KeyValidationFailed: firstVersion(payloads.KeyValidationFailed),
  KeyValidationInconclusive: firstVersion(payloads.KeyValidationInconclusive),
  DefaultChanged: firstVersion(payloads.DefaultChanged),
  KeyRetired: firstVersion(payloads.KeyRetired),
  KeyHardDeleted: firstVersion(payloads.KeyHardDeleted),
  KeyReportedLeaked: keyReportedLeaked,
  KeyLeakReportWithdrawn: firstVersion(payloads.KeyLeakReportWithdrawn),
  KeySuspended: firstVersion(payloads.KeySuspended),
  KeyReinstated: firstVersion(payloads.KeyReinstated),
  KeyKillChecked: firstVersion(payloads.KeyKillChecked),
  KeyRevocationRecorded: firstVersion(payloads.KeyRevocationRecorded),
  LeakReviewed: firstVersion(payloads.LeakReviewed),
  LeakCaseClosed: firstVersion(payloads.LeakCaseClosed),
  KeySecretDestroyed: keySecretDestroyed,
  RunKeyPinned: firstVersion(payloads.RunKeyPinned),
  RunKeyResumed: firstVersion(payloads.RunKeyResumed),
  RunKeyReleased: firstVersion(payloads.RunKeyReleased),
  LogKeyRenewed: firstVersion(payloads.LogKeyRenewed),
  LogRestored: firstVersion(payloads.LogRestored),
  EventsDisowned: firstVersion(payloads.EventsDisowned),
  WorkspaceClosed: firstVersion(payloads.WorkspaceClosed),
};

/** One type's writer and reader. */
interface Carrier {
  readonly versioned: Versioned;
  readonly write: (data: unknown) => unknown;
  readonly read: PayloadReader;
}

const carriers: ReadonlyMap<string, Carrier> = new Map(
  Object.entries(versions).map(([type, versioned]) => [
    type,
    { versioned, write: compileEncoder(versioned.codec), read: payloadReader(versioned) },
  ]),
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
 * Turns an event into JSON texts. Exact: a member that the schema does not name is refused, so that nothing enters the
 * log unseen.
 */
export const encodeEvent = ({
  event,
  envelope,
}: EnvelopedEvent): E.Either<UnencodableEvent, EncodedEvent> => {
  const { type, data } = event;
  const carrier = carriers.get(type);
  if (carrier === undefined) return E.left(new UnencodableEvent(type, 'this release does not know its type'));
  const { versioned, write } = carrier;
  const stored = storedMetadata(envelope, currentVersion(versioned));
  const encoded = write(data);
  const metadata = encodeMetadata(stored);
  if (encoded === INVALID || metadata === INVALID) {
    return E.left(new UnencodableEvent(type, whyNot(versioned.codec, data, stored)));
  }
  const texts = { data: JSON.stringify(encoded), metadata: JSON.stringify(metadata) };
  return hasHalfSurrogate(texts.data) || hasHalfSurrogate(texts.metadata)
    ? E.left(new UnencodableEvent(type, 'a text in it has half a surrogate pair'))
    : E.right({ type, ...texts });
};

const NOT_JSON_AS_WRITTEN = 'no JSON text as it was written: something else than Keyturn wrote or changed it';

const whyNotMetadata = (json: unknown): string => {
  if (json === NOT_OUR_JSON) return `its metadata is ${NOT_JSON_AS_WRITTEN}`;
  const why = StoredMetadata.decode(json);
  return E.isLeft(why) ? explain(why.left) : 'its metadata does not fit';
};

/**
 * Reads a stored event. Tolerant: unknown members are dropped. What can't be read is an error that names the event,
 * never skipped. So is text with a member twice or with half a surrogate pair, and an event that names another
 * workspace than its stream does.
 *
 * @example
 * const read = stored.map(decodeEvent);
 */
export const decodeEvent = (stored: StoredEvent): E.Either<UndecodableEvent, EnvelopedEvent> => {
  const carrier = carriers.get(stored.type);
  if (carrier === undefined) {
    return E.left(
      new UndecodableEvent(stored, 'unknown-type', 'this release does not know its type: upgrade'),
    );
  }
  const json = parseOurJson(stored.metadata);
  const metadata = json === NOT_OUR_JSON ? INVALID : decodeMetadata(json);
  if (metadata === INVALID) {
    return E.left(new UndecodableEvent(stored, 'invalid-metadata', whyNotMetadata(json)));
  }
  const envelope = metadata as StoredMetadata;
  if (stored.stream !== keyringStream(envelope.workspaceId)) {
    return E.left(
      new UndecodableEvent(stored, 'wrong-stream', `it is an event of workspace ${envelope.workspaceId}`),
    );
  }
  const payload = parseOurJson(stored.data);
  if (payload === NOT_OUR_JSON) {
    return E.left(new UndecodableEvent(stored, 'invalid-data', `its data is ${NOT_JSON_AS_WRITTEN}`));
  }
  const data = carrier.read(envelope.schemaVersion, payload);
  if (E.isLeft(data)) return E.left(new UndecodableEvent(stored, data.left.why, data.left.detail));
  const event = { type: stored.type, data: data.right } as KeyringEvent;
  return E.right({ event, envelope: envelopeOf(envelope) });
};
