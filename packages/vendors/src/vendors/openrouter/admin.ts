import type { AdminApi } from '../../admin/adminApi';
import { adminAnyBody, adminRule } from '../rule';

const DOCS = 'https://openrouter.ai/docs';
const HOST = 'https://openrouter.ai/api/v1';

/** The calls that take a management key: facts checked on the pages under `sources`. */
export const admin: AdminApi = {
  sources: [
    `${DOCS}/guides/overview/auth/management-api-keys`,
    `${DOCS}/api/api-reference/api-keys/list`,
    `${DOCS}/api/api-reference/workspaces/list-workspaces`,
    `${DOCS}/api/api-reference/analytics/get-user-activity`,
    `${DOCS}/api-reference/errors`,
  ],
  only: null,
  credential: {
    headers: { authorization: 'Bearer {credential}' },
    // As plain keys have it: OpenRouter itself refuses those.
    pattern: '^sk-or-v1-[0-9a-f]{64}$',
    inWords: 'a Management API key, which begins with sk-or-v1- as other keys do',
    page: 'https://openrouter.ai/settings/management-keys',
  },
  // Without a workspace the keys of the default one alone are listed.
  place: {
    of: 'listed',
    name: 'workspace',
    listing: {
      call: {
        method: 'GET',
        url: `${HOST}/workspaces`,
        query: { limit: '100' },
        body: null,
        success: {
          status: 200,
          conditions: [
            { path: 'data', kind: 'array' },
            { path: 'total_count', kind: 'number' },
          ],
        },
      },
      items: 'data.*.id',
      paging: { by: 'offset', parameter: 'offset', size: 100 },
    },
  },
  listing: {
    call: {
      method: 'GET',
      url: `${HOST}/keys`,
      query: { workspace_id: '{place}', include_disabled: 'true' },
      body: null,
      success: {
        status: 200,
        conditions: [
          { path: 'data', kind: 'array' },
          { path: 'error', absent: true },
        ],
      },
    },
    items: 'data.*',
    paging: { by: 'offset', parameter: 'offset', size: 100 },
  },
  key: {
    id: 'hash',
    hint: 'label',
    name: 'name',
    createdAt: 'created_at',
    lastUsedAt: 'last_used_at',
    times: 'rfc-3339',
    owner: ['creator_user_id'],
    active: [{ path: 'disabled', oneOf: [false] }],
    inactive: [{ path: 'disabled', oneOf: [true] }],
  },
  revoke: {
    method: 'PATCH',
    url: `${HOST}/keys/{key}`,
    query: {},
    body: { disabled: true },
    success: { status: 200, conditions: [{ path: 'data.disabled', oneOf: [true] }] },
  },
  shownAs: 'inactive',
  undo: { days: null, inWords: 'Enable in the menu of its row, under Settings and API Keys' },
  notRevocable: null,
  usage: [
    {
      format: 'openrouter-activity',
      call: {
        method: 'GET',
        url: `${HOST}/activity`,
        query: { api_key_hash: '{key}' },
        body: null,
        success: {
          status: 200,
          conditions: [
            { path: 'data', kind: 'array' },
            { path: 'error', absent: true },
          ],
        },
      },
      headers: {},
      paging: null,
      times: 'rfc-3339',
    },
  ],
  errors: {
    shapes: [
      {
        conditions: [
          { path: 'error.code', oneOf: [400, 401, 403, 404, 429] },
          { path: 'error.message', kind: 'string' },
        ],
        message: 'error.message',
        codes: [],
      },
    ],
    codeHeader: null,
    knownCodes: [],
    rules: [
      adminRule(401, 'admin-credential-refused', {}),
      adminRule(403, 'not-permitted', {}),
      adminRule(404, 'not-found', {}),
      adminAnyBody(429, 'throttled'),
      adminAnyBody('5xx', 'vendor-error'),
    ],
  },
};
