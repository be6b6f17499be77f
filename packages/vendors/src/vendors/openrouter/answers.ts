import {
  killCheckAnswer,
  recordedFrom,
  type RecordedAnswer,
  type RecordedKillCheckAnswer,
} from '../../sandbox/recordedAnswer';

const KILL_CHECK = 'https://openrouter.ai/docs/api-reference/limits';

type Metadata = Readonly<Record<string, unknown>>;

/** Bodies as users posted them in public issue trackers and as the vendor's pages show them, ids and keys replaced. */
const error = (code: number, message: string, metadata?: Metadata): string =>
  JSON.stringify({ error: { message, code, ...(metadata === undefined ? {} : { metadata }) } });

const ERRORS = 'https://openrouter.ai/docs/api-reference/errors';
const LIMITS = 'https://openrouter.ai/docs/api-reference/limits';

const answer = recordedFrom(ERRORS);

export const rejected = answer('rejected', 401, error(401, 'User not found.'), 'rejected', null);

export const badRequest = (message: string) =>
  answer('bad request', 400, error(400, message), 'unrecognised-answer', null);

export const noSuchModel = answer(
  'no such model',
  400,
  error(400, '{model} is not a valid model ID'),
  'model-unavailable',
  null,
);

const success = (choice: Metadata, more: Metadata = {}): string =>
  JSON.stringify({
    id: '{id}',
    provider: 'Groq',
    model: '{model}',
    object: 'chat.completion',
    created: 1793084842,
    choices: [{ logprobs: null, index: 0, message: { role: 'assistant', content: '' }, ...choice }],
    usage: { prompt_tokens: 72, completion_tokens: 1, total_tokens: 73, cost: 0.000005 },
    ...more,
  });

const inFlight =
  'This request would exceed your available credits given your current in-flight requests. ' +
  'Retry after in-flight requests settle, or add credits.';
const noCredits = 'Insufficient credits. Add more using https://openrouter.ai/settings/credits';
const keyLimit =
  'Key limit exceeded (weekly limit). Manage it using https://openrouter.ai/workspaces/default/keys';

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    success({ finish_reason: 'length', native_finish_reason: 'length' }),
    'accepted',
    null,
    {
      source: 'https://openrouter.ai/docs/api-reference/overview',
    },
  ),
  answer(
    'valid, and its text was held back',
    200,
    success({ finish_reason: 'content_filter' }),
    'accepted',
    null,
    { source: 'https://openrouter.ai/docs/api-reference/overview' },
  ),
  rejected,
  answer(
    'rejected, with its type',
    401,
    error(401, 'Invalid API key', { error_type: 'authentication' }),
    'rejected',
    'authentication',
  ),
  answer('no key arrived', 401, error(401, 'No cookie auth credentials found'), 'our-request', null),
  answer(
    'no key arrived, with its type',
    401,
    error(401, 'Missing Authentication header', { error_type: 'authentication' }),
    'our-request',
    'authentication',
  ),
  answer(
    'unfunded',
    402,
    error(402, noCredits, {
      limit_source: 'openrouter_credits',
      remedy_hint:
        'Add credits at https://openrouter.ai/settings/credits, or lower max_tokens / prompt size to fit your remaining balance.',
    }),
    'unfunded',
    'openrouter_credits',
    { source: LIMITS },
  ),
  answer(
    'unfunded, by the limit of the key',
    402,
    error(402, 'This request exceeds the credit limit of this key.', {
      limit_source: 'openrouter_key_limit',
    }),
    'unfunded',
    'openrouter_key_limit',
    { source: LIMITS },
  ),
  answer('unfunded, as it was told before', 402, error(402, noCredits), 'unfunded', null),
  answer(
    'one call is dearer than the whole budget',
    402,
    error(402, 'This request would exceed your available credits.', {
      reason: 'weight_exceeds_budget',
      limit_source: 'openrouter_credits',
    }),
    'unfunded',
    'weight_exceeds_budget',
    { source: LIMITS },
  ),
  answer(
    'unfunded, by its type',
    402,
    error(402, 'Payment required', { error_type: 'payment_required' }),
    'unfunded',
    'payment_required',
  ),
  answer(
    'throttled by other calls under way',
    402,
    error(402, inFlight, {
      reason: 'in_flight_budget_exhausted',
      limit_source: 'openrouter_in_flight_budget',
      remedy_hint: 'Retry after your in-flight requests settle (see the Retry-After header).',
    }),
    'throttled',
    'in_flight_budget_exhausted',
    { headers: { 'retry-after': '1' }, source: LIMITS },
  ),
  answer(
    'limit of the key',
    403,
    error(403, `${keyLimit} $20.05 of $20.00 used; resets 2026-12-07T00:00:00.000Z.`, {
      limit_source: 'openrouter_key_limit',
    }),
    'unfunded',
    'openrouter_key_limit',
    { source: LIMITS },
  ),
  answer('limit of the key, as it was told before', 403, error(403, keyLimit), 'unfunded', null),
  answer(
    'limit of the key, by the type alone',
    403,
    error(403, keyLimit, { error_type: 'permission_denied' }),
    'unfunded',
    'permission_denied',
  ),
  answer(
    'budget of the workspace',
    403,
    error(403, 'Workspace budget exceeded.', {
      error_type: 'permission_denied',
      limit_source: 'openrouter_workspace_budget',
    }),
    'unfunded',
    'openrouter_workspace_budget',
    { source: LIMITS },
  ),
  answer(
    'budget of a guardrail',
    403,
    error(403, 'Guardrail budget exceeded.', { limit_source: 'openrouter_guardrail_budget' }),
    'unfunded',
    'openrouter_guardrail_budget',
    { source: LIMITS },
  ),
  answer(
    'restricted',
    403,
    error(403, 'The key lacks the required permission.', { error_type: 'permission_denied' }),
    'restricted',
    'permission_denied',
  ),
  noSuchModel,
  answer('a model of before', 404, error(404, 'No endpoints found for {model}.'), 'model-unavailable', null),
  answer(
    'throttled',
    429,
    error(429, 'Rate limit exceeded', { error_type: 'rate_limit_exceeded' }),
    'throttled',
    'rate_limit_exceeded',
    { headers: { 'retry-after': '1' }, source: LIMITS },
  ),
  answer(
    'throttled, with its limit named',
    429,
    error(429, 'Rate limit exceeded: free-models-per-min. ', {
      headers: { 'X-RateLimit-Limit': '20', 'X-RateLimit-Remaining': '0' },
    }),
    'throttled',
    null,
    { source: LIMITS },
  ),
  answer(
    'overloaded',
    503,
    error(503, 'Provider overloaded', { error_type: 'provider_overloaded' }),
    'overloaded',
    'provider_overloaded',
  ),
  answer(
    'server-error',
    500,
    error(500, 'Internal Server Error', { error_type: 'server' }),
    'vendor-error',
    'server',
  ),
  answer(
    'provider down',
    502,
    error(502, 'Provider returned error', { error_type: 'provider_unavailable', provider_name: 'Groq' }),
    'vendor-error',
    'provider_unavailable',
  ),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer(
    'success with an error in it',
    200,
    JSON.stringify({ error: { message: 'Provider returned error', code: 502 }, choices: [] }),
    'unrecognised-answer',
    null,
  ),
  answer(
    'success that failed on the way',
    200,
    success(
      { finish_reason: 'error' },
      {
        error: { code: 429, message: 'Rate limit exceeded', metadata: { error_type: 'rate_limit_exceeded' } },
      },
    ),
    'unrecognised-answer',
    'rate_limit_exceeded',
  ),
  answer(
    'success whose one choice failed',
    200,
    success({ finish_reason: 'error' }),
    'unrecognised-answer',
    null,
  ),
  answer(
    "the provider's own limit, behind it",
    429,
    error(429, 'Provider returned error', {
      raw: '{model} is temporarily rate-limited upstream. Please retry shortly.',
      provider_name: 'Groq',
      is_byok: false,
    }),
    'unrecognised-answer',
    null,
  ),
  answer(
    "the provider's own 403, behind it",
    403,
    error(403, 'Provider returned error', {
      error_type: 'permission_denied',
      raw: 'upstream blocked',
      provider_name: 'Groq',
    }),
    'unrecognised-answer',
    'permission_denied',
  ),
  answer(
    'a provider that does not serve the region',
    403,
    error(403, 'The request is prohibited due to a violation of provider Terms Of Service.', {
      error_type: 'permission_denied',
      provider_name: null,
    }),
    'unrecognised-answer',
    'permission_denied',
  ),
  answer(
    'no provider that the account allows',
    404,
    error(404, 'No endpoints available matching your guardrail restrictions and data policy.'),
    'unrecognised-answer',
    null,
  ),
  answer('a 401 of another gateway', 401, error(401, 'Invalid API key'), 'unrecognised-answer', null, {
    source: 'a gateway before the vendor',
  }),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  badRequest('Input required: specify "prompt" or "messages"'),
];

/** Of its kill check, which is free; errors are those of every call. */
export const killCheckAnswers: ReadonlyArray<RecordedKillCheckAnswer> = [
  killCheckAnswer(
    'alive',
    200,
    '{"data":{"label":"sk-or-v1-abc...123","usage":0,"limit":null,"is_free_tier":false}}',
    'alive',
    KILL_CHECK,
  ),
  killCheckAnswer('dead', rejected.status, rejected.body, 'dead', KILL_CHECK),
  killCheckAnswer('success of another kind', 200, '{"data":[]}', 'cannot-tell', KILL_CHECK),
];
