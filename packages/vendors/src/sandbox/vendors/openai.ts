import { randomText } from '../random';
import type { RecordedAnswer } from '../recordedAnswer';
import type { SandboxVendor } from '../sandboxVendor';
import { field } from './jsonField';

/** Bodies as users posted them in public issue trackers and as the vendor's pages show them, ids and keys replaced. */
const error = (code: string | null, type: string, message: string, param: string | null = null): string =>
  JSON.stringify({ error: { message, type, param, code } });

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
  error(
    'invalid_api_key',
    'invalid_request_error',
    'Incorrect API key provided: {masked}. You can find your API key at https://platform.openai.com/account/api-keys.',
  ),
  'rejected',
  'invalid_api_key',
);

const badRequest = (code: string, param: string, message: string): RecordedAnswer =>
  answer(
    'bad request',
    400,
    error(code, 'invalid_request_error', message, param),
    'unrecognised-answer',
    'invalid_request_error',
  );

const noSuchModel = answer(
  'no such model',
  404,
  error(
    'model_not_found',
    'invalid_request_error',
    'The model `{model}` does not exist or you do not have access to it.',
  ),
  'restricted',
  'model_not_found',
);

const quota = (code: string): RecordedAnswer =>
  answer(
    code,
    429,
    error(
      code,
      'insufficient_quota',
      'You exceeded your current quota, please check your plan and billing details.',
    ),
    'unfunded',
    code,
  );

const success = (status: string, extra: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    id: 'resp_{id}',
    object: 'response',
    status,
    error: null,
    incomplete_details: null,
    model: '{model}',
    output: [],
    usage: { input_tokens: 7, output_tokens: 16, total_tokens: 23 },
    ...extra,
  });

const missingScopes =
  'You have insufficient permissions for this operation. Missing scopes: api.responses.write. ' +
  "Check that you have the correct role in your organization, and if you're using a restricted API key, " +
  'that it has the necessary scopes.';

export const openai: SandboxVendor = {
  vendor: 'openai',
  path: '/v1/responses',
  newKey: () => `sk-proj-${randomText(74)}T3BlbkFJ${randomText(74)}`,
  keyOf: ({ authorization }) => /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? null,
  mask: (key) => `${key.slice(0, 8)}${'*'.repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`,
  requestIdHeader: 'x-request-id',
  newRequestId: () => `req_${randomText(32).toLowerCase()}`,
  readCall: (body) => {
    const model = field(body, 'model');
    const maxTokens = field(body, 'max_output_tokens');
    return {
      model: typeof model === 'string' ? model : null,
      maxTokens: typeof maxTokens === 'number' ? maxTokens : null,
    };
  },
  refusal: (_headers, body) => {
    const { model, maxTokens } = openai.readCall(body);
    const input = field(body, 'input');
    if (model === null) return badRequest('missing_required_parameter', 'model', "Missing 'model'.");
    if (typeof input !== 'string' || input === '') {
      return badRequest('missing_required_parameter', 'input', "Missing 'input'.");
    }
    if (maxTokens === null || maxTokens < 16) {
      return badRequest(
        'integer_below_min_value',
        'max_output_tokens',
        "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16.",
      );
    }
    // The vendor takes more; a test call asks for the least.
    if (maxTokens !== 16)
      return badRequest('not_a_test_call', 'max_output_tokens', 'A test call asks for 16.');
    return /^(gpt-|o\d)/.test(model) ? null : noSuchModel;
  },
  unknownKey: rejected,
  answers: [
    answer('valid', 200, success('completed', {}), 'accepted', null),
    answer(
      'valid, cut at 16 tokens',
      200,
      success('incomplete', { incomplete_details: { reason: 'max_output_tokens' } }),
      'accepted',
      null,
    ),
    rejected,
    answer(
      'account deactivated',
      401,
      error(
        'account_deactivated',
        'invalid_request_error',
        'The OpenAI account associated with this API key has been deactivated.',
      ),
      'rejected',
      'account_deactivated',
    ),
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
    quota('credit_balance_exhausted'),
    quota('organization_spend_limit_exceeded'),
    quota('organization_usage_limit_exceeded'),
    quota('project_spend_limit_exceeded'),
    answer(
      'a spend limit of a name not yet known',
      429,
      error('team_spend_limit_exceeded', 'rate_limit_error', 'Your team reached its spend limit.'),
      'unfunded',
      'rate_limit_error',
    ),
    answer(
      'billing not active',
      429,
      error(
        'billing_not_active',
        'billing_not_active',
        'Your account is not active, please check your billing details on our website.',
      ),
      'unfunded',
      'billing_not_active',
    ),
    answer(
      'restricted',
      401,
      error('missing_scope', 'invalid_request_error', missingScopes),
      'restricted',
      'missing_scope',
    ),
    answer(
      'missing scopes, without a code',
      401,
      error(null, 'invalid_request_error', missingScopes),
      'restricted',
      'invalid_request_error',
    ),
    answer(
      'IP allow-list',
      401,
      error('ip_not_authorized', 'invalid_request_error', 'IP not authorized.'),
      'restricted',
      'ip_not_authorized',
    ),
    answer(
      'no organisation',
      401,
      error(null, 'invalid_request_error', 'You must be a member of an organization to use the API.'),
      'restricted',
      'invalid_request_error',
    ),
    answer(
      'region',
      403,
      error(
        'unsupported_country_region_territory',
        'request_forbidden',
        'Country, region, or territory not supported',
      ),
      'restricted',
      'unsupported_country_region_territory',
    ),
    answer(
      'no access to the model',
      403,
      error('model_not_found', 'invalid_request_error', 'Project does not have access to model `{model}`'),
      'restricted',
      'model_not_found',
    ),
    noSuchModel,
    answer(
      'wrong path',
      404,
      error(null, 'invalid_request_error', 'Invalid URL (POST /v1/response)'),
      'unrecognised-answer',
      'invalid_request_error',
    ),
    answer(
      'leaked',
      401,
      error(
        'invalid_api_key',
        'invalid_request_error',
        'Your API key was reported as leaked. Please use another API key.',
      ),
      'leaked',
      'invalid_api_key',
    ),
    answer(
      'throttled',
      429,
      error('rate_limit_exceeded', 'requests', 'Rate limit reached for {model} on requests per min (RPM).'),
      'throttled',
      'rate_limit_exceeded',
      { 'retry-after': '1' },
    ),
    answer(
      'slow down',
      429,
      error('slow_down', 'rate_limit_error', 'Your request rate rose too fast.'),
      'throttled',
      'slow_down',
    ),
    answer(
      'overloaded',
      503,
      error(
        'server_is_overloaded',
        'service_unavailable_error',
        'Our servers are currently overloaded. Please try again later.',
      ),
      'overloaded',
      'server_is_overloaded',
    ),
    answer(
      'server-error',
      500,
      error(null, 'server_error', 'The server had an error while processing your request. Sorry about that!'),
      'vendor-error',
      'server_error',
    ),
    answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
    answer(
      'a 401 of a kind not yet known',
      401,
      error('brand_new_code', 'invalid_request_error', 'Something new.'),
      'unrecognised-answer',
      'invalid_request_error',
    ),
    answer('a firewall', 403, '<html>Access denied</html>', 'unrecognised-answer', null),
    answer('a firewall that limits rates', 429, 'slow down', 'unrecognised-answer', null),
    answer(
      'success that failed',
      200,
      success('failed', { error: { code: 'server_error', message: 'no' } }),
      'unrecognised-answer',
      'server_error',
    ),
    answer('empty success', 200, '', 'unrecognised-answer', null),
    badRequest('integer_below_min_value', 'max_output_tokens', "Invalid 'max_output_tokens'."),
  ],
};
