import { recordedFrom, type RecordedAnswer } from '../../sandbox/recordedAnswer';

/** Bodies as users posted them in public issue trackers and repositories, ids and keys replaced. */
const error = (code: string, message: string, param: string | null = null): string =>
  JSON.stringify({ error: { message, param, code, type: 'error' }, request_id: '{id}' });

const answer = recordedFrom('https://docs.fireworks.ai/guides/inference-error-codes');

export const rejected = answer(
  'rejected',
  401,
  error('UNAUTHORIZED', 'The API key you provided is invalid.'),
  'rejected',
  'UNAUTHORIZED',
  { source: 'three public repositories quote it alike, two of them from a run of their own' },
);

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    JSON.stringify({ error: { object: 'error', type: 'invalid_request_error', message } }),
    'unrecognised-answer',
    null,
    { source: 'https://github.com/BerriAI/litellm/issues/3465' },
  );

export const noSuchModel = answer(
  'no such model',
  404,
  error('NOT_FOUND', 'Model not found, inaccessible, and/or not deployed', 'model'),
  'model-unavailable',
  'NOT_FOUND',
  { source: 'https://github.com/warpdotdev/warp/issues/15107' },
);

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    JSON.stringify({
      id: 'chatcmpl-{id}',
      object: 'chat.completion',
      created: 1780251211,
      model: '{model}',
      choices: [{ index: 0, message: { role: 'assistant', content: 'I' }, finish_reason: 'length' }],
      usage: { prompt_tokens: 5, total_tokens: 6, completion_tokens: 1 },
    }),
    'accepted',
    null,
    { source: 'https://docs.fireworks.ai/api-reference/post-chatcompletions' },
  ),
  rejected,
  answer(
    'unfunded',
    412,
    error(
      'PRECONDITION_FAILED',
      'Account example is suspended, possibly due to reaching the monthly spending limit or failure to pay past ' +
        'invoices. Please go to https://fireworks.ai/account/billing for more information.',
    ),
    'unfunded',
    'PRECONDITION_FAILED',
    { source: 'https://github.com/pollinations/pollinations/issues/12135' },
  ),
  answer(
    'a precondition of another kind',
    412,
    error('PRECONDITION_FAILED', 'The LoRA model failed to load.'),
    'unrecognised-answer',
    'PRECONDITION_FAILED',
  ),
  noSuchModel,
  answer('wrong path', 404, error('NOT_FOUND', 'Path not found'), 'unrecognised-answer', 'NOT_FOUND'),
  answer(
    'a 401 that may be about permissions',
    401,
    error('UNAUTHORIZED', 'Your API key may not do this.'),
    'unrecognised-answer',
    'UNAUTHORIZED',
  ),
  answer(
    'a 401 of the time before',
    401,
    JSON.stringify({
      fault: { faultstring: 'Invalid ApiKey', detail: { errorcode: 'oauth.v2.InvalidApiKey' } },
    }),
    'unrecognised-answer',
    null,
    { source: 'https://github.com/langchain-ai/langchain/issues/15239' },
  ),
  answer(
    'a wrong key in the form of somebody else',
    401,
    JSON.stringify({ error: { message: 'The API key you provided is invalid.', code: 'UNAUTHORIZED' } }),
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer('a 402 without a code', 402, '{"error":"Payment Required"}', 'unrecognised-answer', null),
  answer('a 403 without a code', 403, '{"error":"Forbidden"}', 'unrecognised-answer', null),
  answer(
    'throttled',
    429,
    JSON.stringify({
      error: 'Too Many Requests',
      message:
        'You have exceeded your usage limits. ' +
        'Please try again later or contact Fireworks to explore dedicated capacity.',
    }),
    'throttled',
    null,
    { source: 'https://github.com/GordeyZuev/LEAP/issues/6' },
  ),
  answer(
    'a 429 of a gateway',
    429,
    JSON.stringify({ error: 'Too Many Requests', message: 'Rate limit exceeded' }),
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer('server-error', 500, 'Error listing deployed models', 'vendor-error', null, {
    source: 'https://github.com/can1357/oh-my-pi/issues/3219',
  }),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null, {
    source: 'a gateway before the vendor',
  }),
  answer('empty success', 200, '', 'unrecognised-answer', null, { source: 'a portal before the vendor' }),
  badRequest('max_tokens: must be at least 1'),
];
