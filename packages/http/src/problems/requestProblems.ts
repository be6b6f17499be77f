/** Problems of a request itself, and of this side, that no refusal of the door tells. */
export type RequestProblemCode =
  | 'malformed-json'
  | 'body-broken-off'
  | 'unauthenticated'
  | 'cross-site'
  | 'not-permitted'
  | 'step-up-required'
  | 'admin-credentials-not-taken'
  | 'unknown-path'
  | 'unknown-workspace'
  | 'unknown-run'
  | 'unknown-vendor'
  | 'method-not-allowed'
  | 'precondition-failed'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'invalid-input'
  | 'invalid-query'
  | 'text-contains-secret'
  | 'precondition-required'
  | 'too-many-requests'
  | 'broken'
  | 'away';

interface Row {
  readonly status: number;
  readonly detail: string;
  readonly retryable: boolean;
}

const row = (status: number, detail: string, retryable = false): Row => ({ status, detail, retryable });

export const REQUEST_PROBLEMS: { readonly [C in RequestProblemCode]: Row } = {
  'malformed-json': row(
    400,
    'The body is not JSON in UTF-8, or an object in it has two members of one name. Nothing was done.',
  ),
  'body-broken-off': row(
    400,
    'The body ended before its end. Nothing was done; send the request again.',
    true,
  ),
  unauthenticated: row(401, 'Nobody is logged in. Log in, then send the request again.'),
  'cross-site': row(
    403,
    'A browser sent this from another site, or does not say from where. Nothing was done; ' +
      'send it from a page of this site, or with a bearer token.',
  ),
  'not-permitted': row(403, 'You may not do this. Nothing was done; ask whoever grants rights.'),
  'step-up-required': row(403, 'This takes a fresh log-in. Nothing was done; log in again, then repeat it.'),
  'admin-credentials-not-taken': row(
    403,
    'This service takes no admin credential of a vendor. Nothing was read; revoke the key by hand, or by the command.',
  ),
  'unknown-path': row(404, 'There is nothing under this address.'),
  'unknown-workspace': row(404, 'There is no such workspace, or it is not yours.'),
  'unknown-run': row(404, 'This workspace has no such run.'),
  'unknown-vendor': row(404, 'There is no such vendor.'),
  'method-not-allowed': row(405, 'This address does not take this method. `Allow` says which it takes.'),
  'precondition-failed': row(
    412,
    'It changed since you looked: it is not what `If-Match` names. Nothing was done; look again, then decide.',
  ),
  'body-too-large': row(413, 'The body is larger than this takes. Nothing was done.'),
  'unsupported-media-type': row(
    415,
    'The body has to be JSON, sent as `application/json` in UTF-8 and without an encoding. Nothing was done.',
  ),
  'invalid-input': row(422, 'The input is not valid.'),
  'invalid-query': row(
    422,
    'The query is not one that is answered: a cursor or position of something else, a window that nothing can ' +
      'lie in, or more than one answer may go through.',
  ),
  'text-contains-secret': row(422, 'An input looks as if it holds a key. Nothing was done; take it out.'),
  'precondition-required': row(
    428,
    'A delete takes the digest of its rehearsal as `If-Match`, or `*`. Nothing was done; rehearse it first.',
  ),
  'too-many-requests': row(429, 'You sent too many requests. `Retry-After` says when to go on.', true),
  broken: row(500, 'Something is broken on this side. Whoever runs this service has to look at it.'),
  away: row(
    503,
    'Something that this needs is away at the moment. Send the same request again a little later.',
    true,
  ),
};
