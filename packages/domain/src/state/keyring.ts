import type { Fingerprint } from '../events';
import type { CaseId, CommandId, KeyId, ProjectId, RunId, WorkspaceId } from '../ids';
import type { Instant } from '../instant';
import type { KeyLeak } from '../leak/keyLeak';
import { isGoneForGood, isOnFile, type KeyEntry } from './keyEntry';
import type { Pin } from './pin';
import { nothingRecent, type Recent } from './recent';
import { OrderedMap } from './orderedMap';

/** A command that emitted events, kept so that a retry changes nothing and gets the first outcome. */
export interface HandledCommand {
  readonly commandId: CommandId;
  readonly commandDigest: string;
  readonly issuedAt: Instant;
  /** Revisions of its first and last event. */
  readonly firstRevision: number;
  readonly lastRevision: number;
}

/** When, and why, a workspace was closed. */
export interface Closing {
  readonly caseId: CaseId;
  readonly at: Instant;
  /** Of its event. */
  readonly revision: number;
}

/** One workspace's keyring: what folding its events gives, and all that deciding needs. Immutable. */
export interface Keyring {
  /** Null until the first event. */
  readonly workspaceId: WorkspaceId | null;
  /** Revision of the last folded event; -1 before the first. */
  readonly revision: number;
  /** Every key that was ever added, oldest first, hard-deleted ones too. */
  readonly keys: ReadonlyMap<KeyId, KeyEntry>;
  /** Keys on file and retired ones, oldest first: what a list of keys shows. */
  readonly listedKeyIds: ReadonlySet<KeyId>;
  /** Key ids of adds that never came to be. They are not used again. */
  readonly abandonedKeyIds: ReadonlySet<KeyId>;
  readonly workspaceDefault: KeyId | null;
  /** The key that was the workspace's Default before this one; null where there was none. */
  readonly previousDefault: KeyId | null;
  readonly projectDefaults: ReadonlyMap<ProjectId, KeyId>;
  /** Of keys that are reported as leaked. */
  readonly leakedFingerprints: ReadonlySet<Fingerprint>;
  /** What is known of leaks, by key: reports, checks, reviews. */
  readonly leaks: ReadonlyMap<KeyId, KeyLeak>;
  readonly openPins: ReadonlyMap<RunId, Pin>;
  /** When runs ended, of those that ended lately. */
  readonly endedRuns: Recent<RunId, Instant>;
  readonly handledCommands: Recent<CommandId, HandledCommand>;
  /** A command issued at or before this may have been handled and forgotten; null while nothing was forgotten. */
  readonly commandHorizon: Instant | null;
  /** Event time of the last command. */
  readonly lastCommandAt: Instant | null;
  /** The clock of the memories' window: it follows event time, but no single command moves it ahead alone. */
  readonly windowClock: Instant | null;
  /** The newest command that accepted a loss of events; null for none. */
  readonly lastRestore: CommandId | null;
  /** Number of the vault's log key that the log has gone over to: 1 before any renewal. */
  readonly logKey: number;
  /** Null while the workspace is open. */
  readonly closed: Closing | null;
}

/** The keyring of a workspace that has no events yet. */
export const emptyKeyring: Keyring = {
  workspaceId: null,
  revision: -1,
  keys: new OrderedMap(),
  listedKeyIds: new Set(),
  abandonedKeyIds: new Set(),
  workspaceDefault: null,
  previousDefault: null,
  projectDefaults: new Map(),
  leakedFingerprints: new Set(),
  leaks: new Map(),
  openPins: new OrderedMap(),
  endedRuns: nothingRecent,
  handledCommands: nothingRecent,
  commandHorizon: null,
  lastCommandAt: null,
  windowClock: null,
  lastRestore: null,
  logKey: 1,
  closed: null,
};

/** Keys on file and retired ones, oldest first. */
export const listedKeys = (keyring: Keyring): ReadonlyArray<KeyEntry> =>
  [...keyring.listedKeyIds].flatMap((keyId) => keyring.keys.get(keyId) ?? []);

/** Pending, active and failed keys, oldest first. */
export const keysOnFile = (keyring: Keyring): ReadonlyArray<KeyEntry> => listedKeys(keyring).filter(isOnFile);

/** Every key ever, oldest first, but for those that are proven gone: those are not even read from a snapshot. */
export const keysNotGone = (keyring: Keyring): ReadonlyArray<KeyEntry> =>
  [...OrderedMap.of(keyring.keys).undeferred()].filter((key) => !isGoneForGood(key));
