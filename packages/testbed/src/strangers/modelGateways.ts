import { stranger, type StrangersAnswer } from './strangersAnswer';

const portkey = stranger('Portkey', 'https://portkey.ai/docs/api-reference/inference-api/error-codes');
const truefoundry = stranger('TrueFoundry', 'https://github.com/truefoundry/models/pull/919');
const bifrost = stranger('Bifrost', 'https://docs.getbifrost.ai/providers/supported-providers/overview');
const pollinations = stranger('Pollinations', 'https://github.com/pollinations/pollinations/issues/12135');
const opengateway = stranger('OpenGateway', 'https://github.com/Gitlawb/openclaude/issues/1356');
const wrapped = stranger('a gateway that wraps', 'https://github.com/Gitlawb/openclaude/issues/1303');
const gpustack = stranger('GPUStack', 'https://github.com/gpustack/gpustack/issues/1479');
const vllm = stranger('vLLM', 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html');
const ollama = stranger('Ollama', 'https://docs.ollama.com/api/errors');
const llamaCpp = stranger(
  'llama.cpp',
  'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
);
const tgi = stranger(
  'Text Generation Inference',
  'https://huggingface.co/docs/text-generation-inference/reference/api_reference',
);
const huggingface = stranger('Hugging Face', 'https://huggingface.co/docs/inference-providers/index');
const databricks = stranger('Databricks', 'https://docs.databricks.com/api/workspace/introduction');
const antigravity = stranger(
  'Antigravity Manager',
  'https://github.com/lbjlaq/Antigravity-Manager/issues/1303',
);
const copilot = stranger('GitHub Models', 'https://docs.github.com/en/rest/models/inference');
const others = stranger('a gateway before models', 'https://github.com/tashfeenahmed/freellmapi/issues/1298');

/** Gateways before models, and servers of models, with a form of their own. */
export const MODEL_GATEWAYS: ReadonlyArray<StrangersAnswer> = [
  portkey.json('a wrong key', 401, { status: 'failure', message: 'Invalid API Key. Error Code: 03' }),
  portkey.json('a budget', 412, { status: 'failure', message: 'Budget limit exceeded. Error Code: 04' }),
  portkey.json('a limit', 429, { status: 'failure', message: 'Rate limit exceeded' }),
  portkey.json('a guardrail', 446, {
    error: {
      message: 'The guardrail checks defined in the config failed.',
      type: 'hooks_failed',
      param: null,
      code: null,
    },
  }),
  truefoundry.json('a provider', 400, {
    status: 'failure',
    message: 'together-ai error: Unable to access non-serverless model.',
    error: {
      message: 'together-ai error: Unable to access non-serverless model.',
      type: 'BadRequestError',
      code: '400',
    },
  }),
  truefoundry.json('a wrong key', 401, { status: 'failure', message: 'Unauthorized' }),
  bifrost.json('a virtual key', 401, {
    is_bifrost_error: true,
    status_code: 401,
    error: { type: 'virtual_key_required', message: 'virtual key is required' },
  }),
  bifrost.json('a budget', 402, {
    is_bifrost_error: true,
    status_code: 402,
    error: { type: 'budget_exceeded', message: 'Budget exceeded' },
  }),
  pollinations.json('a wrong key', 401, {
    status: 401,
    success: false,
    error: {
      code: 'UNAUTHORIZED',
      message: 'Authentication required.',
      timestamp: '2026-07-01T03:44:29.051Z',
    },
  }),
  pollinations.json('a provider that is suspended', 500, {
    success: false,
    error: {
      message: 'Image provider error: Account is suspended',
      code: 'UNKNOWN_ERROR',
      details: { name: 'UpstreamError', upstreamStatus: 412 },
    },
  }),
  pollinations.json('a budget', 402, {
    status: 402,
    success: false,
    error: { code: 'PAYMENT_REQUIRED', message: 'Insufficient balance.' },
  }),
  opengateway.json('no key', 401, {
    error: { message: 'API key required', type: 'authentication_error', code: 'api_key_required' },
  }),
  opengateway.json('a wrong key', 401, {
    error: { message: 'Invalid API key', type: 'authentication_error', code: 'api_key_invalid' },
  }),
  wrapped.json('a credit', 402, {
    error: {
      message: 'Insufficient credits. This account never purchased credits.',
      type: 'upstream_error',
      code: '402',
    },
  }),
  gpustack.json('a wrong key', 401, {
    code: 401,
    reason: 'Unauthorized',
    message: 'Invalid authentication credentials',
  }),
  vllm.json('a wrong key', 401, { error: 'Unauthorized' }),
  vllm.json('no such model', 404, {
    object: 'error',
    message: 'The model `gpt` does not exist.',
    type: 'NotFoundError',
    param: null,
    code: 404,
  }),
  vllm.json('no such model, newer', 404, {
    error: { message: 'The model `gpt` does not exist.', type: 'NotFoundError', param: null, code: 404 },
  }),
  vllm.json('a bad request', 400, {
    object: 'error',
    message: 'max_tokens must be at least 1',
    type: 'BadRequestError',
    param: null,
    code: 400,
  }),
  ollama.json('unauthorised', 401, { error: 'unauthorized' }),
  ollama.json('no such model', 404, { error: "model 'gpt' not found" }),
  ollama.json('no such model, in OpenAI’s form', 404, {
    error: { message: "model 'gpt' not found", type: 'api_error', param: null, code: null },
  }),
  llamaCpp.json('a wrong key', 401, {
    error: { code: 401, message: 'Invalid API Key', type: 'authentication_error' },
  }),
  llamaCpp.json('loading', 503, {
    error: { code: 503, message: 'Loading model', type: 'unavailable_error' },
  }),
  tgi.json('a field', 422, {
    error: 'Input validation error: `max_new_tokens` must be strictly positive',
    error_type: 'validation',
  }),
  tgi.json('overloaded', 429, { error: 'Model is overloaded', error_type: 'overloaded' }),
  huggingface.json('a wrong token', 401, { error: 'Invalid username or password.' }),
  huggingface.json('credit', 402, {
    error:
      'You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x ' +
      'more monthly included credits.',
  }),
  huggingface.json('a permission', 403, {
    error:
      'This authentication method does not have sufficient permissions to call Inference Providers on behalf of user',
  }),
  databricks.json('a token', 403, { error_code: '403', message: 'Invalid access token. [ReqId: 1]' }),
  databricks.json('a limit', 429, {
    error_code: 'REQUEST_LIMIT_EXCEEDED',
    message: 'Exceeded request limit',
  }),
  antigravity.json('retries', 429, {
    error: {
      id: 'err_retry_exhausted',
      message: 'All 2 attempts failed. Last status: 429 Too Many Requests.',
      type: 'upstream_exhausted',
    },
    type: 'gateway_error',
  }),
  copilot.text('a token', 401, 'Bad credentials'),
  copilot.json('a limit', 429, {
    error: {
      code: 'RateLimitReached',
      message: 'Rate limit of 10 per 60s exceeded for UserByModelByMinute.',
      details: 'Rate limit of 10 per 60s exceeded.',
    },
  }),
  copilot.json('a model', 400, {
    error: { code: 'unknown_model', message: 'Unknown model: gpt', details: 'Unknown model: gpt' },
  }),
  others.json('a payment', 402, { error: { message: 'Payment required' } }),
  others.json('a quota of its own', 429, { error: { message: 'Too many', code: 'quota_limit_exceeded' } }),
];
