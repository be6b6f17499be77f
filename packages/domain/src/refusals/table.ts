/** What a caller can do about a refusal, for a console that offers it as a button. */
export type NextStep =
  | 'add-key'
  | 'validate-key'
  | 'set-default'
  | 'clear-project-default'
  | 'name-successor'
  | 'allow-leaving-empty'
  | 'name-a-key'
  | 'wait-for-last-run'
  | 'report-leak'
  | 'reinstate-key'
  | 'finish-leak-steps'
  | 'leave-step-open'
  | 'finish-runs'
  | 'expire-runs'
  | 'start-another-run'
  | 'start-run'
  | 'resume-run'
  | 'shorten-lease'
  | 'issue-anew'
  | 'read-and-retry'
  | 'retry-later'
  | 'correct-input'
  | 'correct-clock'
  | 'paste-again'
  | 'allow-cleaning'
  | 'confirm-vendor'
  | 'confirm-key'
  | 'revoke-at-vendor'
  | 'ask-for-permission'
  | 'list-workspaces'
  | 'use-another-workspace';

/** One code's sentence and what can be done. */
interface RefusalRow<Facts> {
  readonly message: (facts: Facts) => string;
  readonly next: ReadonlyArray<NextStep>;
}

/** A row for each code of one family. */
export type RefusalTable<Family> = { readonly [C in keyof Family]: RefusalRow<Family[C]> };

/** The facts of a refusal that says it all with its code. */
export interface NoFacts {
  readonly [name: string]: never;
}
