import type { ExposureFacts } from './facts';

/** What a rule is called: programs may branch on it. */
export type RuleName =
  | 'first-actor'
  | 'first-origin'
  | 'first-project'
  | 'after-default-moved'
  | 'after-report'
  | 'keyring-acts'
  | 'burst'
  | 'unusual-hour'
  | 'same-secret-elsewhere'
  | 'refused-attempts'
  | 'unexplained-at-vendor';

/** What speaks for a finding. */
export interface Evidence {
  /** Milliseconds since 1970; null where it is of no one time. */
  readonly at: number | null;
  /** The entry of the audit log, where there is one. */
  readonly sequence: number | null;
  /** Who or what, and the numbers that were held against each other. */
  readonly what: string;
}

/** What a rule says: that it fired, that it did not, or that it can't tell. Never a score. */
export interface RuleAnswer {
  readonly rule: RuleName;
  readonly state: 'found' | 'clear' | 'not-judged';
  /** Why it can't tell; null else. */
  readonly because: string | null;
  readonly evidence: ReadonlyArray<Evidence>;
}

export type Rule = (facts: ExposureFacts) => RuleAnswer;

export const notJudged = (rule: RuleName, because: string): RuleAnswer => ({
  rule,
  state: 'not-judged',
  because,
  evidence: [],
});

export const judged = (rule: RuleName, evidence: ReadonlyArray<Evidence>): RuleAnswer => ({
  rule,
  state: evidence.length > 0 ? 'found' : 'clear',
  because: null,
  evidence,
});
