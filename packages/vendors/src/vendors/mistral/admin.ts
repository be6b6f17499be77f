import type { AdminApi } from '../../admin/adminApi';
import { adminAnyBody, adminRule } from '../rule';

const HOST = 'https://console.mistral.ai/api/admin';

/** The Admin API, a beta: facts checked on the pages under `sources`. */
export const admin: AdminApi = {
  sources: [
    'https://docs.mistral.ai/admin/admin-api/authentication',
    'https://docs.mistral.ai/api/endpoint/beta/admin/api-keys',
  ],
  only: 'Enterprise accounts, whose Backoffice makes Admin API keys',
  credential: {
    headers: { 'x-api-key': '{credential}' },
    pattern: null,
    inWords: 'an Admin API key of the Backoffice',
    page: 'https://backoffice.mistral.ai',
  },
  place: null,
  listing: {
    call: {
      method: 'GET',
      url: `${HOST}/api-keys`,
      query: { limit: '100' },
      body: null,
      success: { status: 200, conditions: [{ path: 'keys', kind: 'array' }] },
    },
    items: 'keys.*',
    paging: { by: 'offset', parameter: 'offset', size: 100 },
  },
  key: {
    id: 'key_id',
    hint: 'hidden_key',
    name: 'name',
    createdAt: 'created_at',
    lastUsedAt: 'last_used',
    times: 'rfc-3339',
    owner: ['created_by.email', 'created_by.name', 'created_by', 'workspace_name'],
    // A key is deleted, or it works until its date.
    active: [{ path: 'hidden_key', kind: 'string' }],
    inactive: [],
  },
  revoke: {
    method: 'DELETE',
    url: `${HOST}/api-keys/{key}`,
    query: {},
    body: null,
    success: { status: 200, conditions: [{ path: 'detail', absent: true }] },
  },
  shownAs: 'absent',
  undo: null,
  notRevocable: null,
  usage: [],
  errors: {
    shapes: [
      { conditions: [{ path: 'detail', kind: 'string' }], message: 'detail', codes: [] },
      { conditions: [{ path: 'detail', kind: 'array' }], message: 'detail', codes: [] },
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
