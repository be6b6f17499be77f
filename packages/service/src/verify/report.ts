/** What a verification can find. */
export type VerifyFindingKind =
  /** Events are not what was appended, or nobody with the vault wrote them. */
  | 'log-damaged'
  /** The log ends before what vault or snapshot know of it, or lacks what the vault remembers for good. */
  | 'log-behind'
  /** The event that the vault knows of is another one in the log. */
  | 'witness-differs'
  /** What the vault knows of a workspace's log is missing, or not what it kept. */
  | 'witness-damaged'
  /** A snapshot's seal does not fit, or it does not fit the stream. Nothing is decided on it. */
  | 'snapshot-damaged'
  /** A named row of the vault whose KeyAdded is not in the stream. */
  | 'key-lost-from-log'
  /** A listed key of which the vault has no secret, or no data key. */
  | 'secret-lost-from-vault'
  /** A listed key's secret does not open, or is another one than the log says. */
  | 'secret-damaged'
  /** A hard-deleted key whose secret is in the vault still. */
  | 'undestroyed-secret'
  /** A part could not be looked at. */
  | 'not-checked';

/** Something that is not as it has to be. */
export interface VerifyFinding {
  readonly kind: VerifyFindingKind;
  /** Null for what is of the deployment as a whole. */
  readonly workspaceId: string | null;
  /** Null where it is no stream's. */
  readonly stream: string | null;
  /** Of the event that it shows at; null where it is no event's. */
  readonly revision: number | null;
  /** Null where it is no key's. */
  readonly keyId: string | null;
  /** What is wrong: a sentence. */
  readonly what: string;
  /** What to do about it: a sentence. */
  readonly next: string;
}

/** What was looked at. */
export interface VerifyCounts {
  readonly workspaces: number;
  readonly events: number;
  /** Seals that a key of this vault made. */
  readonly sealsGood: number;
  /** Seals of log keys that were replaced and erased: the vault's witness vouches for what they lie over. */
  readonly sealsVouched: number;
  /** Keys whose secret opened. */
  readonly keysOpened: number;
}

/** What a verification came to. Nothing is wrong where there is no finding. */
export interface VerifyReport extends VerifyCounts {
  readonly findings: ReadonlyArray<VerifyFinding>;
}

/** How far a verification has come. */
export interface VerifyProgress {
  readonly step: 'counting' | 'checking';
  /** Events so far. */
  readonly done: number;
  /** Null while that is not known. */
  readonly total: number | null;
}
