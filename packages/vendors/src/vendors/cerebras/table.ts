import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'cerebras',
  displayName: 'Cerebras',
  version: '2026-11-28',
  sources: [
    'https://inference-docs.cerebras.ai/support/error',
    'https://inference-docs.cerebras.ai/api-reference/chat-completions',
    'https://inference-docs.cerebras.ai/console/api-keys',
    'https://github.com/maruel/genai/tree/main/providers/cerebras/testdata',
  ],
  method: 'POST',
  url: 'https://api.cerebras.ai/v1/chat/completions',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_completion_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_completion_tokens: 1`',
  models: ['gpt-oss-120b', 'gemma-4-31b'],
  cost: {
    usd: 0.00009,
    inWords: '80 tokens in at no more than $0.99 and 1 token out at no more than $1.49 a million',
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
        // Not within `error`, as others have it.
        conditions: [
          { path: 'message', kind: 'string' },
          {
            path: 'type',
            oneOf: [
              'invalid_request_error',
              'not_found_error',
              'payment_required_error',
              'too_many_requests_error',
              'too_many_tokens_error',
            ],
          },
          { path: 'param', kind: 'string' },
          { path: 'error', absent: true },
        ],
        message: 'message',
        codes: ['code'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'wrong_api_key',
      'payment_required',
      'model_not_found',
      'request_quota_exceeded',
      'token_quota_exceeded',
      'queue_exceeded',
      'wrong_api_format',
    ],
    rules: [
      rule(401, 'rejected', { codes: ['wrong_api_key'] }),
      rule(402, 'unfunded', { codes: ['payment_required'] }),
      rule(404, 'model-unavailable', { codes: ['model_not_found'] }),
      rule(429, 'throttled', { codes: ['request_quota_exceeded', 'token_quota_exceeded'] }),
      // Its own queue is full: that is nobody's limit.
      rule(429, 'overloaded', { codes: ['queue_exceeded'] }),
      rule('5xx', 'overloaded', { codes: ['queue_exceeded'] }),
      anyBody('5xx', 'vendor-error', ['queue_exceeded']),
    ],
  },
  killCheck: null,
  admin: null,
  requestId: null,
  key: {
    prefixes: ['csk-'],
    mark: null,
    alphabet: 'a-z0-9-',
    pattern: '^csk-[a-z0-9]{48}$',
    patternInWords: 'csk- and 48 small letters and digits',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://cloud.cerebras.ai',
    console: 'https://cloud.cerebras.ai',
    status: 'https://status.cerebras.ai',
  },
  steps: {
    make: [
      'Sign in at cloud.cerebras.ai, in the organisation that is to pay.',
      'Open API Keys, on the left. With a paid account choose the project first: its limits are the key’s.',
      'Press Generate API Key, give the key a name, and confirm.',
      'Copy the key, with the sign beside it.',
    ],
    revoke: [
      'Sign in at cloud.cerebras.ai, in the organisation that the key belongs to.',
      'Open API Keys, on the left, and find the key by its name. With a paid account choose its project first.',
      'Press the bin beside it, and confirm. The key ends at once, and this can not be undone.',
      'Then look for keys and members that nobody knows, and at usage and spending.',
    ],
  },
};
