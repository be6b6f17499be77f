import { randomText } from '../../sandbox/random';
import { bearer, pageOf, recordedErrors } from '../../sandbox/sandboxAdmin';
import type { SandboxAdmin, SandboxAdminAnswer, SandboxKeyRecord } from '../../sandbox/sandboxAdmin';

const HOUR_MS = 3_600_000;
const PROJECTS = ['proj_sandboxEmpty', 'proj_sandbox'] as const;
const MADE_AT = 1_711_471_533;

const error = (status: number, code: string | null, message: string): SandboxAdminAnswer => ({
  status,
  json: { error: { message, type: 'invalid_request_error', param: null, code } },
});

const unauthenticated = error(401, 'invalid_api_key', 'Incorrect API key provided.');
const notPermitted = error(
  403,
  'insufficient_permissions',
  'You have insufficient permissions for this operation. Missing scopes: api.management.read.',
);

const answers = [
  ...recordedErrors('https://developers.openai.com/api/docs/guides/error-codes')(
    ['no valid credential', 'admin-credential-refused', unauthenticated],
    ['a credential that may not', 'not-permitted', notPermitted],
    [
      'a credential without the scope',
      'not-permitted',
      error(
        401,
        'missing_scope',
        'You have insufficient permissions for this operation. Missing scopes: api.read.',
      ),
    ],
    ['no such key', 'not-found', error(404, 'not_found', 'No such API key.')],
    ['too many requests', 'throttled', error(429, 'rate_limit_exceeded', 'Rate limit reached.')],
    ['an error of the vendor', 'vendor-error', error(500, 'server_error', 'The server had an error.')],
  ),
  // The reference says that there is an error, and not which: any with these words is read so.
  ...recordedErrors(
    'https://developers.openai.com/api/reference/resources/admin/subresources/organization/subresources/projects/' +
      'subresources/api_keys/methods/delete',
  )([
    'a key of a service account',
    'not-revocable',
    error(400, null, 'API keys cannot be deleted for service accounts, please delete the service account'),
  ]),
];

const seconds = (ms: number): number => Math.floor(ms / 1_000);

/** The reference's `ProjectApiKey`. */
const shown = ({ id, name, secret, createdAt, lastUsedAt }: SandboxKeyRecord) => ({
  object: 'organization.project.api_key',
  redacted_value: `${secret.slice(0, 8)}${'*'.repeat(16)}${secret.slice(-4)}`,
  name,
  created_at: seconds(createdAt),
  last_used_at: lastUsedAt === null ? null : seconds(lastUsedAt),
  id,
  owner: {
    type: 'user',
    user: {
      object: 'organization.project.user',
      id: 'user_sandbox',
      name: 'Ada Example',
      email: 'ada@example.com',
      role: 'owner',
      created_at: MADE_AT,
    },
  },
  owner_project_access: 'active',
});

const listOf = (data: ReadonlyArray<{ readonly id: string }>, hasMore: boolean): SandboxAdminAnswer => ({
  status: 200,
  json: {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: hasMore,
  },
});

const behind = <A extends { readonly id: string }>(all: ReadonlyArray<A>, after: string | null) =>
  after === null ? all : all.slice(all.findIndex(({ id }) => id === after) + 1);

/** The Administration API, as the pages under `sources` of its table have it. Deleted keys are not listed. */
export const sandboxAdmin: SandboxAdmin = {
  newCredential: () => `sk-admin-${randomText(58)}T3BlbkFJ${randomText(58)}`,
  credentialOf: bearer,
  places: [PROJECTS[1], PROJECTS[0]],
  newKeyId: () => `key_${randomText(16)}`,
  unauthenticated,
  notPermitted,
  answers,
  routes: [
    {
      method: 'GET',
      path: /^\/v1\/organization\/projects$/,
      answer: ({ query }) => {
        const projects = PROJECTS.map((id) => ({
          id,
          object: 'organization.project',
          name: id,
          created_at: MADE_AT,
          archived_at: null,
          status: 'active',
        }));
        const rest = behind(projects, query.get('after'));
        const data = pageOf(rest, query, { size: 100 });
        return listOf(data, data.length < rest.length);
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/organization\/projects\/([^/]+)\/api_keys$/,
      answer: ({ parts: [project = ''], query }, { keys }) => {
        if (!PROJECTS.some((id) => id === project)) return error(404, 'not_found', 'No such project.');
        const listed = keys.filter(({ place, status }) => place === project && status === 'active');
        const rest = behind(listed.map(shown), query.get('after'));
        const data = pageOf(rest, query, { size: 100 });
        return listOf(data, data.length < rest.length);
      },
    },
    {
      method: 'DELETE',
      path: /^\/v1\/organization\/projects\/([^/]+)\/api_keys\/([^/]+)$/,
      answer: ({ parts: [project, id = ''] }, { keys, setStatus }) => {
        const key = keys.find((one) => one.id === id && one.place === project && one.status === 'active');
        if (key === undefined) return error(404, 'not_found', 'No such API key.');
        setStatus(id, 'deleted');
        return { status: 200, json: { object: 'organization.project.api_key.deleted', id, deleted: true } };
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/organization\/usage\/completions$/,
      answer: ({ query }, { usageOf }) => {
        const id = query.get('api_key_ids[]') ?? '';
        const [from, to] = ['start_time', 'end_time'].map((name) => Number(query.get(name)) * 1_000);
        if (query.get('bucket_width') !== '1h' || from === undefined || to === undefined) {
          return error(400, null, 'The sandbox answers by the hour, from start_time to end_time.');
        }
        const first = Math.floor(from / HOUR_MS);
        const hours = Array.from(
          { length: Math.ceil(to / HOUR_MS) - first },
          (_, n) => (first + n) * HOUR_MS,
        );
        const skipped = Number(query.get('page') ?? 0);
        const limit = Number(query.get('limit') ?? 24);
        const more = skipped + limit < hours.length;
        const used = usageOf(id);
        return {
          status: 200,
          json: {
            object: 'page',
            data: hours.slice(skipped, skipped + limit).map((at) => ({
              object: 'bucket',
              start_time: seconds(at),
              end_time: seconds(at + HOUR_MS),
              results: used
                .filter(({ hour }) => hour === at)
                .map(({ requests, tokens }) => ({
                  object: 'organization.usage.completions.result',
                  input_tokens: tokens,
                  output_tokens: 0,
                  input_cached_tokens: 0,
                  num_model_requests: requests,
                  project_id: null,
                  user_id: null,
                  api_key_id: id,
                  model: null,
                  batch: null,
                })),
            })),
            has_more: more,
            next_page: more ? String(skipped + limit) : null,
          },
        };
      },
    },
  ],
};
