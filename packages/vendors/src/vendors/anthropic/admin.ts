import type { AdminApi, AdminCall } from '../../admin/adminApi';
import { adminAnyBody, adminRule } from '../rule';

const DOCS = 'https://platform.claude.com/docs/en';
const HOST = 'https://api.anthropic.com/v1/organizations';

const usage = (url: string, width: string): AdminCall => ({
  method: 'GET',
  url,
  query: {
    starting_at: '{from}',
    ending_at: '{to}',
    [width]: '1h',
    'api_key_ids[]': '{key}',
    'group_by[]': 'api_key_id',
  },
  body: null,
  success: {
    status: 200,
    conditions: [
      { path: 'data', kind: 'array' },
      { path: 'has_more', oneOf: [true, false] },
    ],
  },
});

const PAGES = { by: 'cursor', parameter: 'page', next: 'next_page', more: 'has_more' } as const;

/** The Admin API: facts checked on the pages under `sources`. */
export const admin: AdminApi = {
  sources: [
    `${DOCS}/api/admin/api_keys/list`,
    `${DOCS}/api/http/organization/api_keys`,
    `${DOCS}/manage-claude/admin-api-keys`,
    `${DOCS}/manage-claude/usage-cost-analytics-api`,
    `${DOCS}/api/admin/usage_report/retrieve_messages`,
  ],
  only: 'organisations: an account of one person has no Admin API',
  credential: {
    headers: { 'x-api-key': '{credential}', 'anthropic-version': '2023-06-01' },
    pattern: '^sk-ant-admin[0-9]{2}-[A-Za-z0-9_-]+$',
    inWords: 'an Admin API key, which begins with sk-ant-admin01-',
    page: 'https://platform.claude.com/settings/admin-keys',
  },
  place: null,
  listing: {
    call: {
      method: 'GET',
      url: `${HOST}/api_keys`,
      query: { limit: '100' },
      body: null,
      success: {
        status: 200,
        conditions: [
          { path: 'data', kind: 'array' },
          { path: 'has_more', oneOf: [true, false] },
        ],
      },
    },
    items: 'data.*',
    paging: { by: 'cursor', parameter: 'after_id', next: 'last_id', more: 'has_more' },
  },
  key: {
    id: 'id',
    hint: 'partial_key_hint',
    name: 'name',
    createdAt: 'created_at',
    lastUsedAt: null,
    times: 'rfc-3339',
    owner: ['created_by.id'],
    active: [{ path: 'status', oneOf: ['active'] }],
    inactive: [{ path: 'status', oneOf: ['inactive', 'archived', 'expired'] }],
  },
  revoke: {
    method: 'POST',
    url: `${HOST}/api_keys/{key}`,
    query: {},
    body: { status: 'inactive' },
    success: { status: 200, conditions: [{ path: 'status', oneOf: ['inactive'] }] },
  },
  shownAs: 'inactive',
  undo: { days: null, inWords: 'Enable API key in the menu of its row, under Settings and API keys' },
  notRevocable: null,
  usage: [
    {
      format: 'anthropic-usage',
      call: usage(`${HOST}/analytics/usage`, 'time_bucket_width'),
      headers: { 'anthropic-beta': 'analytics-usage-cost-2026-08-24' },
      paging: PAGES,
      times: 'rfc-3339',
    },
    {
      format: 'anthropic-usage-report',
      call: usage(`${HOST}/usage_report/messages`, 'bucket_width'),
      headers: {},
      paging: PAGES,
      times: 'rfc-3339',
    },
  ],
  errors: {
    shapes: [
      {
        conditions: [{ path: 'type', oneOf: ['error'] }],
        message: 'error.message',
        codes: ['error.type'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'invalid_request_error',
      'authentication_error',
      'permission_error',
      'not_found_error',
      'rate_limit_error',
      'api_error',
      'overloaded_error',
    ],
    rules: [
      adminRule(401, 'admin-credential-refused', { codes: ['authentication_error'] }),
      adminRule(403, 'not-permitted', { codes: ['permission_error'] }),
      adminRule(404, 'not-found', { codes: ['not_found_error'] }),
      adminAnyBody(429, 'throttled'),
      adminAnyBody(529, 'vendor-error'),
      adminAnyBody('5xx', 'vendor-error'),
    ],
  },
};
