/** What is asked of one key's leak under a support case. */
export interface OfLeakCase {
  readonly keyId: string;
  /** As the support's tracker writes it: `SR-1042`, `SEC/1042`, `#1042`. */
  readonly caseId: string;
}

/** What the person who reports a leak knows of a question. */
export type KnownOrNot = 'yes' | 'no' | 'unknown';

export interface ReportLeakInput extends OfLeakCase {
  /** Who noticed it, where that is another than the actor. */
  readonly reportedBy?: string | null;
  /** Milliseconds since 1970; left out or null where nobody knows. */
  readonly suspectedSince?: number | null;
  /** From where the report came, such as "a public repository". */
  readonly source?: string | null;
  /** Whether the customer uses the same key anywhere else; `unknown` when left out. */
  readonly usedElsewhere?: KnownOrNot;
  /** Whether a stranger uses the key, or is feared to; `unknown` when left out. */
  readonly stranger?: KnownOrNot;
}

export interface WithdrawLeakReportInput extends OfLeakCase {
  /** Why: kept and shown. */
  readonly reason: string;
}

export interface RecordRevocationInput extends OfLeakCase {
  /** `told`: somebody says so, and nothing confirms it. */
  readonly how: 'console' | 'vendor-api' | 'told';
  /** Who did it at the vendor, where that is another than the actor. */
  readonly revokedBy?: string | null;
  /** Milliseconds since 1970. */
  readonly revokedAt: number;
  /** Whether it can be undone at the vendor; `unknown` when left out. */
  readonly undo?: KnownOrNot;
  readonly undoUntil?: number | null;
}

export interface RecordLeakReviewInput extends OfLeakCase {
  /** The window that was looked at; null or left out for one without a beginning. */
  readonly from?: number | null;
  readonly until: number;
  readonly uses: number;
  /** Names of rules that found something, and of which it is known why. */
  readonly explained?: ReadonlyArray<string>;
  readonly unexplained?: ReadonlyArray<string>;
  readonly note?: string | null;
}

export interface CloseLeakCaseInput {
  readonly caseId: string;
  /** Steps that are left open, each with the reason. */
  readonly leftOpen?: ReadonlyArray<{
    readonly step: 'stop-stranger' | 'successor' | 'revoke' | 'kill-check' | 'hard-delete' | 'review';
    readonly reason: string;
  }>;
}

export interface FindAtVendorInput extends OfLeakCase {
  /** What administers the customer's organisation at the vendor. Used for this one call, and kept nowhere. */
  readonly adminCredential: string | Uint8Array;
  /**
   * The vendor's id of the project, workspace or team to look in. Google Cloud's project has to be named; where the
   * vendor lists them, all are looked in when it is left out.
   */
  readonly place?: string | null;
}

export interface UsageAtVendorInput extends FindAtVendorInput {
  /** As `find` gives it. */
  readonly vendorKeyId: string;
  /** What the vendor counted from this time on and before that one; milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

export interface RevokeAtVendorInput extends FindAtVendorInput {
  /** As `find` gives it. */
  readonly vendorKeyId: string;
}
