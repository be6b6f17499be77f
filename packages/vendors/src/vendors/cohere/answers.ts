import {
  killCheckAnswer,
  recordedFrom,
  type RecordedAnswer,
  type RecordedKillCheckAnswer,
} from '../../sandbox/recordedAnswer';

const CHECK = 'https://docs.cohere.com/v1/reference/checkapikey';

/** Words as the vendor's page has them; its answers have an id beside them, which older ones had not. */
const error = (message: string): string => JSON.stringify({ id: '{id}', message });

const answer = recordedFrom('https://docs.cohere.com/reference/errors');

const DASHBOARD = 'https://dashboard.cohere.com';

export const rejected = answer('rejected', 401, error('invalid api token'), 'rejected', null);

export const badRequest = (message: string) =>
  answer('bad request', 400, error(`invalid request: ${message}`), 'unrecognised-answer', null);

export const noSuchModel = answer(
  'no such model',
  404,
  error(
    "model '{model}' not found, make sure the correct model ID was used and that you have access to the model.",
  ),
  'model-unavailable',
  null,
);

const success = (finishReason: string): string =>
  JSON.stringify({
    id: '{id}',
    finish_reason: finishReason,
    message: { role: 'assistant', content: [{ type: 'text', text: 'I' }] },
    usage: {
      billed_units: { input_tokens: 1, output_tokens: 1 },
      tokens: { input_tokens: 496, output_tokens: 1 },
    },
  });

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer('valid', 200, success('MAX_TOKENS'), 'accepted', null, {
    source: 'https://docs.cohere.com/reference/chat',
  }),
  answer('success that is an error', 200, success('ERROR'), 'unrecognised-answer', null, {
    source: 'https://docs.cohere.com/reference/chat',
  }),
  rejected,
  answer('rejected, without an id', 401, JSON.stringify({ message: 'invalid api token' }), 'rejected', null, {
    source: 'https://github.com/cohere-ai/cohere-toolkit/issues/857',
  }),
  answer(
    'expired',
    401,
    error(
      'Your API key has expired. Please create a production key at dashboard.cohere.com or reach out to your ' +
        'contact at Cohere to continue usage.',
    ),
    'rejected',
    null,
  ),
  answer('no key arrived', 401, error('no api key supplied'), 'our-request', null),
  answer(
    'unfunded',
    402,
    error(`Please add or update your payment method at ${DASHBOARD}/billing?tab=payment to continue`),
    'unfunded',
    null,
  ),
  answer(
    'the limit of a key',
    402,
    error(
      'Maximum billing reached for this API key as set in your dashboard, please go to ' +
        `${DASHBOARD}/billing?tab=payment to increase your maximum amount to continue using this API key. ` +
        'Your billing capacity will reset at the beginning of next month.',
    ),
    'unfunded',
    null,
  ),
  answer(
    'a trial key that is used up',
    429,
    error(
      'You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key ' +
        `for free or upgrade to a Production key with higher rate limits at '${DASHBOARD}/api-keys'.`,
    ),
    'unfunded',
    null,
  ),
  answer(
    'throttled',
    429,
    error('You are past the per minute request limit, please wait and try again later.'),
    'throttled',
    null,
  ),
  answer(
    'a trial key that is throttled',
    429,
    error(
      'You are using a Trial key, which is limited to 40 API calls / minute. You can continue to use the Trial key ' +
        `for free or upgrade to a Production key with higher rate limits at '${DASHBOARD}/api-keys'.`,
    ),
    'throttled',
    null,
  ),
  answer(
    'a trial key that is throttled by tokens',
    429,
    error('trial token rate limit exceeded, limit is 100000 tokens per minute'),
    'throttled',
    null,
  ),
  answer(
    'a 429 that anybody may write',
    429,
    error('Please wait and try again later'),
    'unrecognised-answer',
    null,
  ),
  noSuchModel,
  answer('wrong path', 404, error('404 page not found'), 'unrecognised-answer', null),
  answer(
    'a 403 in front of the vendor',
    403,
    '<!doctype html><meta charset="utf-8"><title>403</title>403 Forbidden',
    'unrecognised-answer',
    null,
    { source: 'https://github.com/Cinnamon/kotaemon/issues/372' },
  ),
  answer(
    'a 401 of a gateway',
    401,
    JSON.stringify({ message: 'Unauthorized' }),
    'unrecognised-answer',
    null,
    {
      source: 'a gateway before the vendor',
    },
  ),
  answer('cancelled', 499, error('request cancelled'), 'unrecognised-answer', null),
  answer('server-error', 500, error('internal server error'), 'vendor-error', null),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  badRequest('message must be at least 1 token long or tool results must be specified.'),
];

/** Of POST /v1/check-api-key, which is free. */
export const killCheckAnswers: ReadonlyArray<RecordedKillCheckAnswer> = [
  killCheckAnswer('alive', 200, '{"valid":true,"organization_id":"{id}","owner_id":"{id}"}', 'alive', CHECK),
  killCheckAnswer('dead', rejected.status, rejected.body, 'dead', CHECK),
  killCheckAnswer('not valid, with status 200', 200, '{"valid":false}', 'dead', CHECK),
  killCheckAnswer('success of another kind', 200, '{"ok":true}', 'cannot-tell', CHECK),
];
