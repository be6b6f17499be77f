import { afterEach, describe, expect, test } from '@jest/globals';
import { atWork, type Answer } from '../testSupport/atWork';

/** Days pass: the door takes this clock when it is opened. */
const realNow = Date.now;
let ahead = 0;
Date.now = () => realNow() + ahead;

const at = atWork();

const HOUR_MS = 3_600_000;

/** Two keys of one workspace, the first of which is Default. */
const prepared = async () => {
  const { keyturn, sandbox, newWorkspace } = at();
  const ctx = { workspaceId: newWorkspace(), actor: { kind: 'user', id: 'ada' } } as const;
  const added = async (): Promise<string> => {
    const pasted = sandbox.issueKey('anthropic');
    return (await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted })).key.keyId;
  };
  return { ctx, path: `/workspaces/${ctx.workspaceId}`, one: await added(), two: await added() };
};

const defaultIn = async (ctx: Awaited<ReturnType<typeof prepared>>['ctx']): Promise<unknown> =>
  (await at().keyturn.keys.list(ctx)).find(({ isDefault }) => isDefault)?.keyId;

const typeOf = ({ json }: Answer): unknown =>
  Object.entries(json ?? {}).find(([name]) => name === 'type')?.[1];

describe('an old retry', () => {
  afterEach(() => {
    ahead = 0;
  });

  test('that says when it was first tried takes nothing back that others did since', async () => {
    const { ctx, path, one, two } = await prepared();
    const ada = at().as({});
    const issuedAt = Date.now();
    const headers = { 'idempotency-key': 'of-yesterday', 'keyturn-issued-at': String(issuedAt) };
    const toOne = { headers, body: { keyId: one } };
    await ada('PUT', `${path}/default`, { body: { keyId: two } });
    expect((await ada('PUT', `${path}/default`, toOne)).status).toBe(200);
    await ada('PUT', `${path}/default`, { body: { keyId: two } });
    expect((await ada('PUT', `${path}/default`, toOne)).status).toBe(200);
    expect(await defaultIn(ctx)).toBe(two);

    // What is remembered is forgotten by 250 at once.
    for (let count = 0; count < 260; count += 1) {
      await at().keyturn.keys.relabel(ctx, { keyId: one, label: `label ${count}` });
    }
    ahead = 25 * HOUR_MS;
    for (const label of ['a day later', 'and later']) {
      await ada('PUT', `${path}/keys/${two}/label`, { body: { label } });
    }
    const old = await ada('PUT', `${path}/default`, toOne);
    expect([old.status, typeOf(old)]).toEqual([409, 'command-too-old']);
    expect(await defaultIn(ctx)).toBe(two);
  });
});

describe('a key of idempotency', () => {
  const headers = { 'idempotency-key': 'one-act' };

  test('names one act of one person', async () => {
    const { ctx, path, one, two } = await prepared();
    const [ada, bob] = [at().as({}), at().as({ actor: { kind: 'user', id: 'bob' } })];
    expect((await ada('PUT', `${path}/default`, { headers, body: { keyId: two } })).status).toBe(200);
    await ada('PUT', `${path}/default`, { body: { keyId: one } });
    const { revision } = await at().keyturn.keys.checked(ctx);
    const again = await ada('PUT', `${path}/default`, { headers, body: { keyId: two } });
    expect(again.status).toBe(200);
    const others = [
      await bob('PUT', `${path}/default`, { headers, body: { keyId: two } }),
      await bob('PUT', `${path}/default`, { headers, body: { keyId: one } }),
      await bob('PUT', `${path}/projects/p/default`, { headers, body: { keyId: two } }),
      await bob('POST', `${path}/runs`, { headers, body: { runId: 'r1' } }),
      await bob('POST', `${path}/keys/${two}/delete`, { headers: { ...headers, 'if-match': '*' } }),
    ];
    expect(others.map(typeOf)).toEqual(Array.from(others, () => 'command-id-reused'));
    expect(await defaultIn(ctx)).toBe(one);
    expect((await at().keyturn.keys.checked(ctx)).revision).toBe(revision);
  });

  test('is nothing in another workspace, and permits nothing', async () => {
    const [mine, other] = [await prepared(), await prepared()];
    const ada = at().as({});
    const body = { keyId: mine.two };
    expect((await ada('PUT', `${mine.path}/default`, { headers, body })).status).toBe(200);
    expect((await ada('PUT', `${other.path}/default`, { headers, body })).status).toBe(404);
    const reader = at().as({ permissions: ['ListKeys'] });
    expect((await reader('PUT', `${mine.path}/default`, { headers, body })).status).toBe(403);
    const stranger = at().as({ workspaces: [other.ctx.workspaceId] });
    expect((await stranger('PUT', `${mine.path}/default`, { headers, body })).status).toBe(404);
  });
});
