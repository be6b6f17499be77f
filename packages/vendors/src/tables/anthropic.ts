import type { VendorTable } from '../vendorTable';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const anthropic: VendorTable = {
  vendor: 'anthropic',
  displayName: 'Anthropic',
  version: '2026-11-05',
  sources: [
    'https://platform.claude.com/docs/en/api/errors',
    'https://platform.claude.com/docs/en/api/rate-limits',
    'https://platform.claude.com/docs/en/models/haiku-5-5/overview',
  ],
  method: 'POST',
  url: 'https://api.anthropic.com/v1/messages',
  headers: {
    'x-api-key': '{secret}',
    'anthropic-version': '2023-06-01',
    'content-type': 'application/json',
  },
  body: { model: '{model}', max_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  model: 'claude-haiku-5-5',
  success: {
    status: 200,
    conditions: [
      { path: 'type', oneOf: ['message'] },
      { path: 'content', kind: 'array' },
      { path: 'error', absent: true },
    ],
  },
  error: { message: 'error.message', codes: ['error.details.error_code', 'error.type'] },
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
    // No answer of this kind is on record from this vendor; an explicit statement must never be filed as less.
    { status: 401, codes: null, phrase: 'reported as leaked', body: 'error', means: 'leaked' },
    { status: 403, codes: null, phrase: 'reported as leaked', body: 'error', means: 'leaked' },
    { status: 401, codes: ['authentication_error'], phrase: null, body: 'error', means: 'rejected' },
    { status: 402, codes: null, phrase: null, body: 'error', means: 'unfunded' },
    { status: 400, codes: null, phrase: 'credit balance is too low', body: 'error', means: 'unfunded' },
    { status: 400, codes: null, phrase: 'API usage limits', body: 'error', means: 'unfunded' },
    {
      status: 400,
      codes: null,
      phrase: 'organization has been disabled',
      body: 'error',
      means: 'restricted',
    },
    { status: 403, codes: null, phrase: null, body: 'error', means: 'restricted' },
    // A 404 for another reason is a wrong path, which says nothing about the key.
    { status: 404, codes: ['not_found_error'], phrase: 'model', body: 'error', means: 'restricted' },
    { status: 429, codes: ['enforced_spend_limit_reached'], phrase: null, body: 'error', means: 'unfunded' },
    { status: 429, codes: null, phrase: 'API usage limits', body: 'error', means: 'unfunded' },
    { status: 429, codes: null, phrase: 'spend limit', body: 'error', means: 'unfunded' },
    { status: 429, codes: ['rate_limit_error'], phrase: null, body: 'error', means: 'throttled' },
    { status: 529, codes: null, phrase: null, body: 'any', means: 'overloaded' },
    { status: '5xx', codes: ['overloaded_error'], phrase: null, body: 'error', means: 'overloaded' },
    { status: '5xx', codes: null, phrase: null, body: 'any', means: 'vendor-error' },
  ],
  requestIdHeader: 'request-id',
  requestIdPattern: '^req_[A-Za-z0-9]{24}$',
  key: {
    pattern: '^sk-ant-api03-[A-Za-z0-9_-]{93}AA$',
    patternInWords: 'sk-ant-api03-, 93 characters, then AA',
    adminPrefixes: ['sk-ant-admin'],
  },
  pages: {
    revocation: 'https://platform.claude.com/settings/keys',
    console: 'https://platform.claude.com/settings/keys',
  },
};
