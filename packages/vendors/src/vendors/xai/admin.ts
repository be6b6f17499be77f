import type { AdminApi } from '../../admin/adminApi';
import { adminAnyBody, adminRule } from '../rule';

const HOST = 'https://management-api.x.ai/auth';

/** The Management API: facts checked on the pages under `sources`. */
export const admin: AdminApi = {
  sources: [
    'https://docs.x.ai/developers/management-api-guide',
    'https://docs.x.ai/developers/rest-api-reference/management/auth',
  ],
  only: null,
  credential: {
    headers: { authorization: 'Bearer {credential}' },
    pattern: null,
    inWords: 'a Management key, with read and write permission',
    page: 'https://console.x.ai/team/default/settings/management-keys',
  },
  place: {
    of: 'listed',
    name: 'team',
    // A management key is of one team, which it tells itself.
    listing: {
      call: {
        method: 'GET',
        url: `${HOST}/management-keys/validation`,
        query: {},
        body: null,
        success: {
          status: 200,
          conditions: [
            { path: 'scope', oneOf: ['SCOPE_TEAM'] },
            { path: 'scopeId', kind: 'string' },
          ],
        },
      },
      items: 'scopeId',
      paging: null,
    },
  },
  listing: {
    call: {
      method: 'GET',
      url: `${HOST}/teams/{place}/api-keys`,
      query: { pageSize: '100' },
      body: null,
      success: { status: 200, conditions: [{ path: 'apiKeys', kind: 'array' }] },
    },
    items: 'apiKeys.*',
    paging: { by: 'cursor', parameter: 'paginationToken', next: 'paginationToken', more: null },
  },
  key: {
    id: 'apiKeyId',
    hint: 'redactedApiKey',
    name: 'name',
    createdAt: 'createTime',
    lastUsedAt: null,
    times: 'rfc-3339',
    owner: ['userId'],
    active: [{ path: 'disabled', oneOf: [false] }],
    inactive: [{ path: 'disabled', oneOf: [true] }],
  },
  revoke: {
    method: 'DELETE',
    url: `${HOST}/api-keys/{key}`,
    query: {},
    body: null,
    success: {
      status: 200,
      conditions: [
        { path: 'code', absent: true },
        { path: 'error', absent: true },
      ],
    },
  },
  shownAs: 'absent',
  undo: null,
  notRevocable: null,
  usage: [],
  errors: {
    shapes: [
      {
        conditions: [
          { path: 'code', kind: 'number' },
          { path: 'message', kind: 'string' },
        ],
        message: 'message',
        codes: [],
      },
    ],
    codeHeader: null,
    knownCodes: [],
    rules: [
      // No form of these is documented, and they decide nothing about a key.
      adminAnyBody(401, 'admin-credential-refused'),
      adminAnyBody(403, 'not-permitted'),
      adminRule(404, 'not-found', {}),
      adminAnyBody(429, 'throttled'),
      adminAnyBody('5xx', 'vendor-error'),
    ],
  },
};
