import { randomUUID } from 'node:crypto';
import { randomText } from '../../sandbox/random';
import {
  bearer,
  recordedErrors,
  type SandboxAdmin,
  type SandboxAdminAnswer,
} from '../../sandbox/sandboxAdmin';

const TEAM = '65c1e471-205f-4566-9c5a-07198badf4ce';

const error = (status: number, code: number, message: string): SandboxAdminAnswer => ({
  status,
  json: { code, message, details: [] },
});

const unauthenticated = error(401, 16, 'Invalid management key');
const notPermitted = error(403, 7, 'Management Keys permission is missing');

/** The page names no errors: the form is that of gRPC over HTTP, which its other answers have. */
const answers = recordedErrors('https://docs.x.ai/developers/rest-api-reference/management/auth')(
  ['no valid credential', 'admin-credential-refused', unauthenticated],
  ['no valid credential, without a body', 'admin-credential-refused', { status: 401, json: null }],
  ['a credential that may not', 'not-permitted', notPermitted],
  ['no such key', 'not-found', error(404, 5, 'API key not found')],
  ['too many requests', 'throttled', error(429, 8, 'Too many requests')],
  ['an error of the vendor', 'vendor-error', error(500, 13, 'Internal error')],
);

/** The Management API, as the pages under `sources` of its table have it. Deleted keys are not listed. */
export const sandboxAdmin: SandboxAdmin = {
  newCredential: () => `xai-token-${randomText(80)}`,
  credentialOf: bearer,
  places: [TEAM],
  newKeyId: () => randomUUID(),
  unauthenticated,
  notPermitted,
  answers,
  routes: [
    {
      method: 'GET',
      path: /^\/auth\/management-keys\/validation$/,
      answer: () => ({
        status: 200,
        json: { apiKeyId: randomUUID(), teamId: TEAM, scope: 'SCOPE_TEAM', scopeId: TEAM, name: 'sandbox' },
      }),
    },
    {
      method: 'GET',
      path: /^\/auth\/teams\/([^/]+)\/api-keys$/,
      answer: ({ parts: [team], query }, { keys }) => {
        if (team !== TEAM) return error(404, 5, 'Team not found');
        const listed = keys.filter(({ status }) => status === 'active');
        const from = Number(query.get('paginationToken') ?? 0);
        const to = from + Number(query.get('pageSize') ?? 10);
        return {
          status: 200,
          json: {
            apiKeys: listed.slice(from, to).map(({ id, name, secret, createdAt }) => ({
              redactedApiKey: `xai-...${secret.slice(-4)}`,
              userId: '59fbe5f2-040b-46d5-8325-868bb8f23eb2',
              name,
              createTime: new Date(createdAt).toISOString(),
              modifyTime: new Date(createdAt).toISOString(),
              teamId: TEAM,
              aclStrings: ['api-key:model:*', 'api-key:endpoint:*'],
              apiKeyId: id,
              disabled: false,
            })),
            ...(to < listed.length ? { paginationToken: String(to) } : {}),
          },
        };
      },
    },
    {
      method: 'DELETE',
      path: /^\/auth\/api-keys\/([^/]+)$/,
      answer: ({ parts: [id = ''] }, { keys, setStatus }) => {
        if (!keys.some((key) => key.id === id && key.status === 'active')) {
          return error(404, 5, 'API key not found');
        }
        setStatus(id, 'deleted');
        return { status: 200, json: {} };
      },
    },
  ],
};
