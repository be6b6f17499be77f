import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onChromium, startChromium, type Chromium } from '@keyturn/testbed/browser';
import type { ActContext, KeyAddition } from 'keyturn';
import { atWork } from '../testSupport/atWork';
import { CSRF_SECRET, visitor, type Visitor } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;

onChromium(describe)('what goes wrong on the screens', () => {
  const now = atWork({ csrfSecret: CSRF_SECRET });
  let chromium: Chromium;

  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium.close());

  interface AtDesk extends Visitor {
    readonly ctx: ActContext;
    readonly added: (label?: string, behaviour?: 'valid' | 'rejected') => Promise<KeyAddition['key']>;
    readonly keyPath: (keyId: string, page?: string) => string;
  }

  const atDesk = async (look = {}): Promise<AtDesk> => {
    const { keyturn, sandbox, newWorkspace } = now();
    const workspaceId = newWorkspace();
    const ctx = { workspaceId, actor: ada };
    return {
      ...(await visitor(chromium, now(), { workspaces: [workspaceId] }, look)),
      ctx,
      added: async (label, behaviour = 'valid') => {
        const pasted = sandbox.issueKey('anthropic', behaviour);
        return (await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted, label })).key;
      },
      keyPath: (keyId, page = '') => `/workspaces/${workspaceId}/keys/${keyId}${page}`,
    };
  };

  it('shows a delete again that would do something else by now', async () => {
    const { page, go, added, keyPath, ctx, close } = await atDesk();
    await added();
    const { keyId, last4 } = await added();
    await go(keyPath(keyId, '/delete'));
    expect(await page.getByText(`…${last4} is destroyed at once.`).count()).toBe(1);
    await now().keyturn.runs.start(ctx, { runId: 'compile-1', choice: { kind: 'key', keyId } });
    await page.getByRole('button', { name: `Delete …${last4}` }).click();
    expect(await page.getByRole('alert').textContent()).toContain('It changed since you looked');
    expect(await page.getByText('1 run finishes first.').count()).toBe(1);
    expect((await now().keyturn.keys.resolve(ctx, keyId)).status).toBe('active');
    await page.getByRole('button', { name: `Delete …${last4}` }).click();
    expect((await now().keyturn.keys.resolve(ctx, keyId)).status).toBe('retired');
    await close();
  });

  it('says in a second tab what the first one did', async () => {
    const { page, go, added, keyPath, close } = await atDesk();
    await added();
    const { keyId, last4 } = await added();
    await go(keyPath(keyId, '/label'));
    const second = await page.context().newPage();
    await second.goto(new URL(keyPath(keyId, '/delete'), page.url()).href);
    await second.getByRole('button', { name: `Delete …${last4}` }).click();
    await page.getByLabel('Label').fill('too late');
    await page.getByRole('button', { name: 'Save the label' }).click();
    expect(await page.getByRole('alert').textContent()).toContain(`…${last4}`);
    expect(await page.getByLabel('Label').inputValue()).toBe('too late');
    await close();
  });

  it('acts once, however often a form is sent', async () => {
    const { page, go, ctx, close } = await atDesk({ javaScriptEnabled: false });
    const pasted = now().sandbox.issueKey('anthropic');
    await go(`/workspaces/${ctx.workspaceId}/keys/new`);
    const form = await page.context().newPage();
    await form.goto(page.url());
    const fields = async (name: string): Promise<string> => form.locator(`input[name=${name}]`).inputValue();
    const body = new URLSearchParams({
      token: await fields('token'),
      act: await fields('act'),
      vendor: 'anthropic',
      pasted,
    }).toString();
    const sent = await Promise.all(
      [1, 2].map(() =>
        page.context().request.post(page.url(), {
          data: body,
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
          maxRedirects: 0,
        }),
      ),
    );
    expect(sent.map((response) => response.status())).toEqual([303, 303]);
    expect(await now().keyturn.keys.list(ctx)).toHaveLength(1);
    expect(now().sandbox.callsWith(pasted)).toHaveLength(1);
    await close();
  });

  it('tells whoever lost the session in mid-form, and shows nothing of the key', async () => {
    const { page, go, ctx, logOut, close } = await atDesk();
    const pasted = now().sandbox.issueKey('anthropic');
    await go(`/workspaces/${ctx.workspaceId}/keys/new`);
    await page.getByLabel('Vendor').selectOption('anthropic');
    await page.getByLabel('Key', { exact: true }).fill(pasted);
    await logOut();
    await page.getByRole('button', { name: 'Add key' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('You are not logged in');
    expect(await page.content()).not.toContain(pasted.slice(0, -4));
    expect(await now().keyturn.keys.list(ctx)).toEqual([]);
    await close();
  });

  it('goes back to what is, and tells a notice once', async () => {
    const { page, go, added, keyPath, close } = await atDesk();
    await added();
    const { keyId, last4 } = await added();
    await go(keyPath(keyId, '/delete'));
    await page.getByRole('button', { name: `Delete …${last4}` }).click();
    await page.getByRole('status').waitFor();
    expect(page.url()).not.toContain('notice');
    await page.reload();
    expect(await page.getByRole('status').count()).toBe(0);
    await page.goBack();
    expect(await page.getByRole('button', { name: `Delete …${last4}` }).count()).toBe(0);
    await close();
  });

  it('runs nothing that a label, a run or an actor is called', async () => {
    const label = '<img src=x onerror=document.title=1>';
    const { page, go, added, ctx, close, errors } = await atDesk();
    const { keyId } = await added(label);
    const actor = { kind: 'user', id: "ada'&onclick=1" } as const;
    await now().keyturn.runs.start({ ...ctx, actor }, { runId: 'run-1' });
    for (const path of ['/keys', `/keys/${keyId}`, `/keys/${keyId}/label`, '/runs', '/activity']) {
      await go(`/workspaces/${ctx.workspaceId}${path}`);
      expect(await page.locator('main img').count()).toBe(0);
    }
    expect(await page.getByText(label).count()).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    await close();
  });

  it('follows a test call that takes long, without being asked', async () => {
    const { page, go, ctx, close } = await atDesk();
    const pasted = now().sandbox.issueKey('anthropic', 'held');
    const adding = now().keyturn.keys.add(ctx, { vendor: 'anthropic', pasted });
    await now().sandbox.untilCalled(pasted);
    const [key] = await now().keyturn.keys.list(ctx);
    await go(`/workspaces/${ctx.workspaceId}/keys/${key?.keyId ?? ''}`);
    expect(await page.getByText('The test call is under way.').count()).toBe(1);
    now().sandbox.release(pasted);
    await adding;
    await page.getByText('tested: valid').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('· Default');
    await close();
  });
});
