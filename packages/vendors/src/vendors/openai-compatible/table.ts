import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

/**
 * Servers with OpenAI's interface: vLLM, LiteLLM, a company's gateway. Only what has OpenAI's own whole form counts:
 * what else such servers say has no form in common.
 */
export const table: VendorTable = {
  vendor: 'openai-compatible',
  displayName: 'OpenAI-compatible',
  version: '2026-11-28',
  sources: [
    'https://developers.openai.com/api/docs/guides/error-codes',
    'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
    'https://docs.litellm.ai/docs/proxy/user_keys',
  ],
  method: 'POST',
  url: '{baseUrl}/chat/completions',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_tokens: 1`',
  models: [],
  cost: {
    usd: 0.0003,
    inWords: 'what the endpoint charges for 8 tokens in and 1 token out, such as $20 and $80 a million',
  },
  success: {
    status: 200,
    conditions: [
      { path: 'object', oneOf: ['chat.completion'] },
      { path: 'choices', kind: 'array' },
      { path: 'error', absent: true },
    ],
  },
  errors: {
    shapes: [
      {
        conditions: [
          { path: 'error.message', kind: 'string' },
          { path: 'error.type', kind: 'string' },
        ],
        message: 'error.message',
        codes: ['error.code', 'error.type'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'invalid_api_key',
      'model_not_found',
      'insufficient_quota',
      'rate_limit_exceeded',
      'invalid_request_error',
    ],
    rules: [
      // A key of another endpoint gets the same answer.
      rule(401, 'rejected', { codes: ['invalid_api_key'], cause: 'endpoint' }),
      rule(403, 'restricted', { codes: ['model_not_found'], cause: 'model' }),
      rule(404, 'model-unavailable', { codes: ['model_not_found'] }),
      rule(429, 'unfunded', { codes: ['insufficient_quota'] }),
      rule(429, 'throttled', { codes: ['rate_limit_exceeded'], unless: ['insufficient_quota'] }),
      rule(400, 'completed', {
        codes: ['invalid_request_error'],
        phrases: ['max_tokens or model output limit was reached'],
      }),
      anyBody('5xx', 'vendor-error'),
    ],
  },
  killCheck: null,
  admin: null,
  requestId: null,
  key: {
    prefixes: [],
    mark: null,
    alphabet: null,
    pattern: null,
    patternInWords: "whatever the endpoint's operator gives out",
    adminPrefixes: [],
  },
  pages: { revocation: null, console: null, status: null },
  steps: {
    make: [
      'Ask whoever runs the endpoint for a key, for its address and for the name of a model that the key may use.',
      'Name the address with --endpoint as the SDKs have it, such as https://gateway.example.com/v1.',
      'Name the model with --model.',
    ],
    revoke: ['Ask whoever runs the endpoint to revoke the key, and name it by its last 4 characters.'],
  },
};
