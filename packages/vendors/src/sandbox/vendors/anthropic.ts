import { randomText } from '../random';
import type { RecordedAnswer } from '../recordedAnswer';
import type { SandboxVendor } from '../sandboxVendor';
import { field } from './jsonField';

/** Bodies as users posted them in public issue trackers and as the vendor's pages show them, ids and keys replaced. */
const error = (type: string, message: string, details?: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    type: 'error',
    error: { type, message, ...(details === undefined ? {} : { details }) },
    request_id: '{id}',
  });

const answer = (
  name: string,
  status: number,
  body: string,
  means: RecordedAnswer['means'],
  code: string | null,
  headers: Readonly<Record<string, string>> = {},
): RecordedAnswer => ({ name, status, headers, body, means, code });

const rejected = answer(
  'rejected',
  401,
  error('authentication_error', 'invalid x-api-key'),
  'rejected',
  'authentication_error',
);

const badRequest = (message: string): RecordedAnswer =>
  answer(
    'bad request',
    400,
    error('invalid_request_error', message),
    'unrecognised-answer',
    'invalid_request_error',
  );

const noSuchModel = answer(
  'no such model',
  404,
  error('not_found_error', 'model: {model}'),
  'restricted',
  'not_found_error',
);

export const anthropic: SandboxVendor = {
  vendor: 'anthropic',
  path: '/v1/messages',
  newKey: () => `sk-ant-api03-${randomText(93)}AA`,
  keyOf: ({ 'x-api-key': key }) => (typeof key === 'string' ? key : null),
  mask: (key) => `${key.slice(0, 13)}...${key.slice(-4)}`,
  requestIdHeader: 'request-id',
  newRequestId: () => `req_011C${randomText(20)}`,
  readCall: (body) => {
    const model = field(body, 'model');
    const maxTokens = field(body, 'max_tokens');
    return {
      model: typeof model === 'string' ? model : null,
      maxTokens: typeof maxTokens === 'number' ? maxTokens : null,
    };
  },
  refusal: (headers, body) => {
    if (headers['anthropic-version'] !== '2023-06-01')
      return badRequest('anthropic-version: header is required');
    const { model, maxTokens } = anthropic.readCall(body);
    const messages = field(body, 'messages');
    if (model === null) return badRequest('model: Field required');
    if (!Array.isArray(messages) || messages.length === 0) return badRequest('messages: Field required');
    // The vendor takes more; a test call asks for the least.
    if (maxTokens !== 1) return badRequest('max_tokens: a test call asks for 1');
    return model.startsWith('claude-') ? null : noSuchModel;
  },
  unknownKey: { ...rejected, body: error('authentication_error', 'invalid x-api-key: {masked}') },
  answers: [
    answer(
      'valid',
      200,
      JSON.stringify({
        id: 'msg_{id}',
        type: 'message',
        role: 'assistant',
        model: '{model}',
        content: [{ type: 'text', text: 'I' }],
        stop_reason: 'max_tokens',
        stop_sequence: null,
        usage: { input_tokens: 8, output_tokens: 1 },
      }),
      'accepted',
      null,
    ),
    rejected,
    answer(
      'unfunded',
      400,
      error(
        'invalid_request_error',
        'Your credit balance is too low to access the Anthropic API. ' +
          'Please go to Plans & Billing to upgrade or purchase credits.',
      ),
      'unfunded',
      'invalid_request_error',
    ),
    answer(
      'spend limit of the organisation',
      400,
      error(
        'invalid_request_error',
        'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
      ),
      'unfunded',
      'invalid_request_error',
    ),
    answer(
      'spend limit of the workspace',
      400,
      error(
        'invalid_request_error',
        'You have reached your specified workspace API usage limits. ' +
          'You will regain access on 2026-12-01 at 00:00 UTC.',
      ),
      'unfunded',
      'invalid_request_error',
    ),
    answer(
      'billing error',
      402,
      error('billing_error', 'There is an issue with your billing or payment information.'),
      'unfunded',
      'billing_error',
    ),
    answer(
      'spend limit of the tier',
      429,
      error('rate_limit_error', 'Your organization has reached the usage limit of its tier.', {
        error_code: 'enforced_spend_limit_reached',
      }),
      'unfunded',
      'enforced_spend_limit_reached',
    ),
    answer(
      'restricted',
      403,
      error('permission_error', 'Your API key does not have permission to use the specified resource.'),
      'restricted',
      'permission_error',
    ),
    answer('region', 403, error('forbidden', 'Request not allowed'), 'restricted', 'forbidden'),
    answer(
      'organisation disabled',
      400,
      error('invalid_request_error', 'This organization has been disabled.'),
      'restricted',
      'invalid_request_error',
    ),
    noSuchModel,
    answer(
      'wrong path',
      404,
      error('not_found_error', 'Not found'),
      'unrecognised-answer',
      'not_found_error',
    ),
    answer(
      'leaked',
      403,
      error('permission_error', 'Your API key was reported as leaked. Please use another API key.'),
      'leaked',
      'permission_error',
    ),
    answer(
      'throttled',
      429,
      error(
        'rate_limit_error',
        "This request would exceed your account's rate limit. Please try again later.",
      ),
      'throttled',
      'rate_limit_error',
      { 'retry-after': '1' },
    ),
    answer('overloaded', 529, error('overloaded_error', 'Overloaded'), 'overloaded', 'overloaded_error'),
    answer('overloaded, without a body', 529, '', 'overloaded', null),
    answer('server-error', 500, error('api_error', 'Internal server error'), 'vendor-error', 'api_error'),
    answer('timeout', 504, error('timeout_error', 'Request timed out'), 'vendor-error', 'timeout_error'),
    answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
    answer('a proxy that wants a password', 401, '<html>Sign in</html>', 'unrecognised-answer', null),
    answer('a firewall', 403, '<html>Access denied</html>', 'unrecognised-answer', null),
    answer('a firewall that limits rates', 429, 'slow down', 'unrecognised-answer', null),
    answer('success of another kind', 200, '{"ok":true}', 'unrecognised-answer', null),
    answer('success that is an error', 200, error('api_error', 'no'), 'unrecognised-answer', 'api_error'),
    answer('empty success', 200, '', 'unrecognised-answer', null),
    answer('no content', 204, '', 'unrecognised-answer', null),
    badRequest('max_tokens: must be greater than thinking.budget_tokens'),
  ],
};
