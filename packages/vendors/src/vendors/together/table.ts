import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'together',
  displayName: 'Together AI',
  version: '2026-11-28',
  sources: [
    'https://docs.together.ai/docs/api-keys-authentication',
    'https://docs.together.ai/docs/serverless/models',
    'https://docs.together.ai/docs/serverless/rate-limits',
    'https://github.com/maruel/genai/tree/main/providers/togetherai/testdata',
  ],
  method: 'POST',
  url: 'https://api.together.xyz/v1/chat/completions',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_tokens: 1`',
  models: ['openai/gpt-oss-20b', 'openai/gpt-oss-120b'],
  cost: {
    usd: 0.00002,
    inWords: '80 tokens in at no more than $0.15 and 1 token out at no more than $0.60 a million',
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
        // Gateways copy OpenAI's form, which has no id beside the error.
        conditions: [
          { path: 'id', kind: 'string' },
          { path: 'error.message', kind: 'string' },
        ],
        message: 'error.message',
        codes: ['error.code', 'error.type'],
      },
      {
        // Rate limits came without an id, and with the type that an empty balance has.
        conditions: [{ path: 'error.type', oneOf: ['credit_limit'] }],
        message: 'error.message',
        codes: ['error.type'],
      },
    ],
    codeHeader: null,
    knownCodes: ['invalid_api_key', 'model_not_available', 'credit_limit', 'invalid_request_error'],
    rules: [
      rule(401, 'rejected', { codes: ['invalid_api_key'], phrases: ['Invalid API key provided'] }),
      rule(402, 'unfunded', { codes: ['credit_limit'], phrases: ['Credit limit exceeded'] }),
      // 404 for a name that is none, 400 for a model that now needs a machine of one's own.
      rule(404, 'model-unavailable', { codes: ['model_not_available'] }),
      rule(400, 'model-unavailable', { codes: ['model_not_available'] }),
      rule(429, 'throttled', { codes: ['credit_limit'], phrases: ['rate limit'] }),
      // 403 stands for too many tokens here, and has no code: nothing is read off it.
      anyBody('5xx', 'vendor-error'),
    ],
  },
  // Bodies have an id, and no header that is the vendor's own does.
  killCheck: null,
  admin: null,
  requestId: null,
  key: {
    prefixes: ['tgp_v1_'],
    mark: null,
    alphabet: 'A-Za-z0-9_-',
    pattern: '^(tgp_v1_[A-Za-z0-9_-]{43}|[0-9a-f]{64})$',
    patternInWords: 'tgp_v1_ and 43 characters, or 64 digits of 0-9 and a-f for older ones',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://api.together.ai/settings/projects/~current/api-keys',
    console: 'https://api.together.ai/settings/projects/~current/api-keys',
    status: 'https://status.together.ai',
  },
  steps: {
    make: [
      'Sign in at api.together.ai, and choose the project that is to pay.',
      'Open Settings, then API keys.',
      'Press Create API Key, give the key a name and, if you like, a day on which it ends, and press Create.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at api.together.ai, and choose the project that the key belongs to.',
      'Open Settings, then API keys, and find the key by its name.',
      'Open the menu with three dots in its row, choose to revoke it, and confirm. This can not be undone.',
      'Then look for keys and members that nobody knows, at files, batches and fine-tuned models, at ' +
        'usage, and at the balance.',
    ],
  },
};
