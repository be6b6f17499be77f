import { recordedFrom, type RecordedAnswer } from '../../sandbox/recordedAnswer';

/** Bodies as a public client recorded them and as users posted them in issue trackers, ids and keys replaced. */
const error = (type: string, param: string, code: string, message: string): string =>
  JSON.stringify({ message, type, param, code });

const RECORDED = 'https://github.com/maruel/genai/tree/main/providers/cerebras/testdata/TestClient';

const answer = recordedFrom(`${RECORDED}/errors`);

export const rejected = answer(
  'rejected',
  401,
  error('invalid_request_error', 'api_key', 'wrong_api_key', 'Wrong API Key'),
  'rejected',
  'wrong_api_key',
);

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error('invalid_request_error', 'validation_error', 'wrong_api_format', message),
    'unrecognised-answer',
    'wrong_api_format',
    { source: 'https://github.com/egoist/chatwise-releases/issues/1442' },
  );

export const noSuchModel = answer(
  'no such model',
  404,
  error(
    'not_found_error',
    'model',
    'model_not_found',
    'Model {model} does not exist or you do not have access to it.',
  ),
  'model-unavailable',
  'model_not_found',
);

const queueFull = error(
  'too_many_requests_error',
  'queue',
  'queue_exceeded',
  "We're experiencing high traffic right now! Please try again soon.",
);

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    JSON.stringify({
      id: 'chatcmpl-{id}',
      choices: [{ finish_reason: 'length', index: 0, message: { content: 'I', role: 'assistant' } }],
      created: 1784602501,
      model: '{model}',
      system_fingerprint: 'fp_{id}',
      object: 'chat.completion',
      usage: { total_tokens: 69, completion_tokens: 1, prompt_tokens: 68 },
      time_info: { queue_time: 0.0001, prompt_time: 0.0015, completion_time: 0.012, total_time: 0.017 },
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
      'payment_required_error',
      'quota',
      'payment_required',
      'Payment required to access this resource. Visit your billing tab.',
    ),
    'unfunded',
    'payment_required',
    { source: 'https://github.com/nminaya/grammar-nazi-bot/issues/967' },
  ),
  noSuchModel,
  answer(
    'throttled',
    429,
    error(
      'too_many_requests_error',
      'quota',
      'request_quota_exceeded',
      'Requests per second limit exceeded - too many requests sent.',
    ),
    'throttled',
    'request_quota_exceeded',
    { source: 'https://github.com/explyt/explyt/issues/35' },
  ),
  answer(
    'throttled by the tokens of a day',
    429,
    error(
      'too_many_tokens_error',
      'quota',
      'token_quota_exceeded',
      'Tokens per day limit exceeded - too many tokens processed.',
    ),
    'throttled',
    'token_quota_exceeded',
    { source: 'two public repositories quote it alike' },
  ),
  answer('overloaded', 503, queueFull, 'overloaded', 'queue_exceeded', {
    source: 'three public repositories quote it alike',
  }),
  answer('overloaded, as a limit', 429, queueFull, 'overloaded', 'queue_exceeded', {
    source: 'three public repositories quote it alike',
  }),
  answer(
    'a thing that the organisation may not do',
    403,
    error(
      'invalid_request_error',
      'model',
      'multimodal_not_enabled',
      'Multimodal is not enabled for your organization and model',
    ),
    'unrecognised-answer',
    null,
    { source: `${RECORDED}/Scoreboard` },
  ),
  answer('server-error', 500, '', 'vendor-error', null, {
    source: 'https://inference-docs.cerebras.ai/support/error',
  }),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null, {
    source: 'a gateway before the vendor',
  }),
  answer(
    'a wrong key in the words of somebody else',
    401,
    JSON.stringify({ code: 'wrong_api_key', message: 'visit the page for a key' }),
    'unrecognised-answer',
    null,
    { source: 'a public payment gateway answers so' },
  ),
  answer(
    'a wrong key in the form of somebody else',
    401,
    error('authentication_error', 'api_key', 'wrong_api_key', 'Wrong API Key'),
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer(
    'a wrong key without the field that is wrong',
    401,
    JSON.stringify({ message: 'Wrong API Key', type: 'invalid_request_error', code: 'wrong_api_key' }),
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer(
    'a wrong key within an error',
    401,
    JSON.stringify({
      message: 'Wrong API Key',
      type: 'invalid_request_error',
      param: 'api_key',
      code: 'wrong_api_key',
      error: { message: 'Wrong API Key' },
    }),
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer('a firewall', 403, '<html>Access denied</html>', 'unrecognised-answer', null, {
    source: 'a firewall before the vendor',
  }),
  answer('empty success', 200, '', 'unrecognised-answer', null, { source: 'a portal before the vendor' }),
  badRequest("property 'max_completion_tokens' is unsupported"),
];
