import {
  killCheckAnswer,
  recordedFrom,
  type RecordedAnswer,
  type RecordedKillCheckAnswer,
} from '../../sandbox/recordedAnswer';

const KILL_CHECK = 'https://console.groq.com/docs/api-reference#models-list';

/** Bodies as users posted them in public issue trackers and as the vendor's pages show them, ids and keys replaced. */
const error = (code: string | null, type: string, message: string): string =>
  JSON.stringify({ error: { message, type, ...(code === null ? {} : { code }) } });

const answer = recordedFrom('https://console.groq.com/docs/errors');

const invalid = (code: string, message: string): string => error(code, 'invalid_request_error', message);

export const rejected = answer(
  'rejected',
  401,
  invalid('invalid_api_key', 'Invalid API Key'),
  'rejected',
  'invalid_api_key',
  { source: 'https://github.com/ag5826000/resume-commentor/issues/4' },
);

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error(null, 'invalid_request_error', message),
    'unrecognised-answer',
    'invalid_request_error',
    { source: 'https://github.com/fanenr/chatbot/issues/21' },
  );

export const noSuchModel = answer(
  'no such model',
  404,
  invalid('model_not_found', 'The model `{model}` does not exist or you do not have access to it.'),
  'model-unavailable',
  'model_not_found',
  { source: 'https://github.com/continuedev/continue/issues/10166' },
);

const restricted = invalid(
  'organization_restricted',
  'Organization has been restricted. Please reach out to support if you believe this was in error.',
);

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    JSON.stringify({
      id: 'chatcmpl-{id}',
      object: 'chat.completion',
      created: 1793084842,
      model: '{model}',
      choices: [
        { index: 0, message: { role: 'assistant', content: '' }, logprobs: null, finish_reason: 'length' },
      ],
      usage: { prompt_tokens: 72, completion_tokens: 1, total_tokens: 73 },
      usage_breakdown: null,
      x_groq: { id: '{id}' },
      service_tier: 'on_demand',
    }),
    'accepted',
    null,
    { source: 'https://console.groq.com/docs/api-reference' },
  ),
  rejected,
  answer(
    'rejected: expired',
    401,
    invalid('expired_api_key', 'Invalid API Key'),
    'rejected',
    'expired_api_key',
  ),
  answer(
    'unfunded',
    400,
    invalid(
      'spend_limit_reached',
      'Organization has blocked API access because a spend alert threshold was met. ' +
        'Please visit https://console.groq.com/settings/billing to manage your spend alerts.',
    ),
    'unfunded',
    'spend_limit_reached',
    { source: 'https://console.groq.com/docs/spend-limits' },
  ),
  answer(
    "unfunded, by the page's code",
    400,
    invalid('blocked_api_access', 'API access blocked.'),
    'unfunded',
    'blocked_api_access',
    { source: 'https://console.groq.com/docs/spend-limits' },
  ),
  answer('restricted', 400, restricted, 'restricted', 'organization_restricted', {
    cause: 'organisation',
    source: 'https://github.com/NVIDIA-NeMo/Guardrails/issues/563',
  }),
  answer('restricted, with 403', 403, restricted, 'restricted', 'organization_restricted', {
    cause: 'organisation',
    source: 'https://github.com/songquanpeng/one-api/issues/1764',
  }),
  answer(
    'the model is blocked in the project',
    403,
    error(
      'model_permission_blocked_project',
      'permissions_error',
      'The model `{model}` is blocked at the project level.',
    ),
    'restricted',
    'model_permission_blocked_project',
    { cause: 'model' },
  ),
  answer(
    'the model is blocked in the organisation',
    403,
    error(
      'model_permission_blocked_org',
      'permissions_error',
      'The model `{model}` is blocked at the organization level.',
    ),
    'restricted',
    'model_permission_blocked_org',
    { cause: 'model', source: 'https://github.com/orbi-build/orbi/issues/561' },
  ),
  answer(
    'the terms of the model are not accepted',
    400,
    invalid(
      'model_terms_required',
      'The model `{model}` requires terms acceptance. Please have the org admin accept the terms at ' +
        'https://console.groq.com/playground?model={model}',
    ),
    'restricted',
    'model_terms_required',
    { cause: 'model' },
  ),
  answer(
    'region',
    403,
    '{"error":{"message":"Access denied. Please check your network settings."}}',
    'region',
    null,
  ),
  noSuchModel,
  answer(
    'a model of before',
    400,
    invalid(
      'model_decommissioned',
      'The model `{model}` has been decommissioned and is no longer supported. Please refer to ' +
        'https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.',
    ),
    'model-unavailable',
    'model_decommissioned',
    { source: 'https://github.com/atiilla/sqlmap-ai/issues/3' },
  ),
  answer(
    'throttled',
    429,
    error(
      'rate_limit_exceeded',
      'tokens',
      'Rate limit reached for model `{model}` in organization `org_{id}` service tier `on_demand` on tokens per ' +
        'minute (TPM): Limit 8000, Used 8000, Requested 80. Please try again in 1s.',
    ),
    'throttled',
    'rate_limit_exceeded',
    { headers: { 'retry-after': '1' } },
  ),
  answer(
    'overloaded',
    503,
    error(
      null,
      'internal_server_error',
      '{model} is currently over capacity. Please try again and back off exponentially.',
    ),
    'overloaded',
    'internal_server_error',
  ),
  answer(
    'server-error',
    500,
    error(null, 'internal_server_error', 'Internal Server Error'),
    'vendor-error',
    'internal_server_error',
  ),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer(
    'a dependency failed',
    424,
    error(null, 'invalid_request_error', 'Failed dependency'),
    'unrecognised-answer',
    'invalid_request_error',
  ),
  answer(
    'flex tier is full',
    498,
    error(null, 'invalid_request_error', 'Flex tier capacity exceeded'),
    'unrecognised-answer',
    'invalid_request_error',
  ),
  answer(
    'cancelled',
    499,
    error(null, 'invalid_request_error', 'Request cancelled'),
    'unrecognised-answer',
    'invalid_request_error',
  ),
  answer(
    'a firewall',
    403,
    '<!DOCTYPE html><title>Attention Required! | Cloudflare</title>',
    'unrecognised-answer',
    null,
    {
      source: 'https://github.com/lobehub/lobehub/issues/2143',
    },
  ),
  answer(
    'a 403 of a kind not yet known',
    403,
    error('brand_new_code', 'permissions_error', 'Something new.'),
    'unrecognised-answer',
    'permissions_error',
  ),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  badRequest("property 'store' is unsupported, did you mean 'stop'?"),
];

/** Of its kill check, which is free; errors are those of every call. */
export const killCheckAnswers: ReadonlyArray<RecordedKillCheckAnswer> = [
  killCheckAnswer(
    'alive',
    200,
    '{"object":"list","data":[{"id":"openai/gpt-oss-20b","object":"model"}]}',
    'alive',
    KILL_CHECK,
  ),
  killCheckAnswer('dead', rejected.status, rejected.body, 'dead', KILL_CHECK),
  killCheckAnswer('success of another kind', 200, '{"object":"list"}', 'cannot-tell', KILL_CHECK),
];
