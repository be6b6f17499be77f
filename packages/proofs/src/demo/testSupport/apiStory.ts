import createClient from 'openapi-fetch';
import type { VendorSandbox } from '@keyturn/vendors/sandbox';
import type { paths } from './apiTypes';
import { promised } from '../stage';
import type { DemoKeys } from '../story';

const WORKSPACE = 'acme';
const path = { workspaceId: WORKSPACE } as const;
const CASE = 'CASE-1042';

/** Who asks: each with a token of the embedding service. */
interface Tokens {
  readonly user: string;
  readonly support: string;
}

/** What the story is told with. */
export interface ApiProps {
  readonly url: string;
  readonly tokens: Tokens;
  readonly sandbox: VendorSandbox;
}

const last4 = (key: string): string => key.slice(-4);

const clientOf = (baseUrl: string, token: string) =>
  createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });

type Client = ReturnType<typeof clientOf>;

interface Outcome {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** What was answered. @throws PromiseBroken for a problem */
const done = <O extends Outcome>(outcome: O): NonNullable<O['data']> => {
  const { data, error, response }: { data?: O['data']; error?: unknown; response: Response } = outcome;
  promised('it is done', response.ok, `${response.status} ${JSON.stringify(error)}`);
  if (data === undefined || data === null) throw new TypeError('no answer');
  return data;
};

const promisedRefusal = ({ error }: Outcome, type: string): void => {
  const seen: unknown = Object.entries(error ?? {}).find(([name]) => name === 'type')?.[1];
  promised(`it is refused as ${type}`, seen === type, JSON.stringify(error));
};

const promisedDisplays = async (client: Client, lines: ReadonlyArray<string>): Promise<void> => {
  const { keys } = done(await client.GET('/api/v1/workspaces/{workspaceId}/keys', { params: { path } }));
  const displays = keys.map(({ display }) => display);
  promised(
    `the list shows ${lines.join(', ')}`,
    JSON.stringify([...displays].sort()) === JSON.stringify([...lines].sort()),
    displays.join('\n'),
  );
};

const added = async (client: Client, vendor: string, pasted: string, label?: string) =>
  client.POST('/api/v1/workspaces/{workspaceId}/keys', {
    params: { path },
    body: { vendor, pasted, ...(label === undefined ? {} : { label }) },
  });

const started = async (client: Client, runId: string) =>
  client.POST('/api/v1/workspaces/{workspaceId}/runs', { params: { path }, body: { runId } });

const resumed = async (client: Client, runId: string) =>
  client.POST('/api/v1/workspaces/{workspaceId}/runs/{runId}/resume', {
    params: { path: { ...path, runId } },
    body: {},
  });

/** From the first key to the day before the rotation. */
const firstKeys = async (user: Client, keys: DemoKeys) => {
  const first = done(await added(user, 'anthropic', keys.first, 'prod-1'));
  promised('the first key is Default', first.becameDefault, first.key.display);
  const other = done(await added(user, 'openai', keys.other));
  await promisedDisplays(user, [`…${last4(keys.first)} · Default`, `…${last4(keys.other)} · Active`]);
  promisedRefusal(await added(user, 'anthropic', `${keys.fresh} `), 'paste-white-space');
  return { first: first.key.keyId, other: other.key.keyId };
};

const deleted = async (user: Client, keyId: string) => {
  const params = { path: { ...path, keyId } };
  const rehearsal = done(
    await user.POST('/api/v1/rehearsals/workspaces/{workspaceId}/keys/{keyId}/delete', { params, body: {} }),
  );
  return user.POST('/api/v1/workspaces/{workspaceId}/keys/{keyId}/delete', {
    params: { ...params, header: { 'If-Match': `"${rehearsal.digest}"` } },
    body: {},
  });
};

const rotation = async (user: Client, keys: DemoKeys, old: string) => {
  promised(
    'the run has the first key',
    done(await started(user, 'compile-1')).last4 === last4(keys.first),
    '',
  );
  const fresh = done(await added(user, 'anthropic', keys.fresh, 'prod-2'));
  const beforeRotation = Date.now();
  const { keyId } = fresh.key;
  done(await user.PUT('/api/v1/workspaces/{workspaceId}/default', { params: { path }, body: { keyId } }));
  promised(
    'a new run has the new key',
    done(await started(user, 'compile-2')).last4 === last4(keys.fresh),
    '',
  );
  promised('the old key drains', done(await deleted(user, old)).state === 'retired', '');
  await promisedDisplays(user, [
    `…${last4(keys.first)} · Deleting · 1 run in flight`,
    `…${last4(keys.other)} · Active`,
    `…${last4(keys.fresh)} · Default`,
  ]);
  done(await resumed(user, 'compile-1'));
  done(
    await user.POST('/api/v1/workspaces/{workspaceId}/runs/{runId}/finish', {
      params: { path: { ...path, runId: 'compile-1' } },
      body: { outcome: 'succeeded' },
    }),
  );
  await promisedDisplays(user, [`…${last4(keys.other)} · Active`, `…${last4(keys.fresh)} · Default`]);
  return { fresh: keyId, beforeRotation };
};

const leak = async (user: Client, support: Client, keys: DemoKeys, fresh: string, other: string) => {
  const destroy = (successor: { readonly successor?: string }) =>
    support.POST('/api/v1/workspaces/{workspaceId}/keys/{keyId}/hard-delete', {
      params: { path: { ...path, keyId: fresh } },
      body: { caseId: CASE, reason: 'leak', ...successor },
    });
  promisedRefusal(await destroy({}), 'successor-needed');
  const { interruptedRuns } = done(await destroy({ successor: other }));
  promised('the run is interrupted', interruptedRuns.join() === 'compile-2', interruptedRuns.join());
  promisedRefusal(await resumed(user, 'compile-2'), 'run-interrupted');
  await promisedDisplays(user, [`…${last4(keys.other)} · Default`]);
  promisedRefusal(await added(user, 'anthropic', keys.fresh), 'fingerprint-leaked');
};

const review = async (user: Client, keys: DemoKeys, beforeRotation: number): Promise<void> => {
  const then = done(
    await user.GET('/api/v1/workspaces/{workspaceId}/history', {
      params: { path, query: { at: beforeRotation } },
    }),
  );
  const shown = then.keys.map(({ display }) => display).join();
  promised('the first key was Default', shown.includes(`…${last4(keys.first)} · Default`), shown);
};

/** Tells the demonstration's story through a client that is made of the OpenAPI document. */
export const tellApiStory = async ({ url, tokens, sandbox }: ApiProps, keys: DemoKeys): Promise<void> => {
  const user = clientOf(url, tokens.user);
  const support = clientOf(url, tokens.support);
  const { first, other } = await firstKeys(user, keys);
  const { fresh, beforeRotation } = await rotation(user, keys, first);
  promised(
    'each key was test-called once',
    [keys.first, keys.other, keys.fresh].every((key) => sandbox.callsWith(key).length === 1),
    'another number of test calls',
  );
  await leak(user, support, keys, fresh, other);
  await review(user, keys, beforeRotation);
};
