import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

const NETWORK = 'Access denied. Please check your network settings.';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'groq',
  displayName: 'Groq',
  version: '2026-11-28',
  sources: [
    'https://console.groq.com/docs/errors',
    'https://console.groq.com/docs/spend-limits',
    'https://console.groq.com/docs/models',
    'https://console.groq.com/docs/deprecations',
  ],
  method: 'POST',
  url: 'https://api.groq.com/openai/v1/chat/completions',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_completion_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_completion_tokens: 1`',
  models: ['openai/gpt-oss-20b', 'openai/gpt-oss-120b'],
  // The models' own template counts: about 75 tokens for a full stop.
  cost: {
    usd: 0.00002,
    inWords: '80 tokens in at no more than $0.15 and 1 token out at no more than $0.75 a million',
  },
  success: {
    status: 200,
    conditions: [
      { path: 'object', oneOf: ['chat.completion'] },
      // The one token may be spent on thinking: it ran all the same.
      { path: 'choices.*.finish_reason', kind: 'string' },
      { path: 'error', absent: true },
    ],
  },
  errors: {
    shapes: [
      {
        conditions: [{ path: 'error.message', kind: 'string' }],
        message: 'error.message',
        codes: ['error.code', 'error.type'],
      },
      // Said before anybody looks at the key: no code stands beside it.
      { conditions: [{ path: 'error.message', oneOf: [NETWORK] }], message: 'error.message', codes: [] },
    ],
    codeHeader: null,
    knownCodes: [
      'invalid_api_key',
      'expired_api_key',
      'organization_restricted',
      'spend_limit_reached',
      'blocked_api_access',
      'model_permission_blocked_org',
      'model_permission_blocked_project',
      'model_decommissioned',
      'model_not_found',
      'model_terms_required',
      'rate_limit_exceeded',
      'invalid_request_error',
      'permissions_error',
      'internal_server_error',
    ],
    rules: [
      rule(401, 'rejected', { codes: ['invalid_api_key', 'expired_api_key'] }),
      rule(400, 'unfunded', { codes: ['spend_limit_reached', 'blocked_api_access'] }),
      rule(400, 'restricted', { codes: ['organization_restricted'], cause: 'organisation' }),
      rule(403, 'restricted', { codes: ['organization_restricted'], cause: 'organisation' }),
      rule(403, 'restricted', {
        codes: ['model_permission_blocked_org', 'model_permission_blocked_project'],
        cause: 'model',
      }),
      rule(400, 'restricted', { codes: ['model_terms_required'], cause: 'model' }),
      // The address that this service calls from is not served: any key gets that there, a wrong one too.
      rule(403, 'region', { phrases: [NETWORK] }),
      rule(400, 'model-unavailable', { codes: ['model_decommissioned'] }),
      rule(404, 'model-unavailable', { codes: ['model_not_found'] }),
      rule(429, 'throttled', { codes: ['rate_limit_exceeded'] }),
      rule('5xx', 'overloaded', { phrases: ['over capacity'] }),
      anyBody('5xx', 'vendor-error', ['over capacity']),
    ],
  },
  killCheck: {
    method: 'GET',
    url: 'https://api.groq.com/openai/v1/models',
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
  admin: null,
  requestId: { header: 'x-request-id', pattern: '^req_[0-9a-hjkmnp-tv-z]{26}$' },
  key: {
    prefixes: ['gsk_'],
    mark: null,
    alphabet: 'A-Za-z0-9_',
    pattern: '^gsk_[A-Za-z0-9]{52}$',
    patternInWords: 'gsk_ and 52 letters and digits',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://console.groq.com/keys',
    console: 'https://console.groq.com/keys',
    status: 'https://groqstatus.com',
  },
  steps: {
    make: [
      'Sign in at console.groq.com, and choose the organisation and the project that are to pay.',
      'Open API Keys.',
      'Press Create API Key, give it a name, and choose a day on which it ends, if it is to end.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at console.groq.com, in the organisation and the project that the key belongs to.',
      'Open API Keys, and find the key by its name and its last characters.',
      'Press the bin at the end of its row, and confirm. This can not be undone.',
      'Then look for keys and members that nobody knows, at the files and batches of the project, at its ' +
        'usage, and at the spend limit.',
    ],
  },
};
