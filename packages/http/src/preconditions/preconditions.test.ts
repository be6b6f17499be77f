import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { atWork, type Answer, type Send } from '../testSupport/atWork';
import { isNamed } from './entityTag';
import { underPrecondition } from './underPrecondition';

const at = atWork();

const ada = { actor: { kind: 'user', id: 'ada' } } as const;

/** A workspace with a key, and somebody who may do everything in it. */
const prepared = async (): Promise<{
  readonly workspaceId: string;
  readonly keyId: string;
  readonly send: Send;
}> => {
  const workspaceId = at().newWorkspace();
  const pasted = at().sandbox.issueKey('anthropic');
  const { key } = await at().keyturn.keys.add({ workspaceId, ...ada }, { vendor: 'anthropic', pasted });
  return { workspaceId, keyId: key.keyId, send: at().as(ada) };
};

const tagOf = ({ headers }: Answer): string => headers.get('etag') ?? '';

describe('the tag of the keys', () => {
  test('lets one of two people through who saw the same', async () => {
    const { workspaceId, keyId, send } = await prepared();
    const keys = `/workspaces/${workspaceId}/keys`;
    const headers = { 'if-match': tagOf(await send('GET', keys)) };
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((label) =>
        send('PUT', `${keys}/${keyId}/label`, { headers, body: { label } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  test('holds while runs begin and end at the same time', async () => {
    const { workspaceId, keyId, send } = await prepared();
    const keys = `/workspaces/${workspaceId}/keys`;
    const headers = { 'if-match': tagOf(await send('GET', keys)) };
    const ctx = { workspaceId, ...ada };
    const runs = Array.from({ length: 8 }, (_, run) => `r${run}`).map(async (runId) => {
      await at().keyturn.runs.start(ctx, { runId });
      await at().keyturn.runs.finish(ctx, { runId });
    });
    const labelled = send('PUT', `${keys}/${keyId}/label`, { headers, body: { label: 'one' } });
    await Promise.all(runs);
    expect(await labelled).toMatchObject({ status: 200, json: { changed: true } });
  });

  test('hides neither a key that there is not nor a position that is none', async () => {
    const { workspaceId, keyId, send } = await prepared();
    const keys = `/workspaces/${workspaceId}/keys`;
    for (const path of [keys, `${keys}/${keyId}`]) {
      const headers = { 'if-none-match': tagOf(await send('GET', path)) };
      expect((await send('GET', path, { headers })).status).toBe(304);
      expect((await send('GET', `${path}?after=none`, { headers })).status).toBe(422);
      expect((await send('GET', `${keys}/none`, { headers })).status).toBe(404);
    }
  });

  test('is asked for by every act that may change what it names', async () => {
    const { workspaceId, keyId, send } = await prepared();
    const key = `/workspaces/${workspaceId}/keys/${keyId}`;
    const headers = { 'if-match': 'W/"of another time"' };
    const project = `/workspaces/${workspaceId}/projects/search`;
    await send('PUT', `${project}/default`, { body: { keyId } });
    const second = at().sandbox.issueKey('anthropic');
    const { key: other } = await at().keyturn.keys.add(
      { workspaceId, ...ada },
      { vendor: 'anthropic', pasted: second },
    );
    const answers = [
      await send('PUT', `${key}/label`, { headers, body: { label: 'one' } }),
      await send('PUT', `${key}/expiry`, { headers, body: { expiresAt: Date.UTC(2099, 0, 1) } }),
      await send('PUT', `/workspaces/${workspaceId}/default`, { headers, body: { keyId: other.keyId } }),
      await send('PUT', `${project}/default`, { headers, body: { keyId: other.keyId } }),
      await send('POST', `${project}/clear-default`, { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([412, 412, 412, 412, 412]);
    expect(await send('GET', key)).toMatchObject({ json: { label: null, expiresAt: null, isDefault: true } });
    expect(
      await send('PUT', `${key}/label`, { headers: { 'if-match': '*' }, body: { label: 'one' } }),
    ).toMatchObject({
      status: 200,
    });
  });
});

describe('what is compared', () => {
  test('is compared again where the keyring changed before the act was decided', async () => {
    const { workspaceId, keyId } = await prepared();
    const ctx = { workspaceId, ...ada };
    const { relabel, list } = at().keyturn.keys;
    let looks = 0;
    const act = underPrecondition(relabel, ctx, { keyId, label: 'one' }, {}, async () => {
      looks += 1;
      if (looks > 1) return 'another';
      await relabel(ctx, { keyId, label: 'two' });
      return 'same';
    });
    await expect(act).rejects.toMatchObject({ problem: { type: 'precondition-failed' } });
    expect(looks).toBe(2);
    expect(await list(ctx)).toMatchObject([{ label: 'two' }]);
  });

  test('is compared also where there was nothing left to do a moment ago', async () => {
    const { workspaceId, keyId } = await prepared();
    const ctx = { workspaceId, ...ada };
    const { relabel, list } = at().keyturn.keys;
    let isFirst = true;
    const act = new Proxy(relabel, {
      apply: async (target, self: unknown, given: ReadonlyArray<unknown>) => {
        const done: unknown = await Reflect.apply(target, self, given);
        // What somebody else does between looking and doing.
        if (isFirst) await relabel(ctx, { keyId, label: 'two' });
        isFirst = false;
        return done;
      },
    });
    const doing = underPrecondition(act, ctx, { keyId, label: null }, {}, async () => 'another');
    await expect(doing).rejects.toMatchObject({ problem: { type: 'precondition-failed' } });
    expect(await list(ctx)).toMatchObject([{ label: 'two' }]);
  });

  test('is given up for now where that never ends', async () => {
    const { workspaceId, keyId } = await prepared();
    const ctx = { workspaceId, ...ada };
    const { relabel } = at().keyturn.keys;
    let looks = 0;
    const act = underPrecondition(relabel, ctx, { keyId, label: 'mine' }, {}, async () => {
      looks += 1;
      await relabel(ctx, { keyId, label: `theirs ${looks}` });
      return 'same';
    });
    await expect(act).rejects.toMatchObject({ problem: { type: 'away', status: 503 } });
  });
});

describe('the tag of a case', () => {
  test('changes with its steps, and not with runs', async () => {
    const { workspaceId, keyId, send } = await prepared();
    const support = `/workspaces/${workspaceId}/support`;
    const ofCase = { keyId, caseId: 'SEC/7' };
    await send('POST', `${support}/report`, { body: ofCase });
    const look = `${support}/case?caseId=SEC%2F7`;
    const seen = tagOf(await send('GET', look));
    await send('POST', `/workspaces/${workspaceId}/runs`, { body: { runId: 'r1' } });
    expect(await send('GET', look, { headers: { 'if-none-match': seen } })).toMatchObject({ status: 304 });
    const headers = { 'if-match': seen };
    expect(await send('POST', `${support}/suspend`, { headers, body: ofCase })).toMatchObject({
      status: 200,
    });
    expect(await send('GET', look, { headers: { 'if-none-match': seen } })).toMatchObject({ status: 200 });
    expect(await send('POST', `${support}/reinstate`, { headers, body: ofCase })).toMatchObject({
      status: 412,
      json: { type: 'precondition-failed' },
    });
    const now = { 'if-match': tagOf(await send('GET', look)) };
    expect(await send('POST', `${support}/reinstate`, { headers: now, body: ofCase })).toMatchObject({
      status: 200,
      json: { changed: true },
    });
  });
});

describe('a delete', () => {
  test('of two at once is done once, and does what was rehearsed', async () => {
    const { workspaceId, keyId, send } = await prepared();
    const path = `/workspaces/${workspaceId}/keys/${keyId}/delete`;
    const body = { leaveEmpty: true };
    const { json } = await send('POST', `/rehearsals${path}`, { body });
    const { digest } = json as { readonly digest: string };
    const headers = { 'if-match': `"${digest}"` };
    const answers = await Promise.all([0, 1].map(() => send('POST', path, { headers, body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(
      await send('POST', path, { headers: { 'if-match': '*', 'idempotency-key': randomUUID() }, body }),
    ).toMatchObject({
      status: 409,
    });
  });
});

describe('a header of tags', () => {
  test.each([
    ['"a"', true],
    ['W/"a"', true],
    ['"b", W/"a" , "c"', true],
    [' * ', true],
    ['"b"', false],
    ['a', false],
    ['""', false],
    ['*, "b"', false],
  ])('%s', (header, isSo) => {
    expect(isNamed(header, 'a')).toBe(isSo);
  });
});
