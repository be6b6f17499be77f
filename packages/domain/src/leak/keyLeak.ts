import type { Fingerprint } from '../events';
import type { CaseId, KeyId } from '../ids';
import type { Instant } from '../instant';
import { neverChecked, type KillChecks } from './killChecks';
import type { Known } from './leakWords';

/** What a case says of one key. */
export interface CaseOfKey {
  readonly caseId: CaseId;
  /** Null once it was withdrawn. */
  readonly report: {
    readonly at: Instant;
    readonly stranger: Known;
    /** Digest of the report: the same said again is no news. */
    readonly said: string;
  } | null;
  readonly reviewed: boolean;
  readonly closed: boolean;
}

/** What is known of one key's leak. It outlives the key. */
export interface KeyLeak {
  readonly keyId: KeyId;
  readonly fingerprint: Fingerprint;
  /** Oldest first. */
  readonly cases: ReadonlyArray<CaseOfKey>;
  /** Secrets that the vault remembered as leaked when the log had lost their reports: the key's own, as a rule. */
  readonly remembered: ReadonlyArray<Fingerprint>;
  /** Digest of what was last said of its revocation; null while nobody said any, or once the vendor took it since. */
  readonly revoked: string | null;
  readonly checks: KillChecks;
  /** The case that it was hard-deleted under, until its secret is destroyed. */
  readonly deletedUnder: CaseId | null;
}

export const noLeak = (keyId: KeyId, fingerprint: Fingerprint): KeyLeak => ({
  keyId,
  fingerprint,
  cases: [],
  remembered: [],
  revoked: null,
  checks: neverChecked,
  deletedUnder: null,
});

/** Nothing was ever said of it. */
export const isNothingKnown = ({ cases, remembered, revoked, checks }: KeyLeak): boolean =>
  cases.length === 0 && remembered.length === 0 && revoked === null && checks.lastAt === null;

const hasReport = (cases: KeyLeak['cases']): boolean => cases.some(({ report }) => report !== null);

/** Somebody said that it leaked, and nobody took that back. */
export const isReported = ({ cases, remembered }: Pick<KeyLeak, 'cases' | 'remembered'>): boolean =>
  remembered.length > 0 || hasReport(cases);

/** Whether this secret does not come back because of what is known of the key. */
export const bans = ({ fingerprint, cases, remembered }: KeyLeak, secret: Fingerprint): boolean =>
  remembered.includes(secret) || (fingerprint === secret && hasReport(cases));

/** What the case says of the key; undefined where it says nothing. */
export const caseOf = ({ cases }: Pick<KeyLeak, 'cases'>, caseId: CaseId): CaseOfKey | undefined =>
  cases.find((one) => one.caseId === caseId);

/** With this case in place of what it said before, or behind the others. */
export const withCase = (leak: KeyLeak, changed: CaseOfKey): KeyLeak => ({
  ...leak,
  cases:
    caseOf(leak, changed.caseId) === undefined
      ? [...leak.cases, changed]
      : leak.cases.map((one) => (one.caseId === changed.caseId ? changed : one)),
});
