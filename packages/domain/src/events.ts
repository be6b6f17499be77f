import * as t from 'io-ts';
import { nullable, WholeNumber } from './codecs/primitives';
import { CaseId, KeyId, ProjectId, RunId, Vendor } from './ids';
import { Instant } from './instant';
import { StoredLabel } from './label';
import { leakPayloads } from './leak/leakPayloads';
import { ChoiceMade, ReleaseOutcome, RunChoice } from './run';
import { Scope } from './scope';
import { Evidence, FailureReason, InconclusiveReason, TestCallPurpose } from './validation';

/** The last four characters of a key: all that is ever shown of it. Printable ASCII. */
export const Last4 = t.refinement(t.string, (s) => /^[\x21-\x7e]{4}$/.test(s), 'Last4');
/** A keyed one-way digest of a secret, per workspace; opaque here. */
export const Fingerprint = t.refinement(t.string, (s) => /^[A-Za-z0-9_-]{16,128}$/.test(s), 'Fingerprint');
export type Fingerprint = string;
/** Where a key is used, when that is part of the credential. Its form is the vendor table's to check. */
export const Endpoint = t.refinement(t.string, (s) => /^[\x21-\x7e]{1,256}$/.test(s), 'Endpoint');
export const Region = t.refinement(t.string, (s) => /^[A-Za-z0-9_.-]{1,64}$/.test(s), 'Region');
/** What a test call asks for, when that is part of the credential. Its form is the vendor table's to check. */
export const Model = t.refinement(t.string, (s) => /^[\x21-\x7e]{1,128}$/.test(s), 'Model');
/** -1: before the first event. */
const Revision = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= -1, 'Revision');
const PositiveNumber = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= 1, 'PositiveNumber');
/** SHA-256 in base64url. */
const EventsDigest = t.refinement(t.string, (s) => /^[\w-]{43}$/.test(s), 'EventsDigest');
const ShortText = t.refinement(t.string, (s) => s.length <= 200, 'ShortText');
/** Why a Default moved. A Default never moves without one of these. */
export const DefaultCause = t.keyof({
  'first-key': null,
  'set-default': null,
  'project-default-cleared': null,
  successor: null,
  'last-key-removed': null,
  'workspace-closed': null,
});
export type DefaultCause = t.TypeOf<typeof DefaultCause>;

/**
 * Why a key was hard-deleted: by its owner, because a retired key's last run ended, on the emergency path, or with its
 * workspace.
 */
export const HardDeleteCause = t.keyof({
  deleted: null,
  drained: null,
  emergency: null,
  'workspace-closed': null,
});
export type HardDeleteCause = t.TypeOf<typeof HardDeleteCause>;

export const HardDeleteReason = t.keyof({ leak: null, other: null });
export type HardDeleteReason = t.TypeOf<typeof HardDeleteReason>;

/**
 * How far it was shown that a secret is gone. `erased`: no file has a byte of it. `row`: no row has it; sealed bytes
 * may remain in files, logs and backups of a server that can't show them.
 */
export const DestructionProof = t.keyof({ erased: null, row: null });
export type DestructionProof = t.TypeOf<typeof DestructionProof>;

/** What the vault destroyed, and how it made sure. `proof` is `erased` where it is left out. */
export const DestructionReceipt = t.intersection([
  t.type({
    destroyedAt: Instant,
    secretsDestroyed: WholeNumber,
    dataKeysDestroyed: WholeNumber,
    method: ShortText,
    checks: t.readonlyArray(ShortText),
  }),
  t.partial({ proof: DestructionProof }),
]);
export type DestructionReceipt = t.TypeOf<typeof DestructionReceipt>;

/** The payload of every event, by type: the current schema version of each. */
export const payloads = {
  KeyAdded: t.intersection([
    t.type({
      keyId: KeyId,
      vendor: Vendor,
      endpoint: nullable(Endpoint),
      region: nullable(Region),
      label: nullable(StoredLabel),
      last4: Last4,
      fingerprint: Fingerprint,
      /** When its owner wants it replaced; null for never. It refuses nothing. */
      expiresAt: nullable(Instant),
    }),
    t.partial({ model: Model }),
  ]),
  KeyAddAbandoned: t.type({ keyId: KeyId }),
  /** Its owner's name for it is another one; null for none. */
  KeyRelabelled: t.type({
    keyId: KeyId,
    label: nullable(StoredLabel),
    previousLabel: nullable(StoredLabel),
  }),
  KeyExpiryChanged: t.type({
    keyId: KeyId,
    expiresAt: nullable(Instant),
    previousExpiresAt: nullable(Instant),
  }),
  KeyTestCallStarted: t.type({ keyId: KeyId, purpose: TestCallPurpose }),
  KeyValidated: t.type({
    keyId: KeyId,
    condition: t.keyof({ completed: null, throttled: null }),
    callStartedAt: Instant,
    evidence: Evidence,
  }),
  KeyValidationFailed: t.type({
    keyId: KeyId,
    reason: FailureReason,
    /** False for the first 401 of an active key: it is disabled only when a second one confirms. */
    disables: t.boolean,
    callStartedAt: Instant,
    evidence: Evidence,
  }),
  KeyValidationInconclusive: t.type({
    keyId: KeyId,
    reason: InconclusiveReason,
    callStartedAt: Instant,
    evidence: Evidence,
  }),
  DefaultChanged: t.type({
    scope: Scope,
    keyId: nullable(KeyId),
    previousKeyId: nullable(KeyId),
    cause: DefaultCause,
  }),
  KeyRetired: t.type({ keyId: KeyId, openRuns: WholeNumber }),
  KeyHardDeleted: t.type({
    keyId: KeyId,
    cause: HardDeleteCause,
    reason: nullable(HardDeleteReason),
    caseId: nullable(CaseId),
    interruptedRuns: t.readonlyArray(RunId),
  }),
  KeySecretDestroyed: t.type({ keyId: KeyId, receipt: DestructionReceipt }),
  RunKeyPinned: t.type({
    runId: RunId,
    projectId: nullable(ProjectId),
    keyId: KeyId,
    vendor: Vendor,
    /** What the caller asked for: a retry fits its pin when this and the project are equal. */
    requested: RunChoice,
    choice: ChoiceMade,
    /** The revision of the keyring that the choice was made at. */
    keyringRevision: WholeNumber,
    leaseUntil: Instant,
  }),
  /** `renewal`: its lease alone was renewed. Without it the secret was handed over again. */
  RunKeyResumed: t.intersection([
    t.type({ runId: RunId, keyId: KeyId, leaseUntil: Instant }),
    t.partial({ renewal: t.literal(true) }),
  ]),
  /** `vendorRequests`: how many requests the run says that it sent; left out where it does not say. */
  RunKeyReleased: t.intersection([
    t.type({ runId: RunId, keyId: KeyId, outcome: ReleaseOutcome }),
    t.partial({ vendorRequests: WholeNumber }),
  ]),
  /** From here on another of the vault's numbered keys seals the log. */
  LogKeyRenewed: t.type({ number: PositiveNumber }),
  /**
   * An operator accepted that the log lost its end. `from` is the revision that was known, `to` the one that was left
   * (-1: nothing). `lostKeys` are keys that the vault has and no event names: none ever will. `removals` are hard
   * deletes and leaks that the vault remembers: they stay in force.
   */
  LogRestored: t.type({
    from: Revision,
    to: Revision,
    lostKeys: t.readonlyArray(KeyId),
    removals: t.readonlyArray(t.type({ keyId: KeyId, fingerprint: Fingerprint, leaked: t.boolean })),
  }),
  /**
   * Events that nobody with the vault sealed stand at the end of the stream, and a store may not let them be taken out:
   * from revision `from` to `to`. They count for nothing. `digest` is of what they were. This event follows `to`, and
   * is chained to the event before `from`.
   */
  EventsDisowned: t.type({ from: WholeNumber, to: WholeNumber, digest: EventsDigest }),
  /**
   * The workspace's owner has left. From here on no key comes on file, and none is handed to a run. The keys that the
   * list had, and the runs that were open, count as they stood: the hard deletes follow.
   */
  WorkspaceClosed: t.type({ caseId: CaseId, keys: WholeNumber, openRuns: WholeNumber }),
  ...leakPayloads,
} as const;

export type KeyringEventType = keyof typeof payloads;
export type PayloadOf<T extends KeyringEventType> = t.TypeOf<(typeof payloads)[T]>;
/** The payload of an event as its readers get it. */
export type DataOf<T extends KeyringEventType> = Readonly<PayloadOf<T>>;

/** A fact about a keyring: one of the event types with its payload. */
export type KeyringEvent = {
  readonly [T in KeyringEventType]: { readonly type: T; readonly data: DataOf<T> };
}[KeyringEventType];

/** The key that an event is about; null for one that is about none, or about a Default that is no more. */
export const keyOfEvent = ({ data }: KeyringEvent): KeyId | null => ('keyId' in data ? data.keyId : null);
