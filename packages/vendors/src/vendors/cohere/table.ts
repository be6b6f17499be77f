import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

const BY_THE_MONTH = ['API calls / month'];

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public. */
export const table: VendorTable = {
  vendor: 'cohere',
  displayName: 'Cohere',
  version: '2026-11-28',
  sources: [
    'https://docs.cohere.com/reference/errors',
    'https://docs.cohere.com/docs/rate-limits',
    'https://docs.cohere.com/reference/chat',
    'https://cohere.com/pricing',
  ],
  method: 'POST',
  url: 'https://api.cohere.com/v2/chat',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_tokens: 1, stream: false, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_tokens: 1`',
  models: ['command-r7b-12-2024', 'command-r-08-2024'],
  cost: {
    usd: 0.000003,
    inWords: '8 tokens in at no more than $0.15 and 1 token out at no more than $0.60 a million',
  },
  success: {
    status: 200,
    conditions: [
      { path: 'finish_reason', oneOf: ['COMPLETE', 'MAX_TOKENS', 'STOP_SEQUENCE'] },
      { path: 'message.role', oneOf: ['assistant'] },
    ],
  },
  errors: {
    shapes: [
      {
        // It has no codes, and gateways have this form too: so each rule names the vendor's own words.
        conditions: [
          { path: 'message', kind: 'string' },
          { path: 'error', absent: true },
          { path: 'code', absent: true },
        ],
        message: 'message',
        codes: [],
      },
    ],
    codeHeader: null,
    knownCodes: [],
    rules: [
      rule(401, 'rejected', { phrases: ['invalid api token', 'Your API key has expired'] }),
      rule(401, 'our-request', { phrases: ['no api key supplied'] }),
      rule(402, 'unfunded', {
        phrases: ['add or update your payment method', 'Maximum billing reached for this API key'],
      }),
      rule(404, 'model-unavailable', { phrases: ['make sure the correct model ID was used'] }),
      rule(429, 'unfunded', { phrases: BY_THE_MONTH }),
      rule(429, 'throttled', {
        phrases: ['per minute request limit', 'API calls / minute', 'token rate limit exceeded'],
        unless: BY_THE_MONTH,
      }),
      anyBody('5xx', 'vendor-error'),
    ],
  },
  killCheck: {
    method: 'POST',
    url: 'https://api.cohere.com/v1/check-api-key',
    body: null,
    success: { status: 200, conditions: [{ path: 'valid', oneOf: [true] }] },
    refusals: [{ status: 200, conditions: [{ path: 'valid', oneOf: [false] }] }],
  },
  admin: null,
  requestId: null,
  key: {
    prefixes: [],
    mark: null,
    alphabet: 'A-Za-z0-9_-',
    pattern: '^[A-Za-z0-9]{40}$',
    patternInWords: '40 letters and digits',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://dashboard.cohere.com/api-keys',
    console: 'https://dashboard.cohere.com/api-keys',
    status: 'https://status.cohere.com',
  },
  steps: {
    make: [
      'Sign in at dashboard.cohere.com, in the organisation that is to pay.',
      'Open API Keys, in the list on the left under Platform.',
      'Press New Trial key, or Get your Production key: a trial key is free, and has 1,000 calls a month.',
      'Give the key a name, and copy it.',
    ],
    revoke: [
      'Sign in at dashboard.cohere.com, in the organisation that the key belongs to.',
      'Open API Keys, and find the key by its name and its last characters.',
      'Open the menu of its row, and delete the key. This can not be undone.',
      'Then look for keys and members that nobody knows, at datasets and fine-tuned models, at usage, and ' +
        'at the spend limit.',
    ],
  },
};
