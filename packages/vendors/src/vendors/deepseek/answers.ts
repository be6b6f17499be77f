import { recordedFrom, type RecordedAnswer } from '../../sandbox/recordedAnswer';

/** Bodies as users posted them in public issue trackers, ids and keys replaced. */
const error = (type: string, message: string, code = 'invalid_request_error'): string =>
  JSON.stringify({ error: { message, type, param: null, code } });

const answer = recordedFrom('https://api-docs.deepseek.com/quick_start/error_codes');

export const rejected = answer(
  'rejected',
  401,
  error('authentication_error', 'Authentication Fails, Your api key: {masked} is invalid'),
  'rejected',
  'authentication_error',
  { source: 'https://github.com/droidrun/mobilerun/issues/28' },
);

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error('invalid_request_error', message),
    'unrecognised-answer',
    'invalid_request_error',
    { source: 'https://github.com/decolua/9router/issues/773' },
  );

export const noSuchModel = answer(
  'no such model',
  400,
  error('invalid_request_error', 'Model Not Exist'),
  'model-unavailable',
  'invalid_request_error',
  { source: 'https://github.com/langbot-app/LangBot/issues/1643' },
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
        { index: 0, message: { role: 'assistant', content: 'I' }, logprobs: null, finish_reason: 'length' },
      ],
      usage: { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 },
      system_fingerprint: 'fp_{id}',
    }),
    'accepted',
    null,
    { source: 'https://api-docs.deepseek.com/api/create-chat-completion' },
  ),
  rejected,
  answer(
    'no such user, which good keys had while the vendor was down',
    401,
    error('authentication_error', 'Authentication Fails (no such user)'),
    'unrecognised-answer',
    'authentication_error',
    { source: 'https://github.com/deepseek-ai/DeepSeek-R1/issues/82' },
  ),
  answer(
    'governor, where no key was sent',
    401,
    error('authentication_error', 'Authentication Fails (governor)'),
    'unrecognised-answer',
    'authentication_error',
    { source: 'https://github.com/usestrix/strix/issues/101' },
  ),
  answer(
    'no key arrived',
    401,
    error('authentication_error', 'Authentication Fails (auth header format should be Bearer sk-...)'),
    'our-request',
    'authentication_error',
    { source: 'https://github.com/linshenkx/prompt-optimizer/issues/170' },
  ),
  answer('unfunded', 402, error('unknown_error', 'Insufficient Balance'), 'unfunded', 'unknown_error', {
    source: 'https://github.com/Aider-AI/aider/issues/4851',
  }),
  noSuchModel,
  answer(
    'throttled',
    429,
    error('rate_limit_error', 'Rate limit reached for TPM'),
    'throttled',
    'rate_limit_error',
    { source: 'https://github.com/esengine/DeepSeek-Reasonix/issues/2387' },
  ),
  answer(
    'throttled by what is left of the balance',
    429,
    error(
      'rate_limit_error',
      'Too many requests. Your current concurrency is 26, which exceeds your concurrency limit of 25 based on ' +
        'your remaining balance. Please top up your balance to restore your concurrency.',
    ),
    'throttled',
    'rate_limit_error',
    { source: 'https://github.com/tarigelamin1997/jobfetcher/pull/42' },
  ),
  answer(
    'overloaded',
    503,
    error(
      'service_unavailable_error',
      'Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.',
      'service_unavailable_error',
    ),
    'overloaded',
    'service_unavailable_error',
  ),
  answer('server-error', 500, '', 'vendor-error', null),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer(
    'a 402 of a gateway',
    402,
    JSON.stringify({ error: { message: 'Insufficient balance', type: 'insufficient_balance' } }),
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer('a firewall', 403, '<html>Access denied</html>', 'unrecognised-answer', null, {
    source: 'a firewall before the vendor',
  }),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  badRequest('Invalid max_tokens value, the valid range of max_tokens is [1, 393216]'),
];
