import { describe, expect, test } from '@jest/globals';
import { openKeyturn, type Keyturn } from 'keyturn';
import { join } from 'node:path';
import { keyturnHandler } from './keyturnHandler';
import type { HandlerOptions, ToldFault } from './options';
import { atWork, send, tokenOf } from './testSupport/atWork';

const at = atWork({
  limits: { testCallMs: 1, requestsPerMinute: 30 },
  stepUp: (request) => request.headers.get('x-fresh') === 'yes',
  authorize: ({ actor, action }) => !(actor.id === 'bob' && action === 'SetDefault'),
});

const ada = { actor: { kind: 'user', id: 'ada' } } as const;
const member = (json: unknown, name: string): unknown => Object.fromEntries(Object.entries(json ?? {}))[name];

describe('adding a key whose test call takes long', () => {
  test('answers that it is pending, and is asked again', async () => {
    const { sandbox, as, newWorkspace } = at();
    const workspace = newWorkspace();
    const pasted = sandbox.issueKey('anthropic', 'held');
    const added = await as(ada)('POST', `/workspaces/${workspace}/keys`, {
      body: { vendor: 'anthropic', pasted },
    });
    expect(added).toMatchObject({
      status: 201,
      json: { key: { status: 'pending' }, validation: null, becameDefault: true },
    });
    const path = `/workspaces/${workspace}/${added.headers.get('location') ?? ''}`;
    expect(await as(ada)('GET', path)).toMatchObject({ json: { status: 'pending' } });
    await sandbox.untilCalled(pasted);
    sandbox.release(pasted);
    while (member((await as(ada)('GET', path)).json, 'status') === 'pending');
    expect(await as(ada)('GET', path)).toMatchObject({ json: { status: 'active' } });
    expect(sandbox.callsWith(pasted)).toHaveLength(1);
    expect(await as(ada)('GET', `/workspaces/${workspace}/keys`)).toMatchObject({
      json: { keys: [{ status: 'active' }] },
    });
  });
});

describe('pages', () => {
  test('lead on with a link, until there is no more', async () => {
    const { as, newWorkspace, sandbox, keyturn, url } = at();
    const workspace = newWorkspace();
    const token = { authorization: `Bearer ${tokenOf(ada)}` };
    await keyturn.keys.add(
      { workspaceId: workspace, ...ada },
      { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') },
    );
    for (const runId of ['r1', 'r2', 'r3'])
      await keyturn.runs.start({ workspaceId: workspace, ...ada }, { runId });
    const seen: unknown[] = [];
    let address: string | null = `${url}/api/v1/workspaces/${workspace}/runs?limit=2&openOnly=true`;
    while (address !== null) {
      const page = await send(address, 'GET', { headers: token });
      seen.push(page.json);
      const [, next] = /^<(.*)>; rel="next"$/.exec(page.headers.get('link') ?? '') ?? [];
      address = next === undefined ? null : new URL(next, address).href;
    }
    expect(seen).toMatchObject([
      { runs: [{ runId: 'r3' }, { runId: 'r2' }], more: true },
      { runs: [{ runId: 'r1' }], more: false },
    ]);
    expect(await as(ada)('GET', `/workspaces/${workspace}/runs?limit=0`)).toMatchObject({
      status: 422,
      json: { facts: { field: 'limit', rule: 'a whole number, 1 to 1000' } },
    });
    expect(await as(ada)('GET', `/workspaces/${workspace}/runs?cursor=what`)).toMatchObject({
      status: 422,
      json: { type: 'invalid-query' },
    });
    expect(await as(ada)('GET', `/workspaces/${workspace}/runs/none`)).toMatchObject({
      status: 404,
      json: { type: 'unknown-run' },
    });
  });

  test("have the caller's own workspaces, and no other", async () => {
    const { as, newWorkspace, sandbox, keyturn } = at();
    const own = [newWorkspace(), newWorkspace(), newWorkspace()].sort();
    for (const workspaceId of own) {
      await keyturn.keys.add(
        { workspaceId, ...ada },
        { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') },
      );
    }
    const mine = as({ ...ada, workspaces: [...own.slice(0, 2), newWorkspace()] });
    const first = await mine('GET', '/workspaces?limit=1');
    expect(first).toMatchObject({ status: 200, json: { workspaces: [{ workspaceId: own[0] }], more: true } });
    const rest = await mine('GET', `/workspaces?cursor=${String(member(first.json, 'next'))}`);
    expect(rest).toMatchObject({ json: { workspaces: [{ workspaceId: own[1] }], more: false } });
    const entries = (await mine('GET', '/audit-export')).text.trim().split('\n');
    expect(new Set(entries.map((line) => member(JSON.parse(line), 'workspaceId')))).toEqual(
      new Set(own.slice(0, 2)),
    );
    const none = as({ ...ada, workspaces: [] });
    expect(await none('GET', '/audit')).toMatchObject({ status: 404 });
    expect(await none('GET', '/workspaces')).toMatchObject({ status: 200, json: { workspaces: [] } });
    expect(await none('GET', '/vendors')).toMatchObject({ status: 200 });
    expect(await none('GET', '/vendors/nobody')).toMatchObject({
      status: 404,
      json: { type: 'unknown-vendor' },
    });
  });
});

describe('a request', () => {
  test('is refused where the hook says no, and where nobody logged in freshly', async () => {
    const { as, newWorkspace } = at();
    const path = `/workspaces/${newWorkspace()}`;
    const bob = as({ actor: { kind: 'user', id: 'bob' } });
    expect(await bob('PUT', `${path}/default`, { body: { keyId: 'abcdef' } })).toMatchObject({
      status: 403,
      json: { type: 'not-permitted', facts: { action: 'SetDefault' }, next: ['ask-for-permission'] },
    });
    const body = { caseId: 'SEC/1' };
    expect(await bob('POST', `${path}/close`, { body })).toMatchObject({
      status: 403,
      json: { type: 'step-up-required' },
    });
    expect(await bob('POST', `${path}/close`, { body, headers: { 'x-fresh': 'yes' } })).toMatchObject({
      status: 404,
    });
    expect(await bob('POST', `${path}/log/accept`, { headers: { 'x-fresh': 'yes' } })).toMatchObject({
      status: 409,
      json: { type: 'nothing-to-accept' },
    });
    expect(
      await bob('POST', `${path}/log/disown`, { body: { from: 0 }, headers: { 'x-fresh': 'yes' } }),
    ).toMatchObject({
      status: 409,
      json: { type: 'nothing-to-disown' },
    });
  });

  test('with an admin credential of a vendor is refused unread, unless the service takes those', async () => {
    const { as, sandbox, newWorkspace, keyturn } = at();
    const path = `/workspaces/${newWorkspace()}/support/at-vendor`;
    const adminCredential = sandbox.issueAdminCredential('anthropic', 'valid');
    const body = { keyId: 'key-1', caseId: 'SEC/1', adminCredential };
    const headers = { 'x-fresh': 'yes' };
    for (const act of ['find', 'revoke']) {
      expect(await as(ada)('POST', `${path}/${act}`, { body, headers })).toMatchObject({
        status: 403,
        json: { type: 'admin-credentials-not-taken' },
      });
    }
    const taking = keyturnHandler({
      keyturn,
      identify: () => ({ ...ada, workspaces: 'all', permissions: 'all', sessionId: 's' }),
      stepUp: () => true,
      allowVendorAdminCredentials: true,
    });
    const response = await taking(
      new Request(`http://localhost/api/v1${path}/find`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify(body),
      }),
    );
    expect(response.status).toBe(404);
  });

  test('is one too many after a while, for its session alone', async () => {
    const [one, other] = [at().as(ada), at().as(ada)];
    const statuses: number[] = [];
    for (let sent = 0; sent < 32; sent += 1) statuses.push((await one('GET', '/vendors')).status);
    expect(statuses).toContain(429);
    const last = await one('GET', '/vendors');
    expect(last).toMatchObject({ status: 429, json: { type: 'too-many-requests', retryable: true } });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await other('GET', '/vendors')).toMatchObject({ status: 200 });
  });

  test('with an id or a case that is none is refused, and says not what it held', async () => {
    const path = `/workspaces/${at().newWorkspace()}/expire-runs`;
    for (const header of ['idempotency-key', 'keyturn-case', 'keyturn-issued-at']) {
      const answer = await at().as(ada)('POST', path, { headers: { [header]: 'not an id!' } });
      expect(answer).toMatchObject({ status: 422, json: { type: 'invalid-input' } });
      expect(answer.text).not.toContain('not an id!');
    }
  });
});

/** One that was opened beside the other, and closed. */
const closedKeyturn = async (): Promise<Keyturn> => {
  const { root } = at();
  const keyturn = await openKeyturn({
    directory: join(root, 'data'),
    masterKey: { file: join(root, 'master.key') },
    authorize: () => true,
    housekeeping: false,
  });
  await keyturn.close();
  return keyturn;
};

describe('what breaks here', () => {
  const broken = (
    options: Partial<HandlerOptions>,
  ): { readonly told: ToldFault[]; readonly handler: (request: Request) => Promise<Response> } => {
    const told: ToldFault[] = [];
    const handler = keyturnHandler({
      keyturn: at().keyturn,
      identify: () => ({ ...ada, workspaces: 'all', permissions: 'all', sessionId: 's' }),
      stepUp: () => true,
      onFault: (fault) => told.push(fault),
      ...options,
    });
    return { told, handler };
  };
  const get = (path: string): Request => new Request(`http://127.0.0.1/api/v1${path}`);

  test('is told to its owner, and not to the caller', async () => {
    const { told, handler } = broken({
      identify: () => {
        throw new Error('the session store at 10.0.0.1 is away');
      },
    });
    const answer = await handler(get('/vendors'));
    expect(answer.status).toBe(500);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).not.toContain('10.0.0.1');
    expect(told).toMatchObject([
      { method: 'GET', path: '/vendors', error: { message: expect.stringContaining('10.0.0.1') } },
    ]);
  });

  test('is a problem also where telling it breaks, too', async () => {
    const { handler } = broken({
      identify: () => Promise.reject(new Error('away')),
      onFault: () => {
        throw new Error('the log is away');
      },
    });
    expect((await handler(get('/vendors'))).status).toBe(500);
  });

  const faulty = (health: () => Promise<never>): Keyturn => ({ ...at().keyturn, health });

  test.each([
    ['a closed Keyturn', 503, 'away', true, async () => (await closedKeyturn()).health()],
    [
      'a query that no door answers',
      422,
      'invalid-query',
      false,
      () => at().keyturn.keys.due({ ...ada }, { limit: 0 }),
    ],
    ['a defect', 500, 'broken', false, () => Promise.reject(new Error('/var/lib/keyturn/vault.sqlite'))],
  ])('tells nothing of its inside: %s', async (_what, status, type, retryable, fails) => {
    const { told, handler } = broken({
      keyturn: faulty(async () => {
        throw await fails().then(
          () => new Error('nothing failed'),
          (error: unknown) => error,
        );
      }),
    });
    const answer = await handler(get('/health'));
    const problem: unknown = await answer.json();
    expect(answer.status).toBe(status);
    expect(problem).toMatchObject({ type, status, retryable });
    expect(JSON.stringify(problem)).not.toMatch(/sqlite|limit|[Cc]losed/);
    expect(told).toHaveLength(status >= 500 ? 1 : 0);
    expect(answer.headers.has('retry-after')).toBe(status === 503);
  });
});
