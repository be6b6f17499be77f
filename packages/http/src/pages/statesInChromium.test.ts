import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onChromium, startChromium, type Chromium } from '@keyturn/testbed/browser';
import { sampled } from '@keyturn/testbed/sampling';
import { atWork } from '../testSupport/atWork';
import { AT_DESK, lookingAt, TURNS } from './testSupport/looks';
import { CSRF_SECRET, visitor } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;

onChromium(describe)('each screen in each state', () => {
  const now = atWork({ csrfSecret: CSRF_SECRET, branding: { support: 'help@app.example' } });
  let chromium: Chromium;

  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium.close());

  it('has nothing that axe-core finds, in light and dark, and stays within 320 px', async () => {
    const { keyturn, sandbox } = now();
    const workspaceId = 'acme';
    const ctx = { workspaceId, actor: ada };
    const { page, errors, go, close } = await visitor(chromium, now(), { workspaces: 'all' }, AT_DESK);

    const look = lookingAt({ page }, sampled(TURNS, 1));
    const keys = `/workspaces/${workspaceId}/keys`;
    const add = async (vendor: string, behaviour: Parameters<typeof sandbox.issueKey>[1], label: string) =>
      (await keyturn.keys.add(ctx, { vendor, pasted: sandbox.issueKey(vendor, behaviour), label })).key;

    await look('no-workspaces');
    await go(keys);
    await look('empty', 'light');
    const prod = await add('anthropic', 'valid', 'prod-1');
    await look('workspaces');
    const next = await add('anthropic', 'valid', 'prod-2');
    const rejected = await add('anthropic', 'rejected', 'a mistyped one');
    const unfunded = await add('openai', 'unfunded', 'from finance');
    const long = await add('openai', 'valid', 'x'.repeat(64));
    const undecided = await add('openai', 'server-error', 'מפתח');
    await keyturn.keys.setDefault(ctx, { keyId: prod.keyId, projectId: 'docs' });
    await keyturn.keys.setExpiry(ctx, { keyId: long.keyId, expiresAt: Date.UTC(2025, 0, 1) });
    await keyturn.runs.start(ctx, { runId: 'compile-7311' });
    await keyturn.runs.start(ctx, { runId: 'compile-7312', projectId: 'docs' });
    await go(keys);
    await look('keys', 'light');
    await look('keys-dark', 'dark');
    for (const [name, { keyId }] of Object.entries({ rejected, unfunded, undecided, active: next })) {
      await go(`${keys}/${keyId}`);
      await look(`key-${name}`, name === 'rejected' ? 'light' : null);
    }
    await go(`${keys}/new`);
    await look('add');
    await page.getByLabel('Vendor').selectOption('azure-openai');
    await look('add-azure');
    await page.getByLabel('Vendor').selectOption('anthropic');
    await page.getByLabel('Key', { exact: true }).fill(`export KEY=${sandbox.issueKey('anthropic')} `);
    await page.getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('alert').waitFor();
    await look('add-refused', 'light');

    await go(`${keys}/${next.keyId}`);
    await page.getByRole('link', { name: 'Set as Default' }).click();
    await page.getByRole('dialog').waitFor();
    await look('set-default', 'light');
    await page.getByLabel('Move it to this key, too').check();
    await page.getByRole('button', { name: 'Set as Default' }).click();
    await page.getByRole('status').waitFor();
    await look('default-set');
    await keyturn.keys.setDefault(ctx, { keyId: prod.keyId, projectId: 'search' });
    await go(`${keys}/${prod.keyId}`);
    await page.getByRole('link', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await look('delete', 'light');
    await page.getByRole('button', { name: /^Delete …/ }).click();
    await page.getByRole('status').waitFor();
    await look('deleting', 'light');

    for (const path of ['default', 'label', 'expiry', 'suspend', 'delete', 'hard-delete']) {
      await go(`${keys}/${unfunded.keyId}/${path}`);
      await look(path, path === 'hard-delete' ? 'light' : null);
    }
    await keyturn.support.report(ctx, { keyId: unfunded.keyId, caseId: 'SEC/1042' });
    await go(`${keys}/${unfunded.keyId}/suspend`);
    await look('suspend-reported');
    await page.getByRole('button', { name: 'Suspend' }).click();
    await page.getByRole('status').waitFor();
    await look('suspended');

    for (const screen of ['runs', 'activity', 'health'] as const) {
      await go(`/workspaces/${workspaceId}/${screen}`);
      await look(screen, 'light');
    }
    await go(`/workspaces/${workspaceId}/runs?runId=none`);
    await look('no-runs');
    await go(`/workspaces/${workspaceId}/activity?action=KeyAdded`);
    await look('filtered');
    await go(`/workspaces/${workspaceId}/runs/compile-7312/end`);
    await look('end-run');
    await go('/nothing-here');
    await look('nothing-here');
    // What a browser says of an answer that is no success, and nothing else.
    expect(errors.filter((error) => !error.includes('the server responded with a status of'))).toEqual([]);
    await close();
  });
});
