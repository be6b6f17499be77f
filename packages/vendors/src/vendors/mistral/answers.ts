import {
  killCheckAnswer,
  recordedFrom,
  type RecordedAnswer,
  type RecordedKillCheckAnswer,
} from '../../sandbox/recordedAnswer';

const KILL_CHECK = 'https://docs.mistral.ai/api/endpoint/models';

/** Bodies as users posted them in public issue trackers and as the vendor's pages show them, ids and keys replaced. */
const error = (status: number, type: string, code: string | null, message: string): string =>
  JSON.stringify({ object: 'error', message, type, param: null, code, raw_status_code: status });

const answer = recordedFrom('https://docs.mistral.ai/resources/error-glossary');

export const rejected = answer('rejected', 401, '{"detail":"Unauthorized"}', 'rejected', null, {
  source: 'https://github.com/nextcloud/integration_openai/issues/332',
});

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error(400, 'invalid_request_error', null, message),
    'unrecognised-answer',
    'invalid_request_error',
    { source: 'https://github.com/Mobile-Artificial-Intelligence/maid/issues/672' },
  );

export const noSuchModel = answer(
  'no such model',
  400,
  error(400, 'invalid_model', '1500', 'Invalid model: {model}'),
  'model-unavailable',
  'invalid_model',
  { source: 'https://github.com/mistralai/mistral-vibe/issues/617' },
);

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    JSON.stringify({
      id: '{id}',
      object: 'chat.completion',
      created: 1793084842,
      model: '{model}',
      choices: [
        {
          index: 0,
          finish_reason: 'length',
          message: { role: 'assistant', tool_calls: null, content: 'I' },
        },
      ],
      usage: { prompt_tokens: 5, total_tokens: 6, completion_tokens: 1 },
    }),
    'accepted',
    null,
    { source: 'https://docs.mistral.ai/api' },
  ),
  rejected,
  answer(
    'unfunded',
    402,
    error(402, 'billing_api_budget_exhausted', '2303', 'API budget exhausted.'),
    'unfunded',
    'billing_api_budget_exhausted',
  ),
  answer(
    'restricted',
    403,
    error(403, 'tier_not_allowed', '1910', 'This model is not available in your subscription tier'),
    'restricted',
    'tier_not_allowed',
    { cause: 'model' },
  ),
  noSuchModel,
  answer(
    'throttled',
    429,
    error(429, 'rate_limited', '1300', 'Rate limit exceeded'),
    'throttled',
    'rate_limited',
    { headers: { 'retry-after': '1' }, source: 'https://github.com/raycast/extensions/issues/31107' },
  ),
  answer(
    'throttled by the second',
    429,
    error(429, 'rate_limited', '1300', 'Requests rate limit exceeded'),
    'throttled',
    'rate_limited',
  ),
  answer(
    'throttled before the interface',
    429,
    '{"message":"Requests rate limit exceeded"}',
    'throttled',
    null,
    {
      source: 'https://github.com/dnakov/anon-kode/issues/53',
    },
  ),
  answer(
    'overloaded',
    503,
    error(503, 'service_tier_capacity_exceeded', '3505', 'Service tier capacity exceeded for this model.'),
    'overloaded',
    'service_tier_capacity_exceeded',
    { source: 'https://github.com/BerriAI/litellm/pull/25078' },
  ),
  answer(
    'overloaded, as it was told before',
    429,
    error(429, 'service_tier_capacity_exceeded', '3505', 'Service tier capacity exceeded for this model.'),
    'overloaded',
    'service_tier_capacity_exceeded',
    { source: 'https://github.com/continuedev/continue/issues/6185' },
  ),
  answer('server-error', 500, '{"detail":"Internal server error"}', 'vendor-error', null),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer(
    'a 401 of the gateway before it, as any of its kind answers',
    401,
    '{"message":"Unauthorized","request_id":"c61f2f15feca71626a990e3740f99245"}',
    'unrecognised-answer',
    null,
    { source: 'https://github.com/cline/cline/issues/1734' },
  ),
  answer('a 401 of another program', 401, '{"detail":"Not authenticated"}', 'unrecognised-answer', null, {
    source: 'a gateway before the vendor',
  }),
  answer(
    'a 401 of a kind not yet known',
    401,
    error(401, 'invalid_request_error', null, 'Something new.'),
    'unrecognised-answer',
    'invalid_request_error',
  ),
  answer('a 401 without a body', 401, '', 'unrecognised-answer', null, {
    source: 'https://github.com/continuedev/continue/issues/10277',
  }),
  answer('a 403 without a body', 403, '', 'unrecognised-answer', null, {
    source: 'https://github.com/continuedev/continue/issues/11800',
  }),
  answer('a 403 of another program', 403, '{"detail":"Forbidden"}', 'unrecognised-answer', null, {
    source: 'a gateway before the vendor',
  }),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  badRequest('Assistant message must have either content or tool_calls, but not both.'),
];

/** Of its kill check, which is free; errors are those of every call. */
export const killCheckAnswers: ReadonlyArray<RecordedKillCheckAnswer> = [
  killCheckAnswer(
    'alive',
    200,
    '{"object":"list","data":[{"id":"ministral-3b-latest","object":"model"}]}',
    'alive',
    KILL_CHECK,
  ),
  killCheckAnswer('dead', rejected.status, rejected.body, 'dead', KILL_CHECK),
  killCheckAnswer('success of another kind', 200, '{"object":"list"}', 'cannot-tell', KILL_CHECK),
];
