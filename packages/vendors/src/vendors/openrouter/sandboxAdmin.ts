import { randomBytes } from 'node:crypto';
import { field } from '../../sandbox/jsonField';
import { bearer, pageOf, recordedErrors } from '../../sandbox/sandboxAdmin';
import type { SandboxAdmin, SandboxAdminAnswer, SandboxKeyRecord } from '../../sandbox/sandboxAdmin';

const DAY_MS = 86_400_000;
const WORKSPACES = ['0df9e665-d932-5740-b2c7-b52af166bc11', '770e8400-e29b-41d4-a716-446655440000'] as const;

const error = (code: number, message: string): SandboxAdminAnswer => ({
  status: code,
  json: { error: { code, message } },
});

const unauthenticated = error(401, 'Invalid management key');
const notPermitted = error(403, 'Only management keys can perform this operation');

const answers = recordedErrors('https://openrouter.ai/docs/api/api-reference/api-keys/list')(
  ['no valid credential', 'admin-credential-refused', unauthenticated],
  ['a credential that may not', 'not-permitted', notPermitted],
  ['no such key', 'not-found', error(404, 'API key not found')],
  ['too many requests', 'throttled', error(429, 'Rate limit exceeded')],
  ['an error of the vendor', 'vendor-error', error(500, 'Internal Server Error')],
);

const hex = (): string => randomBytes(32).toString('hex');

/** The reference's key, of which Keyturn reads a part. */
const shown = ({ id, name, secret, place, createdAt, lastUsedAt, status }: SandboxKeyRecord) => ({
  hash: id,
  name,
  label: `${secret.slice(0, 12)}...${secret.slice(-4)}`,
  disabled: status === 'inactive',
  limit: null,
  limit_remaining: null,
  limit_reset: null,
  include_byok_in_limit: false,
  usage: 0,
  created_at: new Date(createdAt).toISOString(),
  updated_at: null,
  expires_at: null,
  last_used_at: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  creator_user_id: 'user_2dHFtVWx2n56w6HkM0000000000',
  workspace_id: place,
});

/** The calls that take a management key, as the pages under `sources` of their table have them. */
export const sandboxAdmin: SandboxAdmin = {
  newCredential: () => `sk-or-v1-${hex()}`,
  credentialOf: bearer,
  places: [WORKSPACES[1], WORKSPACES[0]],
  newKeyId: hex,
  unauthenticated,
  notPermitted,
  answers,
  routes: [
    {
      method: 'GET',
      path: /^\/api\/v1\/workspaces$/,
      answer: ({ query }) => ({
        status: 200,
        json: {
          data: pageOf(WORKSPACES, query, { from: Number(query.get('offset') ?? 0), size: 100 }).map(
            (id) => ({
              id,
              name: id.slice(0, 8),
              slug: id.slice(0, 8),
              created_at: '2025-08-24T10:30:00Z',
            }),
          ),
          total_count: WORKSPACES.length,
        },
      }),
    },
    {
      method: 'GET',
      path: /^\/api\/v1\/keys$/,
      answer: ({ query }, { keys }) => {
        const workspace = query.get('workspace_id') ?? WORKSPACES[0];
        const withDisabled = query.get('include_disabled') === 'true';
        const listed = keys.filter(
          ({ place, status }) => place === workspace && (status === 'active' || withDisabled),
        );
        const from = Number(query.get('offset') ?? 0);
        return { status: 200, json: { data: listed.slice(from, from + 100).map(shown) } };
      },
    },
    {
      method: 'PATCH',
      path: /^\/api\/v1\/keys\/([^/]+)$/,
      answer: ({ parts: [id = ''], body }, { keys, setStatus }) => {
        const key = keys.find((one) => one.id === id);
        const disabled = field(body, 'disabled');
        if (key === undefined) return error(404, 'API key not found');
        if (typeof disabled !== 'boolean') return error(400, 'disabled: expected a boolean');
        const status = disabled ? 'inactive' : 'active';
        setStatus(id, status);
        return { status: 200, json: { data: shown({ ...key, status }) } };
      },
    },
    {
      method: 'GET',
      path: /^\/api\/v1\/activity$/,
      answer: ({ query }, { usageOf }) => {
        const days = new Map<string, { requests: number; tokens: number }>();
        for (const { hour, requests, tokens } of usageOf(query.get('api_key_hash') ?? '')) {
          const date = new Date(hour - (hour % DAY_MS)).toISOString().slice(0, 10);
          const day = days.get(date) ?? { requests: 0, tokens: 0 };
          days.set(date, { requests: day.requests + requests, tokens: day.tokens + tokens });
        }
        return {
          status: 200,
          json: {
            data: [...days].map(([date, { requests, tokens }]) => ({
              date,
              model: 'openai/gpt-oss-20b',
              model_permaslug: 'openai/gpt-oss-20b',
              endpoint_id: '550e8400-e29b-41d4-a716-446655440000',
              provider_name: 'OpenAI',
              usage: 0,
              byok_usage_inference: 0,
              requests,
              prompt_tokens: tokens,
              completion_tokens: 0,
              reasoning_tokens: 0,
            })),
          },
        };
      },
    },
  ],
};
