import { randomUUID } from 'node:crypto';
import { randomText } from '../../sandbox/random';
import { bearer, recordedErrors } from '../../sandbox/sandboxAdmin';
import type { SandboxAdmin, SandboxAdminAnswer, SandboxKeyRecord } from '../../sandbox/sandboxAdmin';

const DAY_MS = 86_400_000;
const PROJECT = 'sandbox-project';

const error = (code: number, status: string, message: string): SandboxAdminAnswer => ({
  status: code,
  json: { error: { code, message, status } },
});

const unauthenticated = error(
  401,
  'UNAUTHENTICATED',
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid ' +
    'authentication credential.',
);
const notPermitted = error(403, 'PERMISSION_DENIED', 'Permission denied to list keys for the container.');

const answers = recordedErrors('https://google.aip.dev/193')(
  ['no valid credential', 'admin-credential-refused', unauthenticated],
  ['a credential that may not', 'not-permitted', notPermitted],
  ['no such key', 'not-found', error(404, 'NOT_FOUND', 'Requested entity was not found.')],
  ['too many requests', 'throttled', error(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.')],
  [
    'an error of the vendor',
    'vendor-error',
    error(503, 'UNAVAILABLE', 'The service is currently unavailable.'),
  ],
  ['a request that is refused', 'unrecognised-answer', error(400, 'INVALID_ARGUMENT', 'Invalid page size.')],
);

/** https://docs.cloud.google.com/api-keys/docs/get-info-api-keys: nothing of the secret is shown. */
const shown = ({ id, name, place, createdAt, status, inactiveSince }: SandboxKeyRecord) => ({
  name: `projects/12345678/locations/global/keys/${id}`,
  uid: id,
  displayName: name,
  createTime: new Date(createdAt).toISOString(),
  updateTime: new Date(createdAt).toISOString(),
  restrictions: { apiTargets: [{ service: 'generativelanguage.googleapis.com' }] },
  etag: `W/"${place}"`,
  ...(status === 'active' || inactiveSince === null
    ? {}
    : {
        deleteTime: new Date(inactiveSince).toISOString(),
        purgeTime: new Date(inactiveSince + 30 * DAY_MS).toISOString(),
      }),
});

/** The API Keys API, as the pages under `sources` of its table have it. A deleted key can come back for 30 days. */
export const sandboxAdmin: SandboxAdmin = {
  newCredential: () => `ya29.${randomText(120)}`,
  credentialOf: bearer,
  places: [PROJECT],
  newKeyId: () => randomUUID(),
  unauthenticated,
  notPermitted,
  answers,
  routes: [
    {
      method: 'GET',
      path: /^\/v2\/projects\/([^/]+)\/locations\/global\/keys$/,
      answer: ({ parts: [project], query }, { keys }) => {
        if (project !== PROJECT) {
          return error(
            403,
            'PERMISSION_DENIED',
            `Permission denied to list keys for the container [${project}].`,
          );
        }
        const withDeleted = query.get('showDeleted') === 'true';
        const listed = keys.filter(({ status }) => withDeleted || status === 'active');
        const from = Number(query.get('pageToken') ?? 0);
        const to = from + Number(query.get('pageSize') ?? 50);
        const page = listed.slice(from, to).map(shown);
        return {
          status: 200,
          json: {
            ...(page.length === 0 ? {} : { keys: page }),
            ...(to < listed.length ? { nextPageToken: String(to) } : {}),
          },
        };
      },
    },
    {
      method: 'DELETE',
      path: /^\/v2\/projects\/([^/]+)\/locations\/global\/keys\/([^/]+)$/,
      answer: ({ parts: [project, id = ''] }, { keys, setStatus }) => {
        const key = keys.find((one) => one.id === id && one.status === 'active');
        if (project !== PROJECT || key === undefined) {
          return error(404, 'NOT_FOUND', 'Requested entity was not found.');
        }
        setStatus(id, 'inactive');
        return {
          status: 200,
          json: {
            name: `operations/akmf.p7-12345678-${randomUUID()}`,
            done: true,
            response: {
              '@type': 'type.googleapis.com/google.api.apikeys.v2.Key',
              ...shown({ ...key, status: 'inactive', inactiveSince: key.createdAt }),
            },
          },
        };
      },
    },
  ],
};
