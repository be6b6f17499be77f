import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { atWork, type Answer, type Send } from '../testSupport/atWork';

const at = atWork({ limits: { testCallMs: 60_000 } });

const keyOf = ({ json }: Answer): string => (json as { readonly key: { readonly keyId: string } }).key.keyId;

const add = async (send: Send, workspace: string, more: object = {}, headers = {}): Promise<Answer> =>
  send('POST', `/workspaces/${workspace}/keys`, {
    headers,
    body: { vendor: 'anthropic', pasted: at().sandbox.issueKey('anthropic'), ...more },
  });

const digestOf = ({ json }: Answer): string => (json as { readonly digest: string }).digest;

describe('keys', () => {
  test('are added, shown, relabelled, given an expiry and tested again', async () => {
    const workspace = at().newWorkspace();
    const ada = at().as({ workspaces: [workspace] });
    const added = await add(ada, workspace, { label: 'prod-1' });
    expect(added).toMatchObject({
      status: 201,
      json: { becameDefault: true, validation: { outcome: 'accepted' } },
    });
    const keyId = keyOf(added);
    expect(added.headers.get('location')).toBe(`keys/${keyId}`);
    const key = `/workspaces/${workspace}/keys/${keyId}`;

    expect(await ada('PUT', `${key}/label`, { body: { label: 'prod-one' } })).toMatchObject({
      status: 200,
      json: { changed: true, key: { label: 'prod-one' } },
    });
    const expiresAt = Date.UTC(2099, 0, 1);
    expect(await ada('PUT', `${key}/expiry`, { body: { expiresAt } })).toMatchObject({
      status: 200,
      json: { changed: true },
    });
    expect(await ada('POST', `${key}/validate`)).toMatchObject({ status: 200, json: { testCalls: 1 } });
    expect(await ada('GET', key)).toMatchObject({
      status: 200,
      json: { keyId, label: 'prod-one', expiresAt, isDefault: true, workspaceId: workspace },
    });
    expect(await ada('GET', `/workspaces/${workspace}/keys`)).toMatchObject({
      status: 200,
      json: { keys: [{ keyId }], log: { of: 'workspace' } },
    });
    expect(await ada('GET', `/workspaces/${workspace}/keys?idPrefix=${keyId.slice(0, 6)}`)).toMatchObject({
      json: { keys: [{ keyId }] },
    });
    expect(await ada('GET', `/workspaces/${workspace}/keys-due?withinDays=100`)).toMatchObject({
      json: { keys: [{ keyId }], more: false },
    });
  });

  test('become Default of workspace and projects', async () => {
    const workspace = at().newWorkspace();
    const ada = at().as({});
    const first = keyOf(await add(ada, workspace));
    const second = keyOf(await add(ada, workspace));
    const project = `/workspaces/${workspace}/projects/search`;
    expect(await ada('PUT', `${project}/default`, { body: { keyId: first } })).toMatchObject({
      json: { changed: true },
    });
    expect(await ada('PUT', `/workspaces/${workspace}/default`, { body: { keyId: second } })).toMatchObject({
      status: 200,
      json: { key: { keyId: second, isDefault: true }, projectsLeft: ['search'] },
    });
    expect(await ada('POST', `${project}/clear-default`)).toMatchObject({
      status: 200,
      json: { changed: true },
    });
    expect(
      await ada('PUT', `/workspaces/${workspace}/default`, { body: { keyId: 'no-such-key' } }),
    ).toMatchObject({
      status: 404,
      json: { type: 'unknown-key', status: 404, next: ['correct-input'] },
    });
  });

  test('are deleted just as it was rehearsed', async () => {
    const workspace = at().newWorkspace();
    const ada = at().as({});
    await add(ada, workspace);
    const keyId = keyOf(await add(ada, workspace));
    const path = `/workspaces/${workspace}/keys/${keyId}/delete`;
    expect(await ada('POST', path)).toMatchObject({ status: 428, json: { type: 'precondition-required' } });

    const before = await ada('POST', `/rehearsals${path}`);
    expect(before).toMatchObject({
      status: 200,
      json: { dryRun: true, events: [{ type: 'KeyHardDeleted' }] },
    });
    expect(before.headers.get('etag')).toBe(`"${digestOf(before)}"`);
    await ada('POST', `/workspaces/${workspace}/runs`, {
      body: { runId: 'r1', choice: { kind: 'key', keyId } },
    });
    expect(await ada('POST', path, { headers: { 'if-match': `"${digestOf(before)}"` } })).toMatchObject({
      status: 412,
      json: { type: 'precondition-failed' },
    });
    const now = await ada('POST', `/rehearsals${path}`);
    expect(now).toMatchObject({ json: { events: [{ type: 'KeyRetired', data: { openRuns: 1 } }] } });
    const once = { 'if-match': `"${digestOf(now)}"`, 'idempotency-key': randomUUID() };
    const deleted = await ada('POST', path, { headers: once });
    expect(deleted).toMatchObject({ status: 200, json: { state: 'retired', openRuns: 1 } });
    // A retry, whose answer got lost, gives the same.
    expect(await ada('POST', path, { headers: once })).toMatchObject({
      status: 200,
      json: { state: 'retired' },
    });
    expect(await ada('POST', path, { headers: { ...once, 'idempotency-key': randomUUID() } })).toMatchObject({
      status: 409,
      json: { type: 'key-not-on-file' },
    });
  });

  test('are hard-deleted after a fresh log-in, without a precondition', async () => {
    const workspace = at().newWorkspace();
    const ada = at().as({});
    const keyId = keyOf(await add(ada, workspace));
    const path = `/workspaces/${workspace}/keys/${keyId}/hard-delete`;
    expect(await ada('POST', path, { body: {} })).toMatchObject({
      status: 422,
      json: { type: 'invalid-input', facts: { field: 'caseId' } },
    });
    expect(
      await ada('POST', path, { headers: { 'if-match': '"stale"' }, body: { caseId: 'SEC/1' } }),
    ).toMatchObject({
      status: 200,
      json: { state: 'hard-deleted', destructions: [{ state: 'confirmed' }] },
    });
    expect(at().stepUps).toContainEqual({
      action: 'HardDeleteKey',
      workspaceId: workspace,
      keyId,
      caseId: 'SEC/1',
    });
  });
});

describe('tags', () => {
  test('stay while runs come and go, and change with a key', async () => {
    const workspace = at().newWorkspace();
    const ada = at().as({});
    const keyId = keyOf(await add(ada, workspace));
    const list = `/workspaces/${workspace}/keys`;
    const tag = (await ada('GET', list)).headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]{43}"$/);

    await ada('POST', `/workspaces/${workspace}/runs`, { body: { runId: 'r1' } });
    await ada('POST', `${list}/${keyId}/validate`);
    expect(await ada('GET', list, { headers: { 'if-none-match': `"other", ${tag}` } })).toMatchObject({
      status: 304,
      text: '',
    });
    const relabelled = await ada('PUT', `${list}/${keyId}/label`, {
      headers: { 'if-match': tag },
      body: { label: 'one' },
    });
    expect(relabelled).toMatchObject({ status: 200, json: { changed: true } });
    expect(await ada('GET', list, { headers: { 'if-none-match': tag } })).toMatchObject({ status: 200 });
    expect(
      await ada('PUT', `${list}/${keyId}/label`, { headers: { 'if-match': tag }, body: { label: 'two' } }),
    ).toMatchObject({ status: 412, json: { type: 'precondition-failed' } });
    expect(await ada('GET', `${list}/${keyId}`)).toMatchObject({ json: { label: 'one' } });
  });

  test('let a repeated act give its first outcome, though it changed what they name', async () => {
    const workspace = at().newWorkspace();
    const ada = at().as({});
    const keyId = keyOf(await add(ada, workspace));
    const list = `/workspaces/${workspace}/keys`;
    const headers = {
      'if-match': (await ada('GET', list)).headers.get('etag') ?? '',
      'idempotency-key': randomUUID(),
    };
    const sent = { headers, body: { label: 'one' } };
    const first = await ada('PUT', `${list}/${keyId}/label`, sent);
    expect(await ada('PUT', `${list}/${keyId}/label`, sent)).toMatchObject({
      status: 200,
      json: { key: (first.json as { readonly key: unknown }).key },
    });
    expect(await ada('PUT', `${list}/${keyId}/label`, { headers, body: { label: 'two' } })).toMatchObject({
      status: 409,
      json: { type: 'command-id-reused' },
    });
  });
});
