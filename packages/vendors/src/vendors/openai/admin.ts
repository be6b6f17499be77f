import type { AdminApi } from '../../admin/adminApi';
import { adminAnyBody, adminRule } from '../rule';

const DOCS = 'https://developers.openai.com/api/reference/resources/admin/subresources/organization';
const HOST = 'https://api.openai.com/v1/organization';

const LIST = [
  { path: 'object', oneOf: ['list'] },
  { path: 'data', kind: 'array' },
] as const;
const PAGES = { by: 'cursor', parameter: 'after', next: 'last_id', more: 'has_more' } as const;

/** The Administration API: facts checked on the pages under `sources`. */
export const admin: AdminApi = {
  sources: [
    `${DOCS}/subresources/projects/subresources/api_keys/methods/list`,
    `${DOCS}/subresources/projects/subresources/api_keys/methods/delete`,
    `${DOCS}/subresources/projects/methods/list`,
    'https://developers.openai.com/cookbook/examples/completions_usage_api',
    'https://developers.openai.com/api/docs/guides/error-codes',
  ],
  only: null,
  credential: {
    headers: { authorization: 'Bearer {credential}' },
    pattern: '^sk-admin-[A-Za-z0-9_-]+$',
    inWords: 'an Admin key, which begins with sk-admin-',
    page: 'https://platform.openai.com/settings/organization/admin-keys',
  },
  place: {
    of: 'listed',
    name: 'project',
    listing: {
      call: {
        method: 'GET',
        url: `${HOST}/projects`,
        // A key of an archived project is none that works.
        query: { limit: '100' },
        body: null,
        success: { status: 200, conditions: LIST },
      },
      items: 'data.*.id',
      paging: PAGES,
    },
  },
  listing: {
    call: {
      method: 'GET',
      url: `${HOST}/projects/{place}/api_keys`,
      // Without `any`, keys whose owner has left the project can be missing, though they work.
      query: { limit: '100', owner_project_access: 'any' },
      body: null,
      success: { status: 200, conditions: LIST },
    },
    items: 'data.*',
    paging: PAGES,
  },
  key: {
    id: 'id',
    hint: 'redacted_value',
    name: 'name',
    createdAt: 'created_at',
    lastUsedAt: 'last_used_at',
    times: 'unix-seconds',
    owner: ['owner.user.email', 'owner.service_account.name', 'owner.user.id', 'owner.service_account.id'],
    // Those that are listed are enabled.
    active: [{ path: 'object', oneOf: ['organization.project.api_key'] }],
    inactive: [],
  },
  revoke: {
    method: 'DELETE',
    url: `${HOST}/projects/{place}/api_keys/{key}`,
    query: {},
    body: null,
    success: { status: 200, conditions: [{ path: 'deleted', oneOf: [true] }] },
  },
  shownAs: 'absent',
  undo: null,
  notRevocable:
    'The key of a service account ends with it: delete the service account, in the settings of its project, under ' +
    'Service accounts.',
  usage: [
    {
      format: 'openai-usage-completions',
      call: {
        method: 'GET',
        url: `${HOST}/usage/completions`,
        query: {
          start_time: '{from}',
          end_time: '{to}',
          bucket_width: '1h',
          limit: '168',
          'api_key_ids[]': '{key}',
          'group_by[]': 'api_key_id',
        },
        body: null,
        success: {
          status: 200,
          conditions: [
            { path: 'object', oneOf: ['page'] },
            { path: 'data', kind: 'array' },
          ],
        },
      },
      headers: {},
      paging: { by: 'cursor', parameter: 'page', next: 'next_page', more: 'has_more' },
      times: 'unix-seconds',
    },
  ],
  errors: {
    shapes: [
      {
        conditions: [
          { path: 'error', kind: 'object' },
          { path: 'error.message', kind: 'string' },
        ],
        message: 'error.message',
        codes: ['error.code', 'error.type'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'invalid_api_key',
      'missing_scope',
      'invalid_request_error',
      'insufficient_permissions',
      'not_found',
      'rate_limit_exceeded',
      'server_error',
    ],
    rules: [
      adminRule(401, 'admin-credential-refused', { codes: ['invalid_api_key'] }),
      adminRule(401, 'not-permitted', { codes: ['missing_scope'], unless: ['invalid_api_key'] }),
      adminRule(403, 'not-permitted', {}),
      adminRule(404, 'not-found', {}),
      adminRule(400, 'not-revocable', { phrases: ['service account'] }),
      adminAnyBody(429, 'throttled'),
      adminAnyBody('5xx', 'vendor-error'),
    ],
  },
};
