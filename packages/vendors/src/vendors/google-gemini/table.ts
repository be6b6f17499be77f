import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';
import { admin } from './admin';

const LEAKED = 'reported as leaked';
const DENIED = 'project has been denied access';
/** The project has no plan for what was asked: that does not pass. */
const NO_CREDITS = 'prepayment credits are depleted';
const SPENT = [NO_CREDITS, 'monthly spending cap'];
const NO_FREE_TIER = ['free_tier_requests, limit: 0,', 'free_tier_input_token_count, limit: 0,'];

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'google-gemini',
  displayName: 'Google Gemini',
  version: '2026-11-28',
  sources: [
    'https://ai.google.dev/gemini-api/docs/troubleshooting',
    'https://ai.google.dev/gemini-api/docs/api-key',
    'https://ai.google.dev/gemini-api/docs/pricing',
  ],
  method: 'POST',
  url: 'https://generativelanguage.googleapis.com/v1beta/models/{model}:generateContent',
  regions: {},
  headers: { 'x-goog-api-key': '{secret}', 'content-type': 'application/json' },
  body: { contents: [{ role: 'user', parts: [{ text: '.' }] }], generationConfig: { maxOutputTokens: 1 } },
  smallest: '`maxOutputTokens: 1`',
  models: ['gemini-3.1-flash-lite', 'gemini-3.5-flash-lite'],
  cost: {
    usd: 0.000005,
    inWords: '2 tokens in at no more than $0.30 and 1 token out at no more than $2.50 a million',
  },
  success: {
    status: 200,
    conditions: [
      // The one token may be spent on thinking: then the candidate has no text, and ran all the same.
      { path: 'candidates.*.finishReason', kind: 'string' },
      { path: 'usageMetadata', kind: 'object' },
      { path: 'error', absent: true },
    ],
  },
  errors: {
    // Everything of Google's has this form, and so have proxies on its cloud. What decides against a key has to name
    // the service, or to say it in words that only this API has.
    shapes: [
      {
        conditions: [
          { path: 'error.code', kind: 'number' },
          { path: 'error.message', kind: 'string' },
          { path: 'error.details.*.metadata.service', oneOf: ['generativelanguage.googleapis.com'] },
        ],
        message: 'error.message',
        codes: ['error.details.*.reason', 'error.status'],
      },
      {
        conditions: [
          { path: 'error.code', kind: 'number' },
          { path: 'error.message', kind: 'string' },
          { path: 'error.details.*.metadata.service', absent: true },
        ],
        message: 'error.message',
        codes: ['error.status'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'API_KEY_INVALID',
      'API_KEY_SERVICE_BLOCKED',
      'SERVICE_DISABLED',
      'CONSUMER_SUSPENDED',
      'ACCESS_TOKEN_TYPE_UNSUPPORTED',
      'INVALID_ARGUMENT',
      'FAILED_PRECONDITION',
      'UNAUTHENTICATED',
      'PERMISSION_DENIED',
      'NOT_FOUND',
      'RESOURCE_EXHAUSTED',
      'INTERNAL',
      'UNAVAILABLE',
      'DEADLINE_EXCEEDED',
    ],
    rules: [
      rule(400, 'rejected', { codes: ['API_KEY_INVALID'] }),
      // A key of a kind that this interface does not take.
      rule(401, 'rejected', { codes: ['ACCESS_TOKEN_TYPE_UNSUPPORTED'], cause: 'key-kind' }),
      rule(400, 'our-request', {
        codes: ['INVALID_ARGUMENT'],
        phrases: ['Multiple authentication credentials'],
      }),
      // Where this service runs has no free tier, and the project no plan: a plan would mend it.
      rule(400, 'unfunded', {
        codes: ['FAILED_PRECONDITION'],
        phrases: ['location is not supported for the API use without a billing account'],
      }),
      rule(400, 'region', {
        codes: ['FAILED_PRECONDITION'],
        phrases: ['location is not supported for the API use'],
        unless: ['without a billing account'],
      }),
      rule(402, 'unfunded', { codes: ['RESOURCE_EXHAUSTED'], phrases: [NO_CREDITS] }),
      rule(403, 'leaked', { codes: ['PERMISSION_DENIED'], phrases: [LEAKED] }),
      rule(403, 'restricted', { codes: ['CONSUMER_SUSPENDED'], unless: [LEAKED], cause: 'account' }),
      rule(403, 'restricted', { codes: ['PERMISSION_DENIED'], phrases: [DENIED], cause: 'account' }),
      rule(403, 'restricted', {
        codes: ['API_KEY_SERVICE_BLOCKED', 'SERVICE_DISABLED'],
        unless: [LEAKED],
        cause: 'scope',
      }),
      rule(404, 'model-unavailable', {
        codes: ['NOT_FOUND'],
        phrases: ['is not found for API version', 'is no longer available'],
      }),
      rule(429, 'unfunded', { codes: ['RESOURCE_EXHAUSTED'], phrases: [...SPENT, ...NO_FREE_TIER] }),
      rule(429, 'throttled', { codes: ['RESOURCE_EXHAUSTED'], unless: [...SPENT, ...NO_FREE_TIER] }),
      rule('5xx', 'overloaded', { codes: ['UNAVAILABLE'] }),
      anyBody('5xx', 'vendor-error', ['UNAVAILABLE']),
    ],
  },
  killCheck: {
    method: 'GET',
    url: 'https://generativelanguage.googleapis.com/v1beta/models',
    body: null,
    success: { status: 200, conditions: [{ path: 'models', kind: 'array' }] },
    refusals: [],
  },
  admin,
  requestId: null,
  key: {
    prefixes: ['AQ.', 'AIzaSy'],
    mark: null,
    alphabet: 'A-Za-z0-9_.-',
    pattern: '^(AQ\\.[A-Za-z0-9_-]{50}|AIzaSy[A-Za-z0-9_-]{33})$',
    patternInWords: 'AQ. and 50 characters, or the older AIzaSy and 33',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://aistudio.google.com/app/api-keys',
    console: 'https://aistudio.google.com/app/api-keys',
    status: 'https://aistudio.google.com/status',
  },
  steps: {
    make: [
      'Sign in at aistudio.google.com with the Google account that is to pay.',
      'Open Dashboard, then API keys. A project of Google Cloud that you miss there is brought in under Projects.',
      'Press Create API key, choose the project, and give the key a name.',
      'Copy the key.',
    ],
    revoke: [
      'Sign in at aistudio.google.com with an account that may manage the project of the key.',
      'Open Dashboard, then API keys, and find the key by its name and its last characters.',
      'Open the menu of its row, choose Delete, and confirm.',
      'Then look for keys and accounts that nobody knows in the project, at its usage, and at the budget ' +
        'of its billing account in Google Cloud. An AIza key may have been let call other Google services, ' +
        'too.',
    ],
  },
};
