import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';
import { admin } from './admin';

/** Where a sentence stands in the place of the code, the code ends the message. */
const BAD = '[WKE=unauthenticated:bad-credentials]';
/** Its sentence comes with `%20` for each space, too. */
const WRONG_KEY = ['Incorrect API key provided', 'Incorrect%20API%20key%20provided', BAD];
const SPENT = 'used all available credits';
const NEVER_PAID = "doesn't have any credits or licenses";
const OF_A_PERSON = '[WKE=personal-team-blocked:spending-limit]';
const OFF = 'is disabled and cannot be used to perform requests';
const NOT_ALLOWED = 'Access to the chat endpoint is denied';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'xai',
  displayName: 'xAI',
  version: '2026-11-28',
  sources: [
    'https://docs.x.ai/developers/debugging',
    'https://docs.x.ai/developers/models',
    'https://docs.x.ai/developers/migration/may-15-retirement',
  ],
  method: 'POST',
  url: 'https://api.x.ai/v1/chat/completions',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_completion_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_completion_tokens: 1`',
  models: ['grok-4.20-0309-non-reasoning', 'grok-4.3'],
  // The vendor counts a text of its own before the question.
  cost: {
    usd: 0.0005,
    inWords: '300 tokens in at no more than $1.25 and 1 token out at no more than $2.50 a million',
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
      // Today: a code of words with hyphens, and a sentence beside it.
      { conditions: [{ path: 'error', kind: 'string' }], message: 'error', codes: ['code'] },
      // Before: a sentence in the place of the code.
      {
        conditions: [
          { path: 'error', kind: 'string' },
          {
            path: 'code',
            oneOf: [
              'Client specified an invalid argument',
              'The caller does not have permission to execute the specified operation',
              'Some requested entity was not found',
              'Some resource has been exhausted',
            ],
          },
        ],
        message: 'error',
        codes: [],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'invalid-argument',
      'unauthenticated:bad-credentials',
      'unauthenticated:no-credentials',
      'permission-denied',
      'personal-team-blocked:spending-limit',
      'not-found',
      'resource-exhausted',
      'internal',
    ],
    rules: [
      rule(400, 'rejected', { phrases: WRONG_KEY }),
      rule(401, 'rejected', { codes: ['unauthenticated:bad-credentials'] }),
      rule(403, 'rejected', { codes: ['unauthenticated:bad-credentials'] }),
      rule(403, 'rejected', { phrases: [BAD] }),
      rule(401, 'our-request', { codes: ['unauthenticated:no-credentials'] }),
      rule(402, 'unfunded', { codes: ['personal-team-blocked:spending-limit'] }),
      rule(403, 'unfunded', { codes: ['personal-team-blocked:spending-limit'] }),
      rule(403, 'unfunded', { phrases: [SPENT, NEVER_PAID, OF_A_PERSON] }),
      rule(429, 'unfunded', { phrases: [SPENT] }),
      // A key that was switched off can be switched on again.
      rule(403, 'restricted', { phrases: [OFF], cause: 'scope' }),
      rule(403, 'restricted', { phrases: [NOT_ALLOWED], cause: 'scope' }),
      rule(404, 'model-unavailable', { phrases: ['does not exist or your team', 'was deprecated on'] }),
      rule(429, 'throttled', { phrases: ['Too many requests for team'] }),
      rule(429, 'overloaded', { phrases: ['temporarily at capacity'] }),
      anyBody('5xx', 'vendor-error'),
    ],
  },
  killCheck: {
    method: 'GET',
    url: 'https://api.x.ai/v1/api-key',
    body: null,
    success: {
      status: 200,
      conditions: [
        { path: 'redacted_api_key', kind: 'string' },
        { path: 'api_key_blocked', oneOf: [false] },
        { path: 'api_key_disabled', oneOf: [false] },
        { path: 'team_blocked', oneOf: [false] },
      ],
    },
    refusals: [
      {
        status: 200,
        conditions: [
          { path: 'redacted_api_key', kind: 'string' },
          { path: 'api_key_blocked', oneOf: [true] },
        ],
      },
      {
        status: 200,
        conditions: [
          { path: 'redacted_api_key', kind: 'string' },
          { path: 'api_key_disabled', oneOf: [true] },
        ],
      },
    ],
  },
  admin,
  requestId: {
    header: 'x-request-id',
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  },
  key: {
    prefixes: ['xai-'],
    mark: null,
    alphabet: 'A-Za-z0-9-',
    pattern: '^xai-[A-Za-z0-9]{80}$',
    patternInWords: 'xai- and 80 letters and digits',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://console.x.ai/team/default/api-keys',
    console: 'https://console.x.ai/team/default/api-keys',
    status: 'https://status.x.ai',
  },
  steps: {
    make: [
      'Sign in at console.x.ai, and choose the team that is to pay. See under Billing that it has credits.',
      'Open API Keys.',
      'Press Create API key, give it a name, and choose what it may call: it needs the chat endpoint.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at console.x.ai, in the team that the key belongs to.',
      'Open API Keys, and find the key by its name and its last characters.',
      'Open the menu of its row, choose Delete, and confirm. Disable stops it too, and can be undone.',
      "Then look for keys, management keys and users that nobody knows, at the team's files and " +
        'collections, at its usage, and at the spend limit under Billing.',
    ],
  },
};
