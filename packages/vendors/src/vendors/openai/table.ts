import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';
import { admin } from './admin';

const ORGANISATION = ['invalid_organization', 'mismatched_organization'];
const REGION = ['unsupported_country_region_territory'];
const VERIFIED = 'organization must be verified';
const NO_LIMIT_AT_ALL = ['Limit 0,', 'Limit: 0 '];

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'openai',
  displayName: 'OpenAI',
  version: '2026-11-28',
  sources: [
    'https://developers.openai.com/api/docs/guides/error-codes',
    'https://help.openai.com/en/articles/6614457-troubleshooting-api-usage-and-spend-limits',
    'https://developers.openai.com/api/docs/models/gpt-5.6-luna',
  ],
  method: 'POST',
  url: 'https://api.openai.com/v1/responses',
  regions: { eu: 'eu.api.openai.com', us: 'us.api.openai.com' },
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  // 16 is the vendor's minimum: less is answered with 400 `integer_below_min_value`.
  body: { model: '{model}', input: '.', max_output_tokens: 16, store: false },
  smallest: "`max_output_tokens: 16`, the vendor's minimum; `store: false`",
  models: ['gpt-5.6-luna', 'gpt-5.4-nano'],
  cost: { usd: 0.0001, inWords: '7 tokens in and 16 tokens out at no more than $5 a million' },
  success: {
    status: 200,
    conditions: [
      { path: 'object', oneOf: ['response'] },
      // A reasoning model spends the 16 tokens on thinking and ends `incomplete`: it ran all the same.
      { path: 'status', oneOf: ['completed', 'incomplete'] },
      { path: 'error', absent: true },
    ],
  },
  errors: {
    shapes: [
      {
        conditions: [{ path: 'error', kind: 'object' }],
        message: 'error.message',
        codes: ['error.code', 'error.type'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'invalid_api_key',
      'account_deactivated',
      'missing_scope',
      'incorrect_hostname',
      'ip_not_authorized',
      'invalid_organization',
      'mismatched_organization',
      'unsupported_country_region_territory',
      'request_forbidden',
      'model_not_found',
      'insufficient_quota',
      'credit_balance_exhausted',
      'organization_spend_limit_exceeded',
      'organization_usage_limit_exceeded',
      'project_spend_limit_exceeded',
      'billing_hard_limit_reached',
      'billing_not_active',
      'rate_limit_exceeded',
      'rate_limit_error',
      'slow_down',
      'server_is_overloaded',
      'service_unavailable_error',
      'server_error',
      'invalid_request_error',
    ],
    rules: [
      rule(401, 'rejected', { codes: ['invalid_api_key'], unless: ['reported as leaked'] }),
      // Of every key of the account: it says nothing of this one, which is taken again once the account is.
      rule(401, 'rejected', {
        codes: ['account_deactivated'],
        unless: ['invalid_api_key', 'reported as leaked'],
        cause: 'account',
      }),
      // No answer of this kind is on record from this vendor; an explicit statement must never be filed as less.
      rule(401, 'leaked', { phrases: ['reported as leaked'] }),
      rule(403, 'leaked', { phrases: ['reported as leaked'] }),
      rule(401, 'restricted', { codes: ['missing_scope'], cause: 'scope' }),
      rule(401, 'restricted', { phrases: ['missing scopes'], unless: ['missing_scope'], cause: 'scope' }),
      rule(401, 'restricted', { codes: ['ip_not_authorized'], cause: 'address' }),
      rule(401, 'restricted', {
        phrases: ['IP not authorized', 'IP allowlist'],
        unless: ['ip_not_authorized'],
        cause: 'address',
      }),
      rule(401, 'restricted', { codes: ORGANISATION, cause: 'organisation' }),
      rule(401, 'restricted', {
        phrases: ['member of an organization'],
        unless: ORGANISATION,
        cause: 'organisation',
      }),
      rule(401, 'misdirected', { codes: ['incorrect_hostname'], cause: 'region' }),
      rule(403, 'region', { codes: REGION }),
      rule(403, 'restricted', { codes: ['model_not_found'], unless: [VERIFIED], cause: 'model' }),
      rule(403, 'restricted', { phrases: [VERIFIED], cause: 'organisation' }),
      rule(403, 'restricted', {
        unless: [...REGION, 'model_not_found', VERIFIED, 'reported as leaked'],
      }),
      rule(404, 'model-unavailable', { codes: ['model_not_found'] }),
      rule(400, 'unfunded', { codes: ['billing_hard_limit_reached'] }),
      rule(429, 'unfunded', {
        codes: [
          'insufficient_quota',
          'credit_balance_exhausted',
          'billing_hard_limit_reached',
          'billing_not_active',
        ],
        unless: ['*_limit_exceeded'],
      }),
      rule(429, 'unfunded', { codes: ['*_limit_exceeded'], unless: ['rate_limit_exceeded'] }),
      // A limit of nothing is none that passes.
      rule(429, 'unfunded', { codes: ['rate_limit_exceeded'], phrases: NO_LIMIT_AT_ALL }),
      rule(429, 'throttled', { codes: ['rate_limit_exceeded', 'slow_down'], unless: NO_LIMIT_AT_ALL }),
      rule('5xx', 'overloaded', { codes: ['slow_down', 'server_is_overloaded'] }),
      anyBody('5xx', 'vendor-error', ['slow_down', 'server_is_overloaded']),
    ],
  },
  killCheck: {
    method: 'GET',
    url: 'https://api.openai.com/v1/me',
    body: null,
    success: { status: 200, conditions: [{ path: 'object', oneOf: ['user'] }] },
    refusals: [],
  },
  admin,
  requestId: { header: 'x-request-id', pattern: '^req_[a-z0-9]{32}$' },
  key: {
    prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
    mark: 'T3BlbkFJ',
    alphabet: 'A-Za-z0-9_-',
    pattern: '^sk-(proj-|svcacct-)?[A-Za-z0-9_-]+T3BlbkFJ[A-Za-z0-9_-]+$',
    patternInWords: 'sk-proj- or sk-svcacct-, with T3BlbkFJ in the middle',
    adminPrefixes: ['sk-admin-'],
  },
  pages: {
    revocation: 'https://platform.openai.com/api-keys',
    console: 'https://platform.openai.com/api-keys',
    status: 'https://status.openai.com',
  },
  steps: {
    make: [
      'Sign in at platform.openai.com, and choose the organisation and the project that are to pay.',
      'Open API keys.',
      'Press Create new secret key, give it a name, and choose its project and what it may do.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at platform.openai.com, in the organisation and the project that the key belongs to.',
      'Open API keys, and find the key by its name and its last characters.',
      'Press the bin at the end of its row, and confirm. This can not be undone.',
      'Then look for keys, service accounts and members that nobody knows, at Storage and Batches of the ' +
        'project, at Usage by key, and at the spend limit under Limits.',
    ],
  },
};
