import type { CountedRefusals, RefusalLine } from '../refusals/refusedAttempt';

/** Milliseconds since 1970: from `since` on, and before `until`. */
export interface ExposureWindow {
  readonly since: number;
  readonly until: number;
}

/** One time that the key left the vault, or was called with. */
export interface KeyUse {
  readonly kind: 'pinned' | 'resumed' | 'test-call';
  /** The entry of the audit log that says so. */
  readonly sequence: number;
  /** When, by the service's clock. */
  readonly at: number;
  /** `kind:id`, as `user:ada`. */
  readonly actor: string;
  readonly originRef: string | null;
  readonly projectId: string | null;
  readonly runId: string | null;
  /** What a test call was for; how a run came to the key; null for a resume. */
  readonly cause: string | null;
}

/** How long a run held the key. */
export interface KeyHold {
  readonly runId: string;
  readonly from: number;
  /** When it let go; the end of its lease where it never did. */
  readonly to: number;
  /** It ended by itself. Else its end is a guess: it lapsed, was interrupted, or is open. */
  readonly isEnded: boolean;
  readonly outcome: string | null;
  readonly interrupted: boolean;
}

/** A change of a Default from the key or to it. */
export interface DefaultMove {
  readonly sequence: number;
  readonly at: number;
  readonly actor: string;
  /** Null for the workspace's. */
  readonly projectId: string | null;
  readonly to: 'this-key' | 'another-key' | 'none';
}

/** An act on the keyring. */
export interface KeyringAct {
  readonly sequence: number | null;
  readonly at: number;
  readonly actor: string;
  /** `KeyAdded`, `DefaultChanged`, or the action that was refused. */
  readonly action: string;
  readonly refusedAs: string | null;
}

/** What a vendor counted from one time to another. */
export interface VendorBucket {
  readonly start: number;
  readonly end: number;
  readonly requests: number | null;
  readonly tokens: number | null;
}

/** A key of another workspace that has the same secret. */
export interface SameSecret {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly status: string;
}

/** What an exposure report is made of. Nothing in it is a secret. */
export interface ExposureFacts {
  readonly window: ExposureWindow;
  readonly addedAt: number;
  /** When the key was first said to be leaked. */
  readonly reportedAt: number | null;
  /** By which entry of the log; null where that is not known. */
  readonly reportedBy: number | null;
  /** Of the window, in the order of the log. */
  readonly uses: ReadonlyArray<KeyUse>;
  /** Each hour's pins and resumes by its beginning, from eight weeks before the window to its end. */
  readonly usesByHour: ReadonlyMap<number, number>;
  /** Of the window, and of the vendor's buckets that reach beyond it. */
  readonly holds: ReadonlyArray<KeyHold>;
  /** How many requests runs say that they sent, by run; those that did not say are not there. */
  readonly requestsOfRuns: ReadonlyMap<string, number>;
  /** Of all time before the end of the window, oldest first. */
  readonly defaultMoves: ReadonlyArray<DefaultMove>;
  /** Acts of the window by actors who did nothing in the workspace before it. */
  readonly actsOfNewActors: ReadonlyArray<KeyringAct>;
  /** When the workspace's log begins. */
  readonly historySince: number;
  /** Of the actors, origins and projects in `uses`: those that used any key of the workspace before the window. */
  readonly known: {
    readonly actors: ReadonlySet<string>;
    readonly origins: ReadonlySet<string>;
    readonly projects: ReadonlySet<string>;
  };
  /** Whether any use of the workspace before the window has an origin. */
  readonly originsRecorded: boolean;
  readonly refusals: ReadonlyArray<RefusalLine>;
  readonly refusalsCounted: ReadonlyArray<CountedRefusals>;
  /** Null where it was not looked for: that takes the secret. */
  readonly sameSecret: ReadonlyArray<SameSecret> | null;
  /** Null where the vendor was not asked. */
  readonly buckets: ReadonlyArray<VendorBucket> | null;
}
