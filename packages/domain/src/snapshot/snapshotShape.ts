import * as t from 'io-ts';
import { nullable, WholeNumber } from '../codecs/primitives';
import { Fingerprint, Label, Last4 } from '../events';
import { CommandId, KeyId, ProjectId, Vendor, WorkspaceId } from '../ids';
import { ChoiceMade, RunChoice } from '../run';
import { FailureReason } from '../validation';

/** Raise it with every change of what is folded or how it is stored: a snapshot of another version is not read. */
export const SNAPSHOT_SCHEMA_VERSION = 2;

/** Milliseconds: times are small next to their text, and pins and commands hold many. */
const Millis = t.refinement(t.number, (n) => Number.isSafeInteger(n), 'Millis');

const StoredKey = t.type({
  keyId: KeyId,
  vendor: Vendor,
  endpoint: nullable(t.string),
  region: nullable(t.string),
  label: nullable(Label),
  last4: Last4,
  fingerprint: Fingerprint,
  status: t.keyof({ pending: null, active: null, failed: null, retired: null, 'hard-deleted': null }),
  failureReason: nullable(FailureReason),
  rejectionUnconfirmed: t.boolean,
  wasDefault: t.boolean,
  addedAt: Millis,
  lastVerdictCallAt: nullable(Millis),
  openRuns: WholeNumber,
  destroyed: t.boolean,
});

/** What many pins have in common, stored once. */
const PinKind = t.type({
  projectId: nullable(ProjectId),
  keyId: KeyId,
  vendor: Vendor,
  requested: RunChoice,
  choice: ChoiceMade,
  leaseMs: Millis,
  interrupted: t.boolean,
});

const Pins = t.type({
  kinds: t.readonlyArray(PinKind),
  runIds: t.string,
  kindOf: t.readonlyArray(WholeNumber),
  since: Millis,
  startedAfter: t.readonlyArray(Millis),
});

const EndedGeneration = t.type({
  newestAt: Millis,
  runIds: t.string,
  since: Millis,
  endedAfter: t.readonlyArray(Millis),
});

const HandledGeneration = t.type({
  newestAt: Millis,
  commandIds: t.string,
  digests: t.string,
  since: Millis,
  issuedAfter: t.readonlyArray(Millis),
  firstRevisions: t.readonlyArray(WholeNumber),
  /** How many revisions the last event is after the first. */
  spans: t.readonlyArray(WholeNumber),
});

/** A keyring as JSON: columns instead of rows, since a row's names would be most of its size. */
export const StoredKeyring = t.type({
  workspaceId: nullable(WorkspaceId),
  revision: Millis,
  keys: t.readonlyArray(StoredKey),
  listedKeyIds: t.readonlyArray(KeyId),
  abandonedKeyIds: t.readonlyArray(KeyId),
  workspaceDefault: nullable(KeyId),
  projectDefaults: t.readonlyArray(t.tuple([ProjectId, KeyId])),
  leakedFingerprints: t.readonlyArray(Fingerprint),
  pins: Pins,
  endedRuns: t.readonlyArray(EndedGeneration),
  handledCommands: t.readonlyArray(HandledGeneration),
  commandHorizon: nullable(Millis),
  lastCommandAt: nullable(Millis),
  windowClock: nullable(Millis),
  lastRestore: nullable(CommandId),
  logKey: WholeNumber,
});
export type StoredKeyring = t.TypeOf<typeof StoredKeyring>;
export type StoredPins = t.TypeOf<typeof Pins>;
export type StoredPinKind = t.TypeOf<typeof PinKind>;
export type StoredEndedRuns = t.TypeOf<typeof EndedGeneration>;
export type StoredHandledCommands = t.TypeOf<typeof HandledGeneration>;
