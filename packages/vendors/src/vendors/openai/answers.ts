import {
  killCheckAnswer,
  recordedFrom,
  type RecordedAnswer,
  type RecordedKillCheckAnswer,
} from '../../sandbox/recordedAnswer';

const ME = 'not on a page of the vendor: as tools call it that look whether a key lives';

/** An explicit statement must never be filed as less, so its rule has an answer to be tried on. */
const NOT_ON_RECORD = 'not on record from this vendor';

/** Bodies as users posted them in public issue trackers and as the vendor's pages show them, ids and keys replaced. */
const error = (code: string | null, type: string, message: string, param: string | null = null): string =>
  JSON.stringify({ error: { message, type, param, code } });

const answer = recordedFrom('https://developers.openai.com/api/docs/guides/error-codes');

export const rejected = answer(
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

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error('invalid_value', 'invalid_request_error', message, 'body'),
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

const quota = (code: string) =>
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

const deactivated = answer(
  'account deactivated',
  401,
  error(
    'account_deactivated',
    'invalid_request_error',
    'The OpenAI account associated with this API key has been deactivated.',
  ),
  'rejected',
  'account_deactivated',
  { cause: 'account' },
);

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer('valid', 200, success('completed', {}), 'accepted', null),
  answer(
    'valid, cut at 16 tokens',
    200,
    success('incomplete', { incomplete_details: { reason: 'max_output_tokens' } }),
    'accepted',
    null,
  ),
  rejected,
  deactivated,
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
    { cause: 'scope' },
  ),
  answer(
    'missing scopes, without a code',
    401,
    error(null, 'invalid_request_error', missingScopes),
    'restricted',
    'invalid_request_error',
    { cause: 'scope' },
  ),
  answer(
    'IP allow-list',
    401,
    error('ip_not_authorized', 'invalid_request_error', 'IP not authorized.'),
    'restricted',
    'ip_not_authorized',
    { cause: 'address' },
  ),
  answer(
    'no organisation',
    401,
    error(null, 'invalid_request_error', 'You must be a member of an organization to use the API.'),
    'restricted',
    'invalid_request_error',
    { cause: 'organisation' },
  ),
  answer(
    'region',
    403,
    error(
      'unsupported_country_region_territory',
      'request_forbidden',
      'Country, region, or territory not supported',
    ),
    'region',
    'unsupported_country_region_territory',
  ),
  answer(
    'no access to the model',
    403,
    error('model_not_found', 'invalid_request_error', 'Project does not have access to model `{model}`'),
    'restricted',
    'model_not_found',
    { cause: 'model' },
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
    { source: NOT_ON_RECORD },
  ),
  answer(
    'leaked, and not permitted',
    403,
    error('permission_denied', 'request_forbidden', 'This key was reported as leaked.'),
    'leaked',
    'request_forbidden',
    { source: NOT_ON_RECORD },
  ),
  answer(
    'IP allow-list, without a code',
    401,
    error(null, 'invalid_request_error', 'IP not authorized by the IP allowlist of the organization.'),
    'restricted',
    'invalid_request_error',
    { cause: 'address' },
  ),
  answer(
    'another organisation',
    401,
    error(
      'mismatched_organization',
      'invalid_request_error',
      'OpenAI-Organization header should match organization for API key.',
    ),
    'restricted',
    'mismatched_organization',
    { cause: 'organisation' },
  ),
  answer(
    'another region',
    401,
    error(
      'incorrect_hostname',
      'invalid_request_error',
      'Attempted to access resource with incorrect hostname. Please make your request to eu.api.openai.com',
    ),
    'misdirected',
    'incorrect_hostname',
    { cause: 'region', source: 'https://github.com/vercel/ai/issues/10157' },
  ),
  answer(
    'organisation not verified',
    403,
    error(
      null,
      'invalid_request_error',
      'Your organization must be verified to use the model `{model}`. Please go to the settings page.',
    ),
    'restricted',
    'invalid_request_error',
    { cause: 'organisation' },
  ),
  answer(
    'not permitted',
    403,
    error(null, 'invalid_request_error', 'You are not allowed to sample from this model.'),
    'restricted',
    'invalid_request_error',
  ),
  answer(
    'billing hard limit',
    400,
    error('billing_hard_limit_reached', 'invalid_request_error', 'Billing hard limit has been reached.'),
    'unfunded',
    'billing_hard_limit_reached',
  ),
  answer(
    'a limit of nothing',
    429,
    error(
      'rate_limit_exceeded',
      'tokens',
      'Rate limit reached for {model} on tokens per min (TPM): Limit 0, Used 0, Requested 8.',
    ),
    'unfunded',
    'rate_limit_exceeded',
  ),
  answer(
    'throttled',
    429,
    error('rate_limit_exceeded', 'requests', 'Rate limit reached for {model} on requests per min (RPM).'),
    'throttled',
    'rate_limit_exceeded',
    { headers: { 'retry-after': '1' } },
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
  badRequest("Invalid 'max_output_tokens'."),
];

/** Of GET /v1/me, which is free; errors are those of every call. */
export const killCheckAnswers: ReadonlyArray<RecordedKillCheckAnswer> = [
  killCheckAnswer(
    'alive',
    200,
    '{"object":"user","id":"user-{id}","orgs":{"object":"list","data":[]}}',
    'alive',
    ME,
  ),
  killCheckAnswer('dead', rejected.status, rejected.body, 'dead', ME),
  killCheckAnswer(
    'a scope that leaves it out',
    401,
    error('missing_scope', 'invalid_request_error', missingScopes),
    'alive',
    ME,
  ),
  killCheckAnswer(
    'from an address that is not allowed',
    401,
    error('ip_not_authorized', 'invalid_request_error', 'IP not authorized.'),
    'cannot-tell',
    ME,
  ),
  killCheckAnswer(
    'a key of another region',
    401,
    error('incorrect_hostname', 'invalid_request_error', 'Please make your request to eu.api.openai.com'),
    'cannot-tell',
    ME,
  ),
  // An account that is let in again takes its keys along.
  killCheckAnswer('its account is deactivated', deactivated.status, deactivated.body, 'cannot-tell', ME),
  killCheckAnswer('gateway', 502, '<html>Bad Gateway</html>', 'cannot-tell', ME),
];
