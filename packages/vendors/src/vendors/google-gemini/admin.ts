import type { AdminApi } from '../../admin/adminApi';
import { adminAnyBody, adminRule } from '../rule';

const DOCS = 'https://docs.cloud.google.com/api-keys/docs';
const HOST = 'https://apikeys.googleapis.com/v2/projects/{place}/locations/global/keys';

/**
 * The API Keys API of Google Cloud: facts checked on the pages under `sources`. It shows nothing of a key's secret, so
 * that a key is chosen by its name and its date; `keys:lookupKey` would have the secret in an address.
 */
export const admin: AdminApi = {
  sources: [
    `${DOCS}/get-info-api-keys`,
    `${DOCS}/reference/rest/v2/projects.locations.keys/list`,
    `${DOCS}/reference/rest/v2/projects.locations.keys/delete`,
    `${DOCS}/reference/rest/v2/projects.locations.keys/undelete`,
  ],
  only: null,
  credential: {
    headers: { authorization: 'Bearer {credential}' },
    pattern: '^ya29\\.[A-Za-z0-9._-]+$',
    inWords: 'an OAuth access token, which begins with ya29., as `gcloud auth print-access-token` prints it',
    page: `${DOCS}/get-info-api-keys`,
  },
  place: {
    of: 'named',
    name: 'project',
    pattern: '^([a-z][a-z0-9-]{4,28}[a-z0-9]|[0-9]{6,20})$',
    inWords: 'the id or the number of the Google Cloud project that the key belongs to',
  },
  listing: {
    call: {
      method: 'GET',
      url: HOST,
      query: { pageSize: '100', showDeleted: 'true' },
      body: null,
      // A project without keys is answered with `{}`.
      success: { status: 200, conditions: [{ path: 'error', absent: true }] },
    },
    items: 'keys.*',
    paging: { by: 'cursor', parameter: 'pageToken', next: 'nextPageToken', more: null },
  },
  key: {
    id: 'uid',
    hint: null,
    name: 'displayName',
    createdAt: 'createTime',
    lastUsedAt: null,
    times: 'rfc-3339',
    owner: ['serviceAccountEmail'],
    active: [{ path: 'deleteTime', absent: true }],
    inactive: [{ path: 'deleteTime', kind: 'string' }],
  },
  revoke: {
    method: 'DELETE',
    url: `${HOST}/{key}`,
    query: {},
    body: null,
    // An operation, which may be under way still: the list says when the key is deleted.
    success: {
      status: 200,
      conditions: [
        { path: 'name', kind: 'string' },
        { path: 'error', absent: true },
      ],
    },
  },
  shownAs: 'inactive',
  undo: { days: 30, inWords: '`gcloud services api-keys undelete` with the id of the key' },
  notRevocable: null,
  usage: [],
  errors: {
    shapes: [
      {
        conditions: [
          { path: 'error.code', kind: 'number' },
          { path: 'error.message', kind: 'string' },
        ],
        message: 'error.message',
        codes: ['error.status'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'UNAUTHENTICATED',
      'PERMISSION_DENIED',
      'NOT_FOUND',
      'RESOURCE_EXHAUSTED',
      'INTERNAL',
      'UNAVAILABLE',
      'INVALID_ARGUMENT',
    ],
    rules: [
      adminRule(401, 'admin-credential-refused', { codes: ['UNAUTHENTICATED'] }),
      adminRule(403, 'not-permitted', { codes: ['PERMISSION_DENIED'] }),
      adminRule(404, 'not-found', { codes: ['NOT_FOUND'] }),
      adminAnyBody(429, 'throttled'),
      adminAnyBody('5xx', 'vendor-error'),
    ],
  },
};
