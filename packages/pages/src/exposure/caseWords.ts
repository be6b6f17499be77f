import type { LeakCaseKeyStanding, LeakStepStanding } from 'keyturn';
import { plural } from '../parts/text';

/** The nine steps of a leak review, numbered. */
export const LEAK_STEP_NAMES: { readonly [S in LeakStepStanding['step']]: string } = {
  find: '1. Find the key',
  report: '2. Report it',
  'stop-stranger': '3. Stop the stranger',
  successor: '4. Successor',
  revoke: '5. Revoke at the vendor',
  'kill-check': '6. Kill check',
  'hard-delete': '7. Hard-delete here',
  review: '8. Review',
  close: '9. Close',
};

/** What a case came to for a key, by what the vendor showed. */
export const LEAK_OUTCOME_WORDS: { readonly [O in LeakCaseKeyStanding['outcome']]: string } = {
  contained: 'Contained: the vendor showed that the key is dead.',
  'revoked-unconfirmed': 'Revoked, as a person says. Nothing confirms it.',
  'not-contained': 'Not contained.',
  withdrawn: 'The report was withdrawn.',
};

/** What a case's list of runs is of: a hard delete interrupts those that have the key, until they are finished. */
export const leakRunsWords = ({ status }: Pick<LeakCaseKeyStanding, 'status'>): string =>
  status === 'hard-deleted' ? 'Interrupted runs, not finished yet' : 'Open runs that have it';

const after = (minutes: number | null): string => {
  if (minutes === null) return 'not yet';
  return minutes < 0
    ? `${plural(-minutes, 'minute')} before the report`
    : `${plural(minutes, 'minute')} after the report`;
};

/** How long the leak was open, from the report on: by a person's word, and as the vendor showed. */
export const leakTimeWords = ({
  minutesToRevoked,
  minutesToDead,
}: Pick<LeakCaseKeyStanding, 'minutesToRevoked' | 'minutesToDead'>): ReadonlyArray<
  readonly [string, string]
> => [
  ['Revoked', after(minutesToRevoked)],
  ['Shown dead', after(minutesToDead)],
];
