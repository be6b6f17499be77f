import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';
import { admin } from './admin';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'mistral',
  displayName: 'Mistral',
  version: '2026-11-28',
  sources: [
    'https://docs.mistral.ai/resources/error-glossary',
    'https://docs.mistral.ai/admin/identity-access/api-keys',
    'https://docs.mistral.ai/getting-started/models',
    'https://mistral.ai/pricing',
  ],
  method: 'POST',
  url: 'https://api.mistral.ai/v1/chat/completions',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_tokens: 1`',
  models: ['ministral-3b-latest', 'mistral-small-latest'],
  cost: {
    usd: 0.000005,
    inWords: '5 tokens in at no more than $0.15 and 1 token out at no more than $0.60 a million',
  },
  success: {
    status: 200,
    conditions: [
      { path: 'object', oneOf: ['chat.completion'] },
      { path: 'choices.*.finish_reason', kind: 'string' },
      { path: 'error', absent: true },
    ],
  },
  errors: {
    shapes: [
      {
        conditions: [
          { path: 'object', oneOf: ['error'] },
          { path: 'message', kind: 'string' },
          { path: 'type', kind: 'string' },
        ],
        message: 'message',
        codes: ['type'],
      },
      // What stands before the interface knows no codes: it has this one sentence, as other programs have it. Its id
      // tells that it is the vendor's.
      {
        conditions: [{ path: 'detail', oneOf: ['Unauthorized'] }, { requestId: 'in-its-own-form' }],
        message: 'detail',
        codes: [],
      },
      {
        conditions: [{ path: 'message', oneOf: ['Requests rate limit exceeded'] }],
        message: 'message',
        codes: [],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'billing_api_budget_exhausted',
      'tier_not_allowed',
      'invalid_model',
      'rate_limited',
      'service_tier_capacity_exceeded',
      'invalid_request_error',
    ],
    rules: [
      rule(401, 'rejected', { phrases: ['Unauthorized'] }),
      rule(402, 'unfunded', { codes: ['billing_api_budget_exhausted'] }),
      rule(403, 'restricted', { codes: ['tier_not_allowed'], cause: 'model' }),
      rule(400, 'model-unavailable', { codes: ['invalid_model'] }),
      rule(429, 'throttled', { codes: ['rate_limited'] }),
      rule(429, 'throttled', { phrases: ['Requests rate limit exceeded'], unless: ['rate_limited'] }),
      // The vendor is full: that is no limit of the key's.
      rule(429, 'overloaded', { codes: ['service_tier_capacity_exceeded'] }),
      rule('5xx', 'overloaded', { codes: ['service_tier_capacity_exceeded'] }),
      anyBody('5xx', 'vendor-error', ['service_tier_capacity_exceeded']),
    ],
  },
  killCheck: {
    method: 'GET',
    url: 'https://api.mistral.ai/v1/models',
    body: null,
    success: {
      status: 200,
      conditions: [
        { path: 'object', oneOf: ['list'] },
        { path: 'data', kind: 'array' },
      ],
    },
    refusals: [],
  },
  admin,
  requestId: {
    header: 'mistral-correlation-id',
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
  },
  key: {
    prefixes: [],
    mark: null,
    alphabet: null,
    pattern: null,
    patternInWords: 'letters and digits without a mark of their own',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://console.mistral.ai/api-keys',
    console: 'https://console.mistral.ai/api-keys',
    status: 'https://status.mistral.ai',
  },
  steps: {
    make: [
      'Sign in at console.mistral.ai, and choose the organisation and the workspace that are to pay.',
      'Open API Keys on the left.',
      'Press Create new key, give it a name, and set a date on which it ends, if it is to end.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at console.mistral.ai, in the workspace that the key belongs to. Who manages the organisation has the ' +
        'keys of all workspaces at admin.mistral.ai, under API and API Keys.',
      'Open API Keys, and find the key by its name and its last characters.',
      'Open the menu of its row, choose Delete, and confirm. This can not be undone.',
      'Then look for keys and members that nobody knows, at the files and batches of the workspace, at its ' +
        'usage, and at the spend limit under Billing.',
    ],
  },
};
