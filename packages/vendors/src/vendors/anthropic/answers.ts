import {
  killCheckAnswer,
  recordedFrom,
  type RecordedAnswer,
  type RecordedKillCheckAnswer,
} from '../../sandbox/recordedAnswer';

const MODELS = 'https://platform.claude.com/docs/en/api/models-list';

/** An explicit statement must never be filed as less, so its rule has an answer to be tried on. */
const NOT_ON_RECORD = 'not on record from this vendor';

/** Bodies as users posted them in public issue trackers and as the vendor's pages show them, ids and keys replaced. */
export const error = (type: string, message: string, details?: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    type: 'error',
    error: { type, message, ...(details === undefined ? {} : { details }) },
    request_id: '{id}',
  });

const answer = recordedFrom('https://platform.claude.com/docs/en/api/errors');

export const rejected = answer(
  'rejected',
  401,
  error('authentication_error', 'invalid x-api-key'),
  'rejected',
  'authentication_error',
);

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error('invalid_request_error', message),
    'unrecognised-answer',
    'invalid_request_error',
  );

export const noSuchModel = answer(
  'no such model',
  404,
  error('not_found_error', 'model: {model}'),
  'model-unavailable',
  'not_found_error',
);

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    JSON.stringify({
      id: 'msg_{id}',
      type: 'message',
      role: 'assistant',
      model: '{model}',
      content: [{ type: 'text', text: 'I' }],
      stop_reason: 'max_tokens',
      stop_sequence: null,
      usage: { input_tokens: 8, output_tokens: 1 },
    }),
    'accepted',
    null,
  ),
  rejected,
  answer(
    'unfunded',
    400,
    error(
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. ' +
        'Please go to Plans & Billing to upgrade or purchase credits.',
    ),
    'unfunded',
    'invalid_request_error',
  ),
  answer(
    'spend limit of the organisation',
    400,
    error(
      'invalid_request_error',
      'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    ),
    'unfunded',
    'invalid_request_error',
  ),
  answer(
    'spend limit of the workspace',
    400,
    error(
      'invalid_request_error',
      'You have reached your specified workspace API usage limits. ' +
        'You will regain access on 2026-12-01 at 00:00 UTC.',
    ),
    'unfunded',
    'invalid_request_error',
  ),
  answer(
    'billing error',
    402,
    error('billing_error', 'There is an issue with your billing or payment information.'),
    'unfunded',
    'billing_error',
  ),
  answer(
    'spend limit of the tier',
    429,
    error('rate_limit_error', 'Your organization has reached the usage limit of its tier.', {
      error_code: 'enforced_spend_limit_reached',
    }),
    'unfunded',
    'enforced_spend_limit_reached',
  ),
  answer(
    'restricted',
    403,
    error('permission_error', 'Your API key does not have permission to use the specified resource.'),
    'restricted',
    'permission_error',
  ),
  answer('region', 403, error('forbidden', 'Request not allowed'), 'region', 'forbidden', {
    source: 'https://github.com/songquanpeng/one-api/issues/1692',
  }),
  answer(
    'organisation disabled',
    400,
    error('invalid_request_error', 'This organization has been disabled.'),
    'restricted',
    'invalid_request_error',
    { cause: 'organisation' },
  ),
  answer(
    'workspace header wanted',
    400,
    error('invalid_request_error', 'anthropic-workspace-id is required for this API key.'),
    'misdirected',
    'invalid_request_error',
    { cause: 'workspace', source: 'https://github.com/LTplus-AG/ifc-lite/issues/3697' },
  ),
  answer(
    'no key arrived',
    401,
    error('authentication_error', 'x-api-key header is required'),
    'our-request',
    'authentication_error',
  ),
  answer(
    'called from a browser',
    401,
    error('authentication_error', 'CORS requests must set the dangerous direct browser access header'),
    'our-request',
    'authentication_error',
  ),
  noSuchModel,
  answer('wrong path', 404, error('not_found_error', 'Not found'), 'unrecognised-answer', 'not_found_error'),
  answer(
    'leaked, as no valid key',
    401,
    error('authentication_error', 'This key was reported as leaked.'),
    'leaked',
    'authentication_error',
    { source: NOT_ON_RECORD },
  ),
  answer(
    'leaked',
    403,
    error('permission_error', 'Your API key was reported as leaked. Please use another API key.'),
    'leaked',
    'permission_error',
    { source: NOT_ON_RECORD },
  ),
  answer(
    'throttled',
    429,
    error('rate_limit_error', "This request would exceed your account's rate limit. Please try again later."),
    'throttled',
    'rate_limit_error',
    { headers: { 'retry-after': '1' } },
  ),
  answer('overloaded', 529, error('overloaded_error', 'Overloaded'), 'overloaded', 'overloaded_error'),
  answer('overloaded, without a body', 529, '', 'overloaded', null),
  answer(
    'overloaded, by a gateway',
    503,
    error('overloaded_error', 'Overloaded'),
    'overloaded',
    'overloaded_error',
  ),
  answer('server-error', 500, error('api_error', 'Internal server error'), 'vendor-error', 'api_error'),
  answer('timeout', 504, error('timeout_error', 'Request timed out'), 'vendor-error', 'timeout_error'),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer('a proxy that wants a password', 401, '<html>Sign in</html>', 'unrecognised-answer', null),
  answer('a firewall', 403, '<html>Access denied</html>', 'unrecognised-answer', null),
  answer('a firewall that limits rates', 429, 'slow down', 'unrecognised-answer', null),
  answer('success of another kind', 200, '{"ok":true}', 'unrecognised-answer', null),
  answer('success that is an error', 200, error('api_error', 'no'), 'unrecognised-answer', 'api_error'),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  answer('no content', 204, '', 'unrecognised-answer', null),
  badRequest('max_tokens: must be greater than thinking.budget_tokens'),
];

/** Of GET /v1/models, which is free; errors are those of every call. */
export const killCheckAnswers: ReadonlyArray<RecordedKillCheckAnswer> = [
  killCheckAnswer(
    'alive',
    200,
    '{"data":[{"type":"model","id":"claude-haiku-5-5","display_name":"Claude Haiku 5.5"}],"has_more":true}',
    'alive',
    MODELS,
  ),
  killCheckAnswer('dead', rejected.status, rejected.body, 'dead', MODELS),
  killCheckAnswer(
    'a key without credit lists models all the same',
    400,
    error('invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'),
    'alive-unfunded',
    MODELS,
  ),
  killCheckAnswer('region', 403, error('forbidden', 'Request not allowed'), 'cannot-tell', MODELS),
  killCheckAnswer('not permitted', 403, error('permission_error', 'No permission.'), 'cannot-tell', MODELS),
  killCheckAnswer('success of another kind', 200, '{"data":[]}', 'cannot-tell', MODELS),
];
