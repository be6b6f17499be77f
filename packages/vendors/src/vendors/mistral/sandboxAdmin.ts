import { randomUUID } from 'node:crypto';
import { randomText } from '../../sandbox/random';
import { pageOf, recordedErrors, type SandboxAdmin } from '../../sandbox/sandboxAdmin';

const unauthenticated = { status: 401, json: { detail: 'Unauthorized' } };
const notPermitted = { status: 403, json: { detail: 'Forbidden' } };

/** The form is that of the interface for models: no errors of this one are on its page. */
const answers = recordedErrors('https://docs.mistral.ai/resources/error-glossary')(
  ['no valid credential', 'admin-credential-refused', unauthenticated],
  ['a credential that may not', 'not-permitted', notPermitted],
  ['no such key', 'not-found', { status: 404, json: { detail: 'Not Found' } }],
  ['too many requests', 'throttled', { status: 429, json: { message: 'Requests rate limit exceeded' } }],
  ['an error of the vendor', 'vendor-error', { status: 500, json: {} }],
  [
    'a request that is refused',
    'unrecognised-answer',
    { status: 422, json: { detail: [{ loc: ['query'] }] } },
  ],
);

/** The Admin API, as the pages under `sources` of its table have it. Deleted keys are not listed. */
export const sandboxAdmin: SandboxAdmin = {
  newCredential: () => randomText(40),
  credentialOf: (headers) => {
    const key = headers['x-api-key'];
    return typeof key === 'string' ? key : null;
  },
  places: ['sandbox'],
  newKeyId: () => randomUUID(),
  unauthenticated,
  notPermitted,
  answers,
  routes: [
    {
      method: 'GET',
      path: /^\/api\/admin\/api-keys$/,
      answer: ({ query }, { keys }) => ({
        status: 200,
        json: {
          keys: pageOf(
            keys.filter(({ status }) => status === 'active'),
            query,
            { from: Number(query.get('offset') ?? 0), size: 100 },
          ).map(({ id, name, secret, place, createdAt, lastUsedAt }) => ({
            actions: {},
            can_delete: true,
            created_at: new Date(createdAt).toISOString(),
            created_by: 'ada@example.com',
            expiration_date: null,
            hidden_key: `${'*'.repeat(28)}${secret.slice(-4)}`,
            key: null,
            key_id: id,
            last_used: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
            name,
            product: 'API',
            workspace_id: null,
            workspace_name: place,
          })),
        },
      }),
    },
    {
      method: 'DELETE',
      path: /^\/api\/admin\/api-keys\/([^/]+)$/,
      answer: ({ parts: [id = ''] }, { keys, setStatus }) => {
        if (!keys.some((key) => key.id === id && key.status === 'active')) {
          return { status: 404, json: { detail: 'API key not found' } };
        }
        setStatus(id, 'deleted');
        return { status: 200, json: {} };
      },
    },
  ],
};
