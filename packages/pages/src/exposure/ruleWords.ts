import type { RuleName } from 'keyturn';

/** What each rule looks for, as a sentence. */
export const RULE_WORDS: { readonly [R in RuleName]: string } = {
  'unexplained-at-vendor': 'Use that the vendor counted while no run of ours held the key.',
  'after-report': 'Use after the key was reported. Kill checks are the case’s own.',
  'after-default-moved': 'A new pin after the key had been Default, and was so nowhere any more.',
  'first-actor': 'A pin or resume by an actor who used no key of the workspace before the window.',
  'first-origin': 'A pin or resume from an origin that used no key of the workspace before the window.',
  'first-project': 'A pin or resume for a project that used no key of the workspace before the window.',
  'keyring-acts':
    'Keys added, Defaults moved and refusals, by actors who did nothing in the workspace before.',
  'refused-attempts': 'Attempts that were refused and named the key.',
  'same-secret-elsewhere': 'The same secret is or was on file in another workspace.',
  burst: 'Many more uses in an hour than at that hour of the four weeks before.',
  'unusual-hour': 'Use in an hour of the week that had none in the eight weeks before.',
};
