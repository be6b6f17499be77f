import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';
import { admin } from './admin';

/** The customer's own limits, by where they are set. */
const LIMITS_402 = ['openrouter_credits', 'openrouter_key_limit', 'payment_required'];
const LIMITS_403 = ['openrouter_key_limit', 'openrouter_workspace_budget', 'openrouter_guardrail_budget'];
const KEY_LIMIT = 'Key limit exceeded (';
const NO_KEY = ['No cookie auth credentials found', 'Missing Authentication header'];
/** A provider behind it said so, of its own key or of where the call came from. */
const OF_A_PROVIDER = ['Provider returned error', 'violation of provider Terms Of Service'];

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'openrouter',
  displayName: 'OpenRouter',
  version: '2026-11-28',
  sources: [
    'https://openrouter.ai/docs/api-reference/errors',
    'https://openrouter.ai/docs/api-reference/limits',
    'https://openrouter.ai/docs/api-reference/authentication',
  ],
  method: 'POST',
  url: 'https://openrouter.ai/api/v1/chat/completions',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_tokens: 1`',
  models: ['openai/gpt-oss-20b', 'mistralai/mistral-small-2603'],
  cost: {
    usd: 0.00002,
    inWords: '80 tokens in at no more than $0.15 and 1 token out at no more than $0.60 a million',
  },
  success: {
    status: 200,
    conditions: [
      { path: 'object', oneOf: ['chat.completion'] },
      { path: 'choices.*.finish_reason', oneOf: ['length', 'stop', 'content_filter'] },
      // What failed after it began is told with 200.
      { path: 'error', absent: true },
      { path: 'choices.*.error', absent: true },
    ],
  },
  errors: {
    shapes: [
      {
        conditions: [
          { path: 'error.code', kind: 'number' },
          { path: 'error.message', kind: 'string' },
        ],
        message: 'error.message',
        codes: ['error.metadata.reason', 'error.metadata.limit_source', 'error.metadata.error_type'],
      },
      // Its own refusals have a number and a sentence alone, as many gateways' do: the sentence has to be the vendor's.
      {
        conditions: [
          { path: 'error.code', oneOf: [400, 401, 402, 403, 404, 429, 503] },
          { path: 'error.message', kind: 'string' },
          { path: 'error.type', absent: true },
        ],
        message: 'error.message',
        codes: [],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'in_flight_budget_exhausted',
      'weight_exceeds_budget',
      'openrouter_credits',
      'openrouter_key_limit',
      'openrouter_workspace_budget',
      'openrouter_guardrail_budget',
      'openrouter_in_flight_budget',
      'authentication',
      'payment_required',
      'permission_denied',
      'rate_limit_exceeded',
      'provider_overloaded',
      'provider_unavailable',
      'server',
    ],
    rules: [
      rule(401, 'rejected', { phrases: ['User not found.'] }),
      rule(401, 'rejected', { codes: ['authentication'], unless: ['User not found.', ...NO_KEY] }),
      rule(401, 'our-request', { phrases: NO_KEY }),
      rule(402, 'unfunded', { codes: LIMITS_402 }),
      rule(402, 'unfunded', { phrases: ['Insufficient credits. Add more using'], unless: LIMITS_402 }),
      // Other calls of this key are under way and hold its credit: it authenticates, and the call passes later.
      rule(402, 'throttled', { codes: ['openrouter_in_flight_budget'] }),
      rule(403, 'unfunded', { codes: LIMITS_403 }),
      rule(403, 'unfunded', { phrases: [KEY_LIMIT], unless: LIMITS_403 }),
      rule(403, 'restricted', {
        codes: ['permission_denied'],
        unless: [...LIMITS_403, KEY_LIMIT, ...OF_A_PROVIDER],
      }),
      rule(400, 'model-unavailable', { phrases: ['is not a valid model ID'] }),
      rule(404, 'model-unavailable', { phrases: ['No endpoints found for'] }),
      rule(429, 'throttled', { codes: ['rate_limit_exceeded'] }),
      rule(429, 'throttled', { phrases: ['Rate limit exceeded: '], unless: ['rate_limit_exceeded'] }),
      rule('5xx', 'overloaded', { codes: ['provider_overloaded'] }),
      anyBody('5xx', 'vendor-error', ['provider_overloaded']),
    ],
  },
  killCheck: {
    method: 'GET',
    url: 'https://openrouter.ai/api/v1/key',
    body: null,
    success: {
      status: 200,
      conditions: [
        { path: 'data.label', kind: 'string' },
        { path: 'error', absent: true },
      ],
    },
    refusals: [],
  },
  admin,
  requestId: { header: 'x-generation-id', pattern: '^gen-[0-9]{10}-[A-Za-z0-9]{20}$' },
  key: {
    prefixes: ['sk-or-v1-'],
    mark: null,
    alphabet: 'a-z0-9-',
    pattern: '^sk-or-v1-[0-9a-f]{64}$',
    patternInWords: 'sk-or-v1- and 64 digits of 0-9 and a-f',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://openrouter.ai/settings/keys',
    console: 'https://openrouter.ai/settings/keys',
    status: 'https://status.openrouter.ai',
  },
  steps: {
    make: [
      'Sign in at openrouter.ai, and choose the organisation and the workspace that are to pay.',
      'Open Settings, then API Keys. A key under Management Keys is another kind, and can not be used.',
      'Press Create, give the key a name, and set a credit limit, if it is to have one.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at openrouter.ai, in the organisation and the workspace that the key belongs to.',
      'Open Settings, then API Keys, and find the key by its name and its last characters.',
      'Open the menu of its row, choose Delete, and confirm. Disable stops it too, and can be undone.',
      'Then look for keys and members that nobody knows, Management Keys among them, at Activity by key, ' +
        'and at the credit limits of the keys that stay.',
    ],
  },
};
