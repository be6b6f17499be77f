import type {
  Catalogue,
  ChoiceMade,
  FailureCause,
  FailureReason,
  InconclusiveReason,
  KeyStatus,
  ValidationOutcome,
} from '@keyturn/domain';
import { NO_FAULT, type FaultTeller, type ToldFault } from './whoseFault';

/** Where an act left the keyring. */
export interface Written {
  /** Revision of the keyring after the act. */
  readonly keyringRevision: number;
  /** Opaque. Hand it to a query of another Keyturn as `after` to read what was written; null when nothing was. */
  readonly position: string | null;
}

/** A key as a person may see it. */
export interface KeySummary {
  readonly keyId: string;
  readonly vendor: string;
  readonly label: string | null;
  /** All that is ever shown of the key itself. */
  readonly last4: string;
  readonly status: KeyStatus;
  /** It is the workspace's Default. */
  readonly isDefault: boolean;
  /** When its owner wants it replaced, milliseconds since 1970; null for never. */
  readonly expiresAt: number | null;
  /** The line that customers are promised, such as `…AbCd · Active (previous)`. */
  readonly display: string;
}

/** What a test call came to. Never the vendor's own text. An accepted key has no fault. */
export interface Validation extends ToldFault {
  readonly outcome: 'accepted' | 'failed' | 'inconclusive';
  /** Why not; null for an accepted key. */
  readonly reason: FailureReason | InconclusiveReason | null;
  /** What forbids the call, or where else the key belongs, where the vendor says it. */
  readonly cause: FailureCause | null;
  /** How it was accepted; `throttled` proves that the key authenticates. */
  readonly condition: 'completed' | 'throttled' | null;
  /** Milliseconds since 1970. */
  readonly calledAt: number;
  /** Null when no answer came. */
  readonly httpStatus: number | null;
  readonly vendorCode: string | null;
  readonly vendorRequestId: string | null;
  /** The origin that was called in the vendor's place, as `endpointOverrides` says; null for the vendor's own. */
  readonly endpointOverride: string | null;
  readonly latencyMs: number;
  /** The same in words, such as "Test call: Anthropic accepted the key (HTTP 200)." */
  readonly sentence: string;
}

/** Whether the vault has proven a deleted key's secret gone. */
export interface Destruction {
  readonly keyId: string;
  /**
   * `pending`: it can't be opened any more, but its bytes are not all gone yet. Housekeeping, or the same act again,
   * ends it.
   */
  readonly state: 'confirmed' | 'pending';
  /**
   * How far it is proven: `row` by its rows, where the vault's server can't show its files (sealed bytes may remain
   * there); null while it is pending.
   */
  readonly proof: 'erased' | 'row' | null;
  /** Why it is pending, else null. */
  readonly reason: string | null;
}

/** A Default that no run gets. It stays the Default until somebody sets another. */
export interface BrokenDefault {
  /** Of which project; null for the workspace's. */
  readonly projectId: string | null;
  readonly key: KeySummary;
  /** The active keys, which would do in its place. */
  readonly candidates: ReadonlyArray<KeySummary>;
}

export interface KeyAddition extends Written {
  readonly key: KeySummary;
  /** True when nothing was on file before: the key is Default at once. */
  readonly becameDefault: boolean;
  /** True when no event named the workspace before: it is new, or its name is mistyped. */
  readonly newWorkspace: boolean;
  /** Null when what the test call came to could not be recorded. The key is on file all the same: validate it. */
  readonly validation: Validation | null;
  /** A sentence when the key does not look as this vendor's usually do; else null. */
  readonly formatWarning: string | null;
  /** Defaults of the workspace that no run gets. None of them is replaced by itself. */
  readonly brokenDefaults: ReadonlyArray<BrokenDefault>;
}

export interface KeyValidation extends Written {
  readonly key: KeySummary;
  readonly validation: Validation;
  /** 2 when the first call of an active key was rejected: one 401 does not disable it, so it was asked again. */
  readonly testCalls: number;
  /** Defaults of the workspace that no run gets. None of them is replaced by itself. */
  readonly brokenDefaults: ReadonlyArray<BrokenDefault>;
}

/** A key's label or expiry after an act. */
export interface KeyChange extends Written {
  readonly key: KeySummary;
  /** False when it was so already: nothing was recorded. */
  readonly changed: boolean;
}

export interface DefaultChange extends Written {
  readonly key: KeySummary;
  /** False when it was so already: nothing was recorded. */
  readonly changed: boolean;
  /** Projects that came along, by id. */
  readonly projectsMoved: ReadonlyArray<string>;
  /**
   * Projects, by id, whose own Default is still the key that was the workspace's Default before: their new runs go on
   * with it. The same act with `projects: 'follow'` moves them. Empty where one project's Default was set.
   */
  readonly projectsLeft: ReadonlyArray<string>;
}

export interface DefaultClearing extends Written {
  /** False when the project had none: nothing was recorded. */
  readonly changed: boolean;
}

export interface KeyDeletion extends Written {
  readonly key: KeySummary;
  /** `retired`: runs still hold the key; it goes with the last of them. */
  readonly state: 'retired' | 'hard-deleted';
  /** How many runs held the key when it was retired. */
  readonly openRuns: number;
  readonly interruptedRuns: ReadonlyArray<string>;
  readonly destructions: ReadonlyArray<Destruction>;
  /** It was deleted before, by another act: this one recorded at most that it leaked. */
  readonly alreadyDeleted: boolean;
  /** Keys that are not deleted and have the same secret: this act left them as they are. */
  readonly sameSecret: ReadonlyArray<KeySummary>;
  /**
   * What the vendor said just before, where it was asked (`killCheck`). Null where it was not, or gave no answer in
   * time, and where the same command is sent again: the log has what it said.
   */
  readonly killCheck: KillCheckAnswer | null;
}

/** What the vault destroyed, and how it made sure. */
export interface DestructionReceipt {
  /** Milliseconds since 1970. */
  readonly destroyedAt: number;
  readonly secretsDestroyed: number;
  readonly dataKeysDestroyed: number;
  /** `row`: the server can't show its files, so that the rows are proven gone, and not every byte of them. */
  readonly proof?: 'erased' | 'row' | undefined;
  readonly method: string;
  readonly checks: ReadonlyArray<string>;
}

/** A key that went with its workspace, or whose secret was not proven gone when that was closed. */
export interface ClosedKey {
  readonly key: KeySummary;
  readonly interruptedRuns: ReadonlyArray<string>;
  readonly state: Destruction['state'];
  /** Why it is pending, else null. */
  readonly reason: string | null;
  /** Null while that is pending. */
  readonly receipt: DestructionReceipt | null;
}

export interface WorkspaceClosing extends Written {
  readonly workspaceId: string;
  /** False when it was closed already. */
  readonly changed: boolean;
  /** The case that it was closed under first. */
  readonly caseId: string;
  /** Milliseconds since 1970. */
  readonly closedAt: number;
  /** In the order in which they went. */
  readonly keys: ReadonlyArray<ClosedKey>;
}

/** What one check of a key came to: whether its vendor still takes it. */
export interface KillCheckAnswer {
  /** `not-checkable`: its bytes are gone, and nobody gave them again. */
  readonly says: 'dead' | 'alive' | 'alive-unfunded' | 'cannot-tell' | 'not-checkable';
  /** Calls that it took. */
  readonly attempts: number;
  /** Whether another key of the vendor was taken at the same time; `none` where none was tried. */
  readonly control: 'passed' | 'failed' | 'none';
  /** It is one of the answers in a row that show the key dead: three of them, over five minutes. */
  readonly counts: boolean;
  /** The vendor has shown that the key is dead. */
  readonly dead: boolean;
}

export interface LeakChecked extends Written, KillCheckAnswer {}

/** What asking a vendor again and again came to. */
export interface LeakWatched {
  /** `not-checkable`: nobody has the bytes, so nothing more can be asked. `stopped`: by its caller, or by closing. */
  readonly ended: 'dead' | 'not-checkable' | 'time-over' | 'stopped';
  readonly checks: number;
  readonly last: LeakChecked;
}

/** What an act of a leak review came to. */
export interface LeakRecorded extends Written {
  /** False when it was so already: nothing was recorded. */
  readonly changed: boolean;
}

export interface LeakCaseClosing extends LeakRecorded {
  /** What the case came to, by key; empty when it was closed already. */
  readonly outcomes: ReadonlyArray<{
    readonly keyId: string;
    readonly outcome: 'contained' | 'revoked-unconfirmed' | 'not-contained' | 'withdrawn';
  }>;
}

/** A run and the one key that it uses until it ends. */
export interface RunPin extends Written {
  readonly runId: string;
  readonly projectId: string | null;
  readonly keyId: string;
  readonly vendor: string;
  readonly last4: string;
  /** How the run came to this key. */
  readonly choice: ChoiceMade;
  /** Milliseconds since 1970. */
  readonly leaseUntil: number;
}

export interface RunsReleased extends Written {
  /** The runs that this act ended; empty when there was nothing to end. */
  readonly released: ReadonlyArray<string>;
  /** Retired keys whose last run was among them. */
  readonly destructions: ReadonlyArray<Destruction>;
}

/** A result with its position as the text that it is to callers. */
export const plain = <A extends { readonly position: bigint | null }>(
  result: A,
): Omit<A, 'position'> & { readonly position: string | null } => {
  const { position, ...rest } = result;
  return { ...rest, position: position === null ? null : String(position) };
};

/** How a test call's outcome is told, which an act recorded that ended at a position. */
export type TellValidation = (
  vendor: string,
  outcome: ValidationOutcome,
  position: string | null,
) => Promise<Validation>;

/** A test call's outcome, flat, and in words. */
export const tellingValidation =
  (words: Catalogue, nameOf: (vendor: string) => string, { ofCall }: FaultTeller): TellValidation =>
  async (vendor, outcome, position) => ({
    sentence: words.testCall(nameOf(vendor), outcome),
    outcome: outcome.kind,
    reason: outcome.kind === 'accepted' ? null : outcome.reason,
    cause: outcome.evidence.cause ?? null,
    condition: outcome.kind === 'accepted' ? outcome.condition : null,
    calledAt: outcome.callStartedAt,
    httpStatus: outcome.evidence.status,
    vendorCode: outcome.evidence.code,
    vendorRequestId: outcome.evidence.requestId,
    endpointOverride: outcome.evidence.endpointOverride ?? null,
    latencyMs: outcome.evidence.latencyMs,
    ...(outcome.kind === 'accepted' ? NO_FAULT : await ofCall(vendor, outcome.reason, position)),
  });
