import { recordedFrom, type RecordedAnswer } from '../../sandbox/recordedAnswer';

const answer = recordedFrom('https://developers.openai.com/api/docs/guides/error-codes');

const error = (code: string | number | null, type: string, message: string): string =>
  JSON.stringify({ error: { message, type, param: null, code } });

const VLLM = 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html';
const LITELLM = 'https://github.com/OpenHands/OpenHands/issues/17390';

export const rejected = answer(
  'rejected',
  401,
  error('invalid_api_key', 'invalid_request_error', 'Incorrect API key provided: {masked}.'),
  'rejected',
  'invalid_api_key',
  { cause: 'endpoint' },
);

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error('invalid_value', 'invalid_request_error', message),
    'unrecognised-answer',
    'invalid_request_error',
  );

export const noSuchModel = answer(
  'no such model',
  404,
  error(
    'model_not_found',
    'invalid_request_error',
    'The model `{model}` does not exist or you do not have access to it.',
  ),
  'model-unavailable',
  'model_not_found',
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
      choices: [{ index: 0, message: { role: 'assistant', content: 'I' }, finish_reason: 'length' }],
      usage: { prompt_tokens: 8, completion_tokens: 1, total_tokens: 9 },
    }),
    'accepted',
    null,
  ),
  answer(
    'a model that thinks first',
    400,
    error(
      null,
      'invalid_request_error',
      'Could not finish the message because max_tokens or model output limit was reached. Please try again with ' +
        'higher max_tokens.',
    ),
    'completed',
    'invalid_request_error',
    { source: 'https://github.com/openai/openai-python/issues/2886' },
  ),
  rejected,
  answer(
    'unfunded',
    429,
    error(
      'insufficient_quota',
      'insufficient_quota',
      'You exceeded your current quota, please check your plan and billing details.',
    ),
    'unfunded',
    'insufficient_quota',
  ),
  answer(
    'restricted',
    403,
    error('model_not_found', 'invalid_request_error', 'Project does not have access to model `{model}`'),
    'restricted',
    'model_not_found',
    { cause: 'model' },
  ),
  noSuchModel,
  answer(
    'throttled',
    429,
    error('rate_limit_exceeded', 'requests', 'Rate limit reached for {model} on requests per min (RPM).'),
    'throttled',
    'rate_limit_exceeded',
    { headers: { 'retry-after': '1' } },
  ),
  answer(
    'server-error',
    500,
    error(null, 'server_error', 'The server had an error while processing your request. Sorry about that!'),
    'vendor-error',
    null,
  ),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer('the 401 of vLLM', 401, JSON.stringify({ error: 'Unauthorized' }), 'unrecognised-answer', null, {
    source: VLLM,
  }),
  answer(
    'the 404 of vLLM',
    404,
    error(404, 'NotFoundError', 'The model `{model}` does not exist.'),
    'unrecognised-answer',
    null,
    { source: VLLM },
  ),
  answer(
    'the 401 of LiteLLM',
    401,
    error('401', 'token_not_found_in_db', 'Authentication Error, Invalid proxy server token passed.'),
    'unrecognised-answer',
    null,
    { source: LITELLM },
  ),
  answer(
    'a 401 without a form',
    401,
    JSON.stringify({ error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }),
    'unrecognised-answer',
    null,
    { source: 'a gateway' },
  ),
  answer('no such page', 404, JSON.stringify({ detail: 'Not Found' }), 'unrecognised-answer', null, {
    source: 'https://github.com/BerriAI/litellm/issues/9367',
  }),
  answer('a sign-in page', 200, '<html>Sign in</html>', 'unrecognised-answer', null, { source: 'a gateway' }),
  answer(
    'success that is an error',
    200,
    error(null, 'invalid_request_error', 'No models available'),
    'unrecognised-answer',
    'invalid_request_error',
    { source: 'https://github.com/BerriAI/litellm/issues/27030' },
  ),
  badRequest("Invalid 'max_tokens'."),
];
