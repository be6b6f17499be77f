import { stranger, type StrangersAnswer } from './strangersAnswer';

const litellm = stranger('LiteLLM', 'https://docs.litellm.ai/docs/proxy/error_handling');
const oneApi = stranger('One API', 'https://github.com/songquanpeng/one-api/blob/main/middleware/utils.go');
const newApi = stranger('New API', 'https://github.com/QuantumNous/new-api/blob/main/middleware/utils.go');

const error = (
  message: string,
  type: string | null,
  code: string | number | null,
  param: string | null = 'None',
) => ({
  error: { message, type, param, code },
});

/** Gateways before models: OpenAI's form, or nearly, with words and codes of their own. */
export const OPENAI_LIKE: ReadonlyArray<StrangersAnswer> = [
  litellm.json('no key', 401, error('Authentication Error, No api key passed in.', 'auth_error', '401')),
  litellm.json(
    'a wrong key',
    401,
    error(
      'Authentication Error, Invalid proxy server token passed. Unable to find token in cache or ' +
        '`LiteLLM_VerificationTokenTable`',
      'token_not_found_in_db',
      '401',
      'key',
    ),
  ),
  litellm.json(
    'a key that ended',
    400,
    error('Authentication Error - Expired Key.', 'expired_key', '400', 'key'),
  ),
  litellm.json(
    'a virtual key expected',
    401,
    error(
      "Authentication Error, LiteLLM Virtual Key expected. Received=sk-1, expected to start with 'sk-'.",
      'auth_error',
      '401',
    ),
  ),
  litellm.json(
    'a model that the key may not',
    401,
    error(
      'Authentication Error, key not allowed to access model. This key can only access models=[]',
      'key_model_access_denied',
      '401',
      'model',
    ),
  ),
  litellm.json(
    'a team that may not',
    403,
    error('team not allowed to access model.', 'team_model_access_denied', '403', 'model'),
  ),
  litellm.json(
    'a budget',
    400,
    error('Budget has been exceeded! Current cost: 1.0, Max budget: 0.5', 'budget_exceeded', '400', null),
  ),
  litellm.json(
    'a budget, newer',
    429,
    error('Budget has been exceeded! Current cost: 1.0, Max budget: 0.5', 'budget_exceeded', '429', null),
  ),
  litellm.json(
    'a limit',
    429,
    error('Max parallel request limit reached. Limit type: api_key', 'None', '429'),
  ),
  litellm.json(
    'a limit of the model',
    429,
    error('No deployments available for selected model, Try again in 5 seconds.', 'None', '429'),
  ),
  litellm.json(
    'the provider’s key',
    401,
    error(
      'litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key provided. Received ' +
        'Model Group=gpt',
      null,
      '401',
      null,
    ),
  ),
  litellm.json(
    'the provider’s limit',
    429,
    error(
      'litellm.RateLimitError: RateLimitError: OpenAIException - You exceeded your current quota',
      'throttling_error',
      '429',
      null,
    ),
  ),
  litellm.json(
    'the provider’s model',
    404,
    error(
      'litellm.NotFoundError: NotFoundError: OpenAIException - The model does not exist',
      null,
      '404',
      null,
    ),
  ),
  litellm.json(
    'no such model',
    400,
    error(
      '/chat/completions: Invalid model name passed in model=gpt. Call `/v1/models` to view available models ' +
        'for your key.',
      'None',
      '400',
      'None',
    ),
  ),
  litellm.json(
    'the provider’s Perplexity',
    400,
    error(
      "litellm.BadRequestError: PerplexityException - Invalid model 'perplexity/sonar'. Permitted models can be " +
        'found in the documentation',
      null,
      '400',
      null,
    ),
  ),
  litellm.json('a fault', 500, error('Internal server error', 'internal_server_error', '500')),
  litellm.json('a detail alone', 403, {
    detail: { error: 'Virtual key is not allowed to call this route.' },
  }),
  oneApi.json('a wrong token', 401, {
    error: { message: '无效的令牌 (request id: 2026112812)', type: 'one_api_error' },
  }),
  oneApi.json('a token that is used up', 403, {
    error: { message: '该令牌额度已用尽 (request id: 2026112812)', type: 'one_api_error' },
  }),
  oneApi.json('no channel', 503, {
    error: { message: '当前分组 default 下对于模型 gpt 无可用渠道', type: 'one_api_error' },
  }),
  oneApi.json('upstream', 429, {
    error: { message: '当前分组上游负载已饱和，请稍后再试', type: 'one_api_error', param: '', code: null },
  }),
  newApi.json('a wrong token', 401, {
    error: { code: '', message: 'Invalid token (request id: 2026112812)', type: 'new_api_error' },
  }),
  newApi.json('a balance', 403, {
    error: { message: '用户额度不足', type: 'new_api_error', param: '', code: 'insufficient_user_quota' },
  }),
  newApi.json('no channel', 503, {
    error: {
      code: 'model_not_found',
      message: 'No available channel for model gpt under group default (distributor)',
      type: 'new_api_error',
    },
  }),
  newApi.json('an address', 403, {
    error: { code: '', message: '您的 IP 不在令牌允许访问的列表中', type: 'new_api_error' },
  }),
  newApi.json('a bad answer', 500, {
    error: {
      message: 'bad response status code 401',
      type: 'bad_response_status_code',
      param: '',
      code: 'bad_response_status_code',
    },
  }),
];
