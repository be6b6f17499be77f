/** Problems that forms alone have. */
export type PageProblemCode =
  | 'stale-form'
  | 'last4-differs'
  | 'bad-date'
  | 'nothing-to-find'
  | 'not-at-vendor'
  | 'not-revocable-there'
  | 'no-answer-there';

interface PageProblemRow {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

export const PAGE_PROBLEMS: { readonly [C in PageProblemCode]: PageProblemRow } = {
  'stale-form': {
    status: 403,
    title: 'This form is of another session',
    detail:
      'You logged in anew since this form was made. Nothing was done; open the page again, then repeat it.',
  },
  'last4-differs': {
    status: 422,
    title: 'These are not the last four characters',
    detail: 'What you typed is not the end of this key. Nothing was done; look which key you mean.',
  },
  'bad-date': {
    status: 422,
    title: 'This is no date',
    detail: 'Nothing was done; give a date such as 2027-03-31.',
  },
  'nothing-to-find': {
    status: 422,
    title: 'Say which key you mean',
    detail: 'Give its last four characters or its whole id, one of them.',
  },
  'not-at-vendor': {
    status: 409,
    title: 'The vendor has no key by that id',
    detail:
      'One that was deleted looks the same as one of another organisation. Nothing was revoked; ask with a kill check.',
  },
  'not-revocable-there': {
    status: 409,
    title: 'The vendor can’t revoke this key so',
    detail: 'Nothing was revoked; revoke it by hand.',
  },
  'no-answer-there': {
    status: 409,
    title: 'The vendor did not answer as it should',
    detail:
      'So it is not known whether the key is revoked. Do this again: a second time does no harm. Or revoke it by hand.',
  },
};

interface ProblemWords {
  readonly title: string;
  readonly detail: string;
}

/** Problems that read better on a page than in an answer of the API. */
export const PROBLEMS: Readonly<Record<string, ProblemWords>> = {
  unauthenticated: {
    title: 'You are not logged in',
    detail: 'Your session has ended, or there was none. Nothing was done; log in, then open this page again.',
  },
  'cross-site': {
    title: 'This came from another site',
    detail: 'A form of another site sent you here. Nothing was done.',
  },
  'step-up-required': {
    title: 'Log in again first',
    detail: 'This takes a fresh log-in. Nothing was done; log in again, then repeat it.',
  },
  'precondition-failed': {
    title: 'It changed since you looked',
    detail:
      'It would do something else now than what you were shown. Nothing was done; this is what it would do now.',
  },
  'not-permitted': {
    title: 'You may not do this',
    detail: 'Nothing was done; ask whoever grants rights.',
  },
  'invalid-query': {
    title: 'This can’t be asked so',
    detail: 'Nothing can lie in that window, or what was pasted is another key. Change it, then ask again.',
  },
  'unknown-path': { title: 'There is nothing here', detail: 'No page has this address.' },
  'method-not-allowed': {
    title: 'There is nothing to send here',
    detail: 'Nothing was done; open the page again.',
  },
  'unsupported-media-type': { title: 'This is no form', detail: 'Nothing was done; open the page again.' },
  'too-many-requests': {
    title: 'Too many requests',
    detail: 'Nothing was done; wait a minute, then go on.',
  },
  'unknown-workspace': {
    title: 'No such workspace',
    detail: 'There is no such workspace, or it is not yours.',
  },
  broken: {
    title: 'Something is broken here',
    detail: 'It is this side that is at fault, and not your key. Whoever runs this service was told.',
  },
  away: {
    title: 'Something is away at the moment',
    detail: 'Nothing is wrong with your key. Try the same again a little later.',
  },
};

/** Fields of forms as a refusal names them, and as a person reads them. */
export const FIELD_NAMES: Readonly<Record<string, string>> = {
  pasted: 'What was pasted',
  adminCredential: 'The admin credential',
  label: 'The label',
  caseId: 'The case id',
  case: 'The case id',
  projectId: 'The project id',
  keyId: 'The key id',
  last4: 'The last four',
  'input.last4': 'The last four',
  reason: 'The reason',
  source: '“From where the report came”',
  reportedBy: '“Who noticed it”',
  suspectedSince: '“Suspected since”',
  revokedBy: '“Who revoked it”',
  revokedAt: '“When”',
  since: '“From”',
  until: '“Before”',
  usage: 'The vendor’s usage',
  note: 'The note',
};
