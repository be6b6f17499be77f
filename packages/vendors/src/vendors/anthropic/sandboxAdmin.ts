import { field } from '../../sandbox/jsonField';
import { randomText } from '../../sandbox/random';
import { recordedErrors } from '../../sandbox/sandboxAdmin';
import type { SandboxAdmin, SandboxAdminAnswer, SandboxKeyRecord } from '../../sandbox/sandboxAdmin';

const HOUR_MS = 3_600_000;

const error = (status: number, type: string, message: string): SandboxAdminAnswer => ({
  status,
  json: { type: 'error', error: { type, message }, request_id: `req_011C${randomText(20)}` },
});

const unauthenticated = error(401, 'authentication_error', 'invalid x-api-key');
const notPermitted = error(403, 'permission_error', 'This endpoint requires an Admin API key.');
const notFound = error(404, 'not_found_error', 'Not found');

const answers = recordedErrors('https://platform.claude.com/docs/en/api/errors')(
  ['no valid credential', 'admin-credential-refused', unauthenticated],
  ['a credential that may not', 'not-permitted', notPermitted],
  ['no such key', 'not-found', notFound],
  [
    'too many requests',
    'throttled',
    error(429, 'rate_limit_error', 'Number of requests has exceeded the limit.'),
  ],
  ['overloaded', 'vendor-error', error(529, 'overloaded_error', 'Overloaded')],
  ['an error of the vendor', 'vendor-error', error(500, 'api_error', 'Internal server error')],
  [
    'a request that is refused',
    'unrecognised-answer',
    error(400, 'invalid_request_error', 'limit: too large'),
  ],
);

/** https://platform.claude.com/docs/en/api/http/organization/api_keys */
const shown = ({ id, name, secret, place, createdAt, status }: SandboxKeyRecord) => ({
  type: 'api_key',
  id,
  created_at: new Date(createdAt).toISOString(),
  created_by: { id: 'user_01SandboxSandboxSandbox', type: 'user' },
  expires_at: null,
  name,
  partial_key_hint: `${secret.slice(0, 16)}...${secret.slice(-4)}`,
  status,
  workspace_id: place,
});

/** The Admin API, as the pages under `sources` of its table have it. A key is disabled there, and never deleted. */
export const sandboxAdmin: SandboxAdmin = {
  newCredential: () => `sk-ant-admin01-${randomText(93)}AA`,
  credentialOf: (headers) => {
    const key = headers['x-api-key'];
    return typeof key === 'string' && headers['anthropic-version'] === '2023-06-01' ? key : null;
  },
  places: ['wrkspc_01SandboxSandboxSandbox'],
  newKeyId: () => `apikey_01${randomText(22)}`,
  unauthenticated,
  notPermitted,
  answers,
  routes: [
    {
      method: 'GET',
      path: /^\/v1\/organizations\/api_keys$/,
      answer: ({ query }, { keys }) => {
        const after = query.get('after_id');
        const behind = after === null ? keys : keys.slice(keys.findIndex(({ id }) => id === after) + 1);
        const data = behind.slice(0, Number(query.get('limit') ?? 20));
        const [first] = data;
        return {
          status: 200,
          json: {
            data: data.map(shown),
            first_id: first?.id ?? null,
            has_more: data.length < behind.length,
            last_id: data.at(-1)?.id ?? null,
          },
        };
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/organizations\/api_keys\/([^/]+)$/,
      answer: ({ parts: [id = ''], body }, { keys, setStatus }) => {
        const key = keys.find((one) => one.id === id);
        const status = field(body, 'status');
        if (key === undefined) return notFound;
        if (status !== 'active' && status !== 'inactive') {
          return error(400, 'invalid_request_error', 'status: Input should be active, archived or inactive');
        }
        setStatus(id, status);
        return { status: 200, json: shown({ ...key, status }) };
      },
    },
    {
      method: 'GET',
      path: /^\/v1\/organizations\/analytics\/usage$/,
      answer: ({ query, headers }, { usageOf }) => {
        if (headers['anthropic-beta'] !== 'analytics-usage-cost-2026-08-24') return notFound;
        if (query.get('time_bucket_width') !== '1h') {
          return error(400, 'invalid_request_error', 'time_bucket_width: the sandbox answers by the hour');
        }
        const id = query.get('api_key_ids[]') ?? '';
        const [from, to] = ['starting_at', 'ending_at'].map((name) => Date.parse(query.get(name) ?? ''));
        const rows = usageOf(id).filter(
          ({ hour }) => hour + HOUR_MS > (from ?? 0) && hour < (to ?? Infinity),
        );
        return {
          status: 200,
          json: {
            data: rows.map(({ hour, requests, tokens }) => ({
              starting_at: new Date(hour).toISOString(),
              ending_at: new Date(hour + HOUR_MS).toISOString(),
              group: { product: null, model: null, api_key_id: id },
              usage: {
                uncached_input_tokens: tokens,
                cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
                cache_read_input_tokens: 0,
                output_tokens: 0,
                requests,
                server_tool_use: { web_search_requests: 0 },
                total_tokens: tokens,
              },
            })),
            has_more: false,
            next_page: null,
          },
        };
      },
    },
  ],
};
