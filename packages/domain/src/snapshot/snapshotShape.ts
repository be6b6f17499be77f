import * as t from 'io-ts';
import { nullable, WholeNumber } from '../codecs/primitives';
import { CaseId, CommandId, KeyId, ProjectId, Vendor, WorkspaceId } from '../ids';
import { StoredLabel } from '../label';
import { ChoiceMade, RunChoice } from '../run';
import { StoredLeak } from './storedLeak';
import { FailureReason } from '../validation';

/** Raise it with every change of what is folded or how it is stored: a snapshot of another version is not read. */
export const SNAPSHOT_SCHEMA_VERSION = 10;

/** Milliseconds: times are small next to their text, and pins and commands hold many. */
const Millis = t.refinement(t.number, (n) => Number.isSafeInteger(n), 'Millis');

/** What is small whatever a workspace has been through. */
export const StoredHead = t.type({
  workspaceId: nullable(WorkspaceId),
  revision: Millis,
  workspaceDefault: nullable(KeyId),
  previousDefault: nullable(KeyId),
  commandHorizon: nullable(Millis),
  lastCommandAt: nullable(Millis),
  windowClock: nullable(Millis),
  lastRestore: nullable(CommandId),
  logKey: WholeNumber,
  closed: nullable(t.type({ caseId: CaseId, at: Millis, revision: WholeNumber })),
});
export type StoredHead = t.TypeOf<typeof StoredHead>;

/** What many keys have in common, stored once for each part. */
const KeyKind = t.type({
  vendor: Vendor,
  endpoint: nullable(t.string),
  region: nullable(t.string),
  model: nullable(t.string),
  status: t.keyof({ pending: null, active: null, failed: null, retired: null, 'hard-deleted': null }),
  failureReason: nullable(FailureReason),
  rejectionUnconfirmed: t.boolean,
  wasDefault: t.boolean,
  suspended: t.boolean,
  acceptedFrom: nullable(t.string),
  destroyed: t.boolean,
});
export type StoredKeyKind = t.TypeOf<typeof KeyKind>;

const Keys = t.type({
  kind: t.literal('keys'),
  kinds: t.readonlyArray(KeyKind),
  kindOf: t.readonlyArray(WholeNumber),
  keyIds: t.string,
  labels: t.readonlyArray(nullable(StoredLabel)),
  /** Four characters each. */
  last4: t.string,
  fingerprints: t.string,
  since: Millis,
  addedAfter: t.readonlyArray(Millis),
  verdictAfter: t.readonlyArray(nullable(Millis)),
  expiresAfter: t.readonlyArray(nullable(Millis)),
  openRuns: t.readonlyArray(WholeNumber),
});
export type StoredKeys = t.TypeOf<typeof Keys>;

/**
 * The ids of a full chunk of keys that are long gone. The part behind it has all else of them, as `keys` without ids,
 * and is read when one of them is asked for.
 */
const GoneKeys = t.type({ kind: t.literal('gone-keys'), keyIds: t.string });
export type StoredGoneKeys = t.TypeOf<typeof GoneKeys>;

/** What many pins have in common, stored once for each part. */
const PinKind = t.type({
  projectId: nullable(ProjectId),
  keyId: KeyId,
  vendor: Vendor,
  requested: RunChoice,
  choice: ChoiceMade,
  leaseMs: Millis,
  interrupted: t.boolean,
});
export type StoredPinKind = t.TypeOf<typeof PinKind>;

const Pins = t.type({
  kind: t.literal('pins'),
  kinds: t.readonlyArray(PinKind),
  runIds: t.string,
  kindOf: t.readonlyArray(WholeNumber),
  since: Millis,
  startedAfter: t.readonlyArray(Millis),
});
export type StoredPins = t.TypeOf<typeof Pins>;

const EndedRuns = t.type({
  kind: t.literal('ended-runs'),
  /** False where the generation goes on that the part before began. */
  begins: t.boolean,
  newestAt: Millis,
  runIds: t.string,
  since: Millis,
  endedAfter: t.readonlyArray(Millis),
});
export type StoredEndedRuns = t.TypeOf<typeof EndedRuns>;

const HandledCommands = t.type({
  kind: t.literal('handled-commands'),
  begins: t.boolean,
  newestAt: Millis,
  commandIds: t.string,
  digests: t.string,
  since: Millis,
  issuedAfter: t.readonlyArray(Millis),
  firstRevisions: t.readonlyArray(WholeNumber),
  /** How many revisions the last event is after the first. */
  spans: t.readonlyArray(WholeNumber),
});
export type StoredHandledCommands = t.TypeOf<typeof HandledCommands>;

const AbandonedKeys = t.type({ kind: t.literal('abandoned-keys'), keyIds: t.string });
const Leaked = t.type({ kind: t.literal('leaked'), fingerprints: t.string });
const Leaks = t.type({ kind: t.literal('leaks'), leaks: t.readonlyArray(StoredLeak) });
const ProjectDefaults = t.type({
  kind: t.literal('project-defaults'),
  defaults: t.readonlyArray(t.tuple([ProjectId, KeyId])),
});

/**
 * A part of a keyring as JSON, of some hundred entries at the most: columns instead of rows, since a row's names would
 * be most of its size.
 */
export const StoredPart = t.union([
  Keys,
  GoneKeys,
  AbandonedKeys,
  Leaked,
  Leaks,
  ProjectDefaults,
  Pins,
  EndedRuns,
  HandledCommands,
]);
export type StoredPart = t.TypeOf<typeof StoredPart>;
