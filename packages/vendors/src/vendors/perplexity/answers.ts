import { recordedFrom, type RecordedAnswer } from '../../sandbox/recordedAnswer';

/** Bodies as users posted them in public issue trackers and repositories, ids and keys replaced. */
const error = (type: string, code: number, message: string): string =>
  JSON.stringify({ error: { message, type, code } });

const answer = recordedFrom('https://docs.perplexity.ai/api-reference/agent-post');

export const rejected = answer(
  'rejected',
  401,
  error('invalid_api_key', 401, 'Invalid API key provided. Ensure your API key is correct and active.'),
  'rejected',
  'invalid_api_key',
  {
    cause: 'credit',
    source: 'five public repositories quote it alike, from calls of their own since 2026-08',
  },
);

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error('invalid_request', 400, message),
    'unrecognised-answer',
    'invalid_request',
    {
      source: 'https://docs.perplexity.ai/docs/agent-api/migrate-from-sonar/overview',
    },
  );

export const noSuchModel = answer(
  'no such model',
  400,
  error(
    'invalid_model',
    400,
    "Invalid model '{model}'. Permitted models can be found in the documentation at " +
      'https://docs.perplexity.ai/docs/getting-started/models',
  ),
  'model-unavailable',
  'invalid_model',
  { source: 'https://github.com/diegosouzapw/OmniRoute/issues/11060' },
);

const success = (status: string, extra: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    id: 'resp_{id}',
    object: 'response',
    created_at: 1785931200,
    status,
    model: '{model}',
    output: [],
    usage: { input_tokens: 9, output_tokens: 1, total_tokens: 10 },
    ...extra,
  });

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    success('incomplete', { incomplete_details: { reason: 'max_output_tokens' } }),
    'accepted',
    null,
  ),
  answer('valid, and at its end', 200, success('completed', {}), 'accepted', null),
  answer(
    'success that failed',
    200,
    success('failed', { error: { code: 'server_error', message: 'no' } }),
    'unrecognised-answer',
    null,
  ),
  rejected,
  answer(
    'unfunded',
    401,
    error(
      'insufficient_quota',
      401,
      'You exceeded your current quota, please check your plan and billing details. For more information, visit ' +
        'https://www.perplexity.ai/settings/api.',
    ),
    'unfunded',
    'insufficient_quota',
    { source: 'six public repositories quote it alike' },
  ),
  answer(
    'a 401 without a code, for wrong keys and for keys without credit',
    401,
    '<html>\r\n<head><title>401 Authorization Required</title></head>\r\n<body>\r\n' +
      '<center><h1>401 Authorization Required</h1></center>\r\n<hr><center>openresty/1.27.4</center>\r\n' +
      '</body>\r\n</html>\r\n',
    'unrecognised-answer',
    null,
    { source: 'https://github.com/maruel/genai/tree/main/providers/perplexity/testdata/TestClient/errors' },
  ),
  noSuchModel,
  answer(
    'throttled',
    429,
    error('request_rate_limit_exceeded', 429, 'Request rate limit exceeded, please try again later.'),
    'throttled',
    'request_rate_limit_exceeded',
    { source: 'five public repositories quote it alike' },
  ),
  answer('server-error', 500, '{"error":{"message":"Internal server error."}}', 'vendor-error', null),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null, {
    source: 'a gateway before the vendor',
  }),
  answer(
    'a wrong key in the form of somebody else',
    401,
    JSON.stringify({ error: { message: 'Invalid API key provided.', type: 'invalid_api_key', code: '401' } }),
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer(
    'a wrong key in the words of somebody else',
    401,
    error('invalid_api_key', 401, 'Invalid API key'),
    'unrecognised-answer',
    'invalid_api_key',
    { source: 'a gateway before the vendor' },
  ),
  answer('a firewall', 403, '<html>Access denied</html>', 'unrecognised-answer', null, {
    source: 'a firewall before the vendor',
  }),
  answer('empty success', 200, '', 'unrecognised-answer', null, { source: 'a portal before the vendor' }),
  badRequest('invalid request body: json: unknown field "max_tokens"'),
];
