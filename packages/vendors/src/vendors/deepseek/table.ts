import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'deepseek',
  displayName: 'DeepSeek',
  version: '2026-11-28',
  sources: [
    'https://api-docs.deepseek.com/quick_start/error_codes',
    'https://api-docs.deepseek.com/quick_start/rate_limit',
    'https://api-docs.deepseek.com/quick_start/pricing',
    'https://api-docs.deepseek.com/api/create-chat-completion',
  ],
  method: 'POST',
  url: 'https://api.deepseek.com/chat/completions',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  // Its models think unless they are told not to.
  body: {
    model: '{model}',
    max_tokens: 1,
    thinking: { type: 'disabled' },
    messages: [{ role: 'user', content: '.' }],
  },
  smallest: '`max_tokens: 1`, without thinking',
  models: ['deepseek-flash', 'deepseek-v4-pro'],
  cost: {
    usd: 0.00002,
    inWords: '8 tokens in at no more than $1.32 and 1 token out at no more than $3.96 a million',
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
        // `error.code` tells nothing here: it is the same for a wrong key, an empty balance and a wrong request.
        conditions: [
          { path: 'error.message', kind: 'string' },
          { path: 'error.code', oneOf: ['invalid_request_error', 'service_unavailable_error'] },
        ],
        message: 'error.message',
        codes: ['error.type'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'authentication_error',
      'unknown_error',
      'invalid_request_error',
      'rate_limit_error',
      'service_unavailable_error',
    ],
    rules: [
      // "(no such user)" is left out: good keys had it while the vendor was down. So is "(governor)": it came to calls
      // without a key.
      rule(401, 'rejected', { codes: ['authentication_error'], phrases: ['Your api key'] }),
      // It says so where no key arrived, which is this side's.
      rule(401, 'our-request', { codes: ['authentication_error'], phrases: ['auth header format'] }),
      rule(402, 'unfunded', { codes: ['unknown_error'], phrases: ['Insufficient Balance'] }),
      rule(400, 'model-unavailable', { codes: ['invalid_request_error'], phrases: ['Model Not Exist'] }),
      rule(429, 'throttled', { codes: ['rate_limit_error'] }),
      rule('5xx', 'overloaded', { codes: ['service_unavailable_error'] }),
      anyBody('5xx', 'vendor-error', ['service_unavailable_error']),
    ],
  },
  killCheck: null,
  admin: null,
  requestId: { header: 'x-ds-trace-id', pattern: '^[0-9a-f]{32}$' },
  key: {
    prefixes: [],
    mark: null,
    alphabet: 'A-Za-z0-9-',
    pattern: '^sk-[0-9a-f]{32}$',
    patternInWords: 'sk- and 32 digits of 0-9 and a-f',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://platform.deepseek.com/api_keys',
    console: 'https://platform.deepseek.com/api_keys',
    status: 'https://status.deepseek.com',
  },
  steps: {
    make: [
      'Sign in at platform.deepseek.com.',
      'Open Top up and see that there is a balance: without one every call is refused.',
      'Open API keys, press Create new API key, and give the key a name.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at platform.deepseek.com, with the account that the key belongs to.',
      'Open API keys, and find the key by its name and its last characters.',
      'Press the bin at the end of its row, and confirm. This can not be undone.',
      'Then look for keys that nobody knows, and at usage and the balance.',
    ],
  },
};
