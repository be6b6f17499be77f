import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'fireworks',
  displayName: 'Fireworks AI',
  version: '2026-11-28',
  sources: [
    'https://docs.fireworks.ai/guides/inference-error-codes',
    'https://docs.fireworks.ai/serverless/pricing',
    'https://nango.dev/docs/api-integrations/fireworks-ai/connect',
  ],
  method: 'POST',
  url: 'https://api.fireworks.ai/inference/v1/chat/completions',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_tokens: 1`',
  models: ['accounts/fireworks/models/deepseek-v4-flash', 'accounts/fireworks/models/gpt-oss-120b'],
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
        conditions: [
          { path: 'error.type', oneOf: ['error'] },
          { path: 'error.message', kind: 'string' },
        ],
        message: 'error.message',
        codes: ['error.code'],
      },
      {
        // How it tells of its limits: without a code.
        conditions: [
          { path: 'error', oneOf: ['Too Many Requests'] },
          { path: 'message', kind: 'string' },
        ],
        message: 'message',
        codes: [],
      },
    ],
    codeHeader: null,
    knownCodes: ['UNAUTHORIZED', 'NOT_FOUND', 'PRECONDITION_FAILED'],
    rules: [
      // Its page gives 401 and 403 two reasons each, the key and what it may do: only the words tell which.
      rule(401, 'rejected', { codes: ['UNAUTHORIZED'], phrases: ['API key you provided is invalid'] }),
      rule(412, 'unfunded', {
        codes: ['PRECONDITION_FAILED'],
        phrases: ['suspended, possibly due to reaching the monthly spending limit'],
      }),
      rule(429, 'throttled', { phrases: ['contact Fireworks to explore dedicated capacity'] }),
      // A 404 for another reason is a wrong path, which says nothing about the key.
      rule(404, 'model-unavailable', { codes: ['NOT_FOUND'], phrases: ['Model not found'] }),
      anyBody('5xx', 'vendor-error'),
    ],
  },
  killCheck: null,
  admin: null,
  requestId: null,
  key: {
    prefixes: ['fw_'],
    mark: null,
    alphabet: 'A-Za-z0-9_',
    pattern: '^fw_[A-Za-z0-9]{24}$',
    patternInWords: 'fw_ and 24 letters and digits',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://app.fireworks.ai/settings/users/api-keys',
    console: 'https://app.fireworks.ai/settings/users/api-keys',
    status: 'https://status.fireworks.ai',
  },
  steps: {
    make: [
      'Sign in at app.fireworks.ai, in the account that is to pay, and see that it has credit: else it is suspended.',
      'Open Settings, then API Keys.',
      'Press Create API Key, give the key a name and, if you like, a day on which it ends, and press Generate Key.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at app.fireworks.ai, in the account that the key belongs to.',
      'Open Settings, then API Keys, and find the key by its name.',
      'Delete it in its row, and confirm. This can not be undone.',
      'Then look for keys and members that nobody knows, at datasets, models and deployments, at usage, ' +
        'and at the spend limit.',
    ],
  },
};
