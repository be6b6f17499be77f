import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';
import { admin } from './admin';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'anthropic',
  displayName: 'Anthropic',
  version: '2026-11-28',
  sources: [
    'https://platform.claude.com/docs/en/api/errors',
    'https://platform.claude.com/docs/en/api/rate-limits',
    'https://platform.claude.com/docs/en/models/haiku-5-5/overview',
  ],
  method: 'POST',
  url: 'https://api.anthropic.com/v1/messages',
  regions: {},
  headers: {
    'x-api-key': '{secret}',
    'anthropic-version': '2023-06-01',
    'content-type': 'application/json',
  },
  body: { model: '{model}', max_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_tokens: 1`',
  models: ['claude-haiku-5-5', 'claude-haiku-4-5'],
  cost: { usd: 0.00002, inWords: '8 tokens in at $1 and 1 token out at $5 a million' },
  success: {
    status: 200,
    conditions: [
      { path: 'type', oneOf: ['message'] },
      { path: 'content', kind: 'array' },
      { path: 'error', absent: true },
    ],
  },
  errors: {
    shapes: [
      {
        conditions: [{ path: 'type', oneOf: ['error'] }],
        message: 'error.message',
        codes: ['error.details.error_code', 'error.type'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'invalid_request_error',
      'authentication_error',
      'billing_error',
      'permission_error',
      'forbidden',
      'not_found_error',
      'rate_limit_error',
      'enforced_spend_limit_reached',
      'timeout_error',
      'api_error',
      'overloaded_error',
    ],
    rules: [
      rule(401, 'rejected', {
        codes: ['authentication_error'],
        unless: ['reported as leaked', 'x-api-key header is required', 'CORS requests'],
      }),
      // No key arrived, or it arrived from a browser: both are this side's.
      rule(401, 'our-request', {
        codes: ['authentication_error'],
        phrases: ['x-api-key header is required', 'CORS requests'],
      }),
      // No answer of this kind is on record from this vendor; an explicit statement must never be filed as less.
      rule(401, 'leaked', { codes: ['authentication_error'], phrases: ['reported as leaked'] }),
      rule(403, 'leaked', { codes: ['permission_error'], phrases: ['reported as leaked'] }),
      rule(402, 'unfunded', { codes: ['billing_error'] }),
      rule(400, 'unfunded', {
        codes: ['invalid_request_error'],
        phrases: ['credit balance is too low', 'API usage limits'],
      }),
      rule(400, 'restricted', {
        codes: ['invalid_request_error'],
        phrases: ['organization has been disabled'],
        cause: 'organisation',
      }),
      rule(400, 'misdirected', {
        codes: ['invalid_request_error'],
        phrases: ['anthropic-workspace-id'],
        cause: 'workspace',
      }),
      rule(403, 'restricted', { codes: ['permission_error'], unless: ['reported as leaked'] }),
      rule(403, 'region', { codes: ['forbidden'] }),
      // A 404 for another reason is a wrong path, which says nothing about the key.
      rule(404, 'model-unavailable', { codes: ['not_found_error'], phrases: ['model'] }),
      rule(429, 'unfunded', { codes: ['enforced_spend_limit_reached'] }),
      rule(429, 'throttled', { codes: ['rate_limit_error'], unless: ['enforced_spend_limit_reached'] }),
      anyBody(529, 'overloaded'),
      rule('5xx', 'overloaded', { codes: ['overloaded_error'] }),
      anyBody('5xx', 'vendor-error', ['overloaded_error']),
    ],
  },
  killCheck: {
    method: 'GET',
    url: 'https://api.anthropic.com/v1/models',
    body: null,
    success: {
      status: 200,
      conditions: [
        { path: 'data', kind: 'array' },
        { path: 'has_more', oneOf: [true, false] },
      ],
    },
    refusals: [],
  },
  admin,
  requestId: { header: 'request-id', pattern: '^req_[A-Za-z0-9]{24}$' },
  key: {
    prefixes: ['sk-ant-'],
    mark: null,
    alphabet: 'A-Za-z0-9_-',
    pattern: '^sk-ant-api03-[A-Za-z0-9_-]{93}AA$',
    patternInWords: 'sk-ant-api03-, 93 characters, then AA',
    adminPrefixes: ['sk-ant-admin'],
  },
  pages: {
    revocation: 'https://platform.claude.com/settings/keys',
    console: 'https://platform.claude.com/settings/keys',
    status: 'https://status.claude.com',
  },
  steps: {
    make: [
      'Sign in at platform.claude.com, and choose the organisation that is to pay.',
      'Open Settings, then API keys.',
      'Press Create Key, choose a workspace, and give the key a name.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at platform.claude.com, in the organisation that the key belongs to.',
      'Open Settings, then API keys, and find the key by its name and its last characters.',
      'Open the menu of its row, and choose Delete API key. Disable API key stops it too, and can be undone.',
      'Then look for keys and members that nobody knows, at Files and Batches of the workspace, at Usage ' +
        'by key, and at the spend limit under Limits.',
    ],
  },
};
