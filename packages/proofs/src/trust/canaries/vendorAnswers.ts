import type { KeyBehaviour } from '@keyturn/vendors/sandbox';
import type { Random } from './random';

const html = { 'content-type': 'text/html' };
const echoed = (
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): KeyBehaviour => ({
  answer: { status, headers, body },
});
const message = (text: string): string =>
  JSON.stringify({
    type: 'error',
    error: { type: 'authentication_error', code: 'invalid_api_key', message: text },
  });

/** Vendors that repeat the key, in every place that an answer has. */
const ECHOES: ReadonlyArray<KeyBehaviour> = [
  'echoes-key',
  'echoes-key-raw',
  ...[400, 401, 403, 429, 500].map((status) => echoed(status, message('Incorrect API key provided: {key}'))),
  echoed(401, message('Incorrect API key provided: {masked}')),
  echoed(401, '<html><body>Bad key <b>{key}</b></body></html>', html),
  echoed(401, '{key}', { 'content-type': 'text/plain' }),
  echoed(401, message('no'), { 'request-id': '{key}', 'x-request-id': '{key}', 'retry-after': '{key}' }),
  echoed(429, message('no'), { 'retry-after': '1, {key}', 'set-cookie': 'key={key}' }),
  echoed(307, '', { location: 'https://u:{key}@127.0.0.1/?key={key}' }),
  echoed(302, '', { location: '/_sandbox/redirect-target?key={key}' }),
  echoed(
    200,
    JSON.stringify({ type: 'message', object: 'response', status: 'completed', content: [], id: '{key}' }),
  ),
  echoed(200, '{"type":"{key}","object":"{key}","error":{"type":"{key}","code":"{key}","message":"{key}"'),
  { answer: { status: 401, reason: 'Bad key {key}', headers: {}, body: message('{key}') } },
  { answer: { status: 401, headers: {}, body: message('Bad key {key}'), chunkBytes: 5 } },
];

const OTHERS: ReadonlyArray<KeyBehaviour> = [
  'valid',
  'rejected',
  'unfunded',
  'restricted',
  'leaked',
  'throttled',
  'overloaded',
  'server-error',
  'cut-off',
  'redirect',
  'garbage',
  'reset',
];

/** Of an answer the id of the request is kept, where it is shaped as one: this one is, if the key is. */
export const KEY_AS_REQUEST_ID: KeyBehaviour = echoed(401, message('no'), {
  'request-id': '{key}',
  'x-request-id': '{key}',
});

/** How a vendor may answer: every second time with the key in its answer. */
export const anyAnswer = (random: Random): KeyBehaviour => {
  const from = random.chance(0.5) ? ECHOES : OTHERS;
  return from[random.whole(from.length)] ?? 'valid';
};

export const anyVendor = (random: Random): string => random.pick(['anthropic', 'openai']);
