import { recordedFrom, type RecordedAnswer } from '../../sandbox/recordedAnswer';

/** Bodies as a public client recorded them and as users posted them in issue trackers, ids and keys replaced. */
const error = (type: string, code: string | null, message: string, id: string | null = '{id}'): string =>
  JSON.stringify({ ...(id === null ? {} : { id }), error: { message, type, param: null, code } });

const RECORDED = 'https://github.com/maruel/genai/tree/main/providers/togetherai/testdata/TestClient';

const answer = recordedFrom(`${RECORDED}/errors`);

const INVALID_KEY =
  'Invalid API key provided. You can find your API key at https://api.together.ai/settings/api-keys.';

export const rejected = answer(
  'rejected',
  401,
  error('invalid_request_error', 'invalid_api_key', INVALID_KEY),
  'rejected',
  'invalid_api_key',
);

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error('invalid_request_error', null, message),
    'unrecognised-answer',
    'invalid_request_error',
    { source: 'https://github.com/togethercomputer/openapi/blob/main/openapi.yaml' },
  );

export const noSuchModel = answer(
  'no such model',
  404,
  error(
    'invalid_request_error',
    'model_not_available',
    'Unable to access model {model}. Please visit https://api.together.ai/models to view the list of supported models.',
  ),
  'model-unavailable',
  'model_not_available',
);

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    JSON.stringify({
      id: '{id}',
      object: 'chat.completion',
      created: 1780251211,
      model: '{model}',
      metadata: { weight_version: 'default' },
      prompt: [],
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: '', tool_calls: [], reasoning: 'The' },
          logprobs: null,
          finish_reason: 'length',
          seed: null,
        },
      ],
      usage: { prompt_tokens: 68, total_tokens: 69, completion_tokens: 1, reasoning_tokens: 1 },
    }),
    'accepted',
    null,
    { source: `${RECORDED}/Scoreboard` },
  ),
  rejected,
  answer(
    'unfunded',
    402,
    error(
      'credit_limit',
      null,
      'Credit limit exceeded. Please navigate to https://api.together.xyz/settings/billing to add credit or upgrade ' +
        'your plan.',
    ),
    'unfunded',
    'credit_limit',
    { source: 'https://github.com/expectedparrot/edsl/issues/2098' },
  ),
  noSuchModel,
  answer(
    'a model that needs a machine of its own',
    400,
    error(
      'invalid_request_error',
      'model_not_available',
      'Unable to access non-serverless model {model}. Please visit https://api.together.ai/models/{model} to create ' +
        'and start a new dedicated endpoint for the model.',
    ),
    'model-unavailable',
    'model_not_available',
    { source: 'https://github.com/HeyPuter/puter/issues/3168' },
  ),
  answer(
    'throttled',
    429,
    error(
      'credit_limit',
      null,
      'You have been rate limited. Your rate limit is 60 queries per minute. Please navigate to ' +
        'https://api.together.xyz/settings/billing to upgrade to a paid plan.',
      null,
    ),
    'throttled',
    'credit_limit',
    { source: 'https://github.com/togethercomputer/MoA/issues/27' },
  ),
  answer(
    'throttled, in other words',
    429,
    error(
      'credit_limit',
      null,
      'Request was rejected due to request rate limiting. Your rate limits are 600 RPM (10 QPS) and 180000 TPM ' +
        '(3000 TPS). See details: https://docs.together.ai/docs/rate-limits',
      null,
    ),
    'throttled',
    'credit_limit',
    { source: 'https://github.com/bespokelabsai/curator/issues/205' },
  ),
  answer('server-error', 500, '', 'vendor-error', null, {
    source: 'https://docs.together.ai/docs/serverless/rate-limits',
  }),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null, {
    source: 'a gateway before the vendor',
  }),
  answer(
    'a wrong key in the form of somebody else',
    401,
    error('invalid_request_error', 'invalid_api_key', INVALID_KEY, null),
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer(
    'a wrong key in the words of somebody else',
    401,
    error('invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'),
    'unrecognised-answer',
    'invalid_api_key',
    { source: 'a gateway before the vendor' },
  ),
  answer(
    'a balance in the words of somebody else',
    402,
    error('credit_limit', null, 'The budget of the gateway is used up.'),
    'unrecognised-answer',
    'credit_limit',
    { source: 'a gateway before the vendor' },
  ),
  answer(
    'a limit in the words of somebody else',
    429,
    error('credit_limit', null, 'Credit limit exceeded.'),
    'unrecognised-answer',
    'credit_limit',
    { source: 'a gateway before the vendor' },
  ),
  answer(
    'too many tokens',
    403,
    error('invalid_request_error', null, 'The sum of input and max_new_tokens is beyond the limit.'),
    'unrecognised-answer',
    'invalid_request_error',
    { source: 'https://docs.together.ai/docs/error-codes' },
  ),
  answer('a firewall', 403, '<html>Access denied</html>', 'unrecognised-answer', null, {
    source: 'a firewall before the vendor',
  }),
  answer('empty success', 200, '', 'unrecognised-answer', null, { source: 'a portal before the vendor' }),
  badRequest('max_tokens must be at least 1'),
];
