import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onChromium, startChromium, type Chromium } from '@keyturn/testbed/browser';
import { sampled } from '@keyturn/testbed/sampling';
import { atWork } from '../testSupport/atWork';
import { CSRF_SECRET, visitor, type Look, type Visitor } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;

type Page = Visitor['page'];

const addKey = async (page: Page, pasted: string, label: string): Promise<void> => {
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await page.getByRole('link', { name: 'Add key' }).click();
  await page.getByLabel('Vendor').selectOption('anthropic');
  await page.getByLabel('Key', { exact: true }).fill(pasted);
  await page.getByLabel('Label').fill(label);
  await page.getByRole('button', { name: 'Add key' }).click();
};

onChromium(describe)("the seed's rotation, by a person in Chromium", () => {
  const now = atWork({ csrfSecret: CSRF_SECRET });
  let chromium: Chromium;

  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium.close());

  const looks: ReadonlyArray<readonly [string, Look]> = [
    ['with a script', {}],
    ['without a script', { javaScriptEnabled: false }],
    ['at 320 px', { viewport: { width: 320, height: 640 } }],
  ];
  const drawn = sampled(looks, 1);
  it.each(drawn)('%s: from "Add key" to "Delete the old key", with a run in flight', async (_, look) => {
    const { keyturn, sandbox, newWorkspace } = now();
    const workspaceId = newWorkspace();
    const ctx = { workspaceId, actor: ada };
    const [old, fresh] = [sandbox.issueKey('anthropic'), sandbox.issueKey('anthropic')];
    const { page, errors, close } = await visitor(chromium, now(), { workspaces: [workspaceId] }, look);
    const status = page.getByRole('status').first();

    await addKey(page, old, 'prod-1');
    expect(await status.textContent()).toBe(
      `…${old.slice(-4)} is on file. It is the first key, so it is the Default at once.`,
    );
    await keyturn.runs.start(ctx, { runId: 'compile-1' });

    await addKey(page, fresh, 'prod-2');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`…${fresh.slice(-4)} · Active`);

    await page.getByRole('link', { name: 'Set as Default' }).click();
    await page.getByRole('button', { name: 'Set as Default' }).click();
    expect(await status.textContent()).toContain('is the Default. Runs under way keep the key');

    await page.getByRole('link', { name: 'All keys' }).click();
    await page.getByRole('link', { name: `…${old.slice(-4)} · Active (previous)` }).click();
    await page.getByRole('link', { name: 'Delete', exact: true }).click();
    const wouldFinish = page.getByText('1 run finishes first.');
    await wouldFinish.waitFor();
    expect(await wouldFinish.count()).toBe(1);
    await page.getByRole('button', { name: `Delete …${old.slice(-4)}` }).click();

    expect(await status.textContent()).toContain('goes with the last run that holds it');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      `…${old.slice(-4)} · Deleting · 1 run in flight`,
    );
    await keyturn.runs.finish(ctx, { runId: 'compile-1' });
    await page.reload();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`…${old.slice(-4)} · Deleted`);
    expect(
      await page
        .getByRole('heading', { name: `Now revoke …${old.slice(-4)} in Anthropic’s console` })
        .count(),
    ).toBe(1);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      look.viewport?.width ?? 1_280,
    );
    expect(errors).toEqual([]);
    const [retired, active] = await keyturn.keys.list(ctx, { includeHardDeleted: true });
    expect([retired?.status, active?.status, active?.isDefault]).toEqual(['hard-deleted', 'active', true]);
    await close();
  });
});
