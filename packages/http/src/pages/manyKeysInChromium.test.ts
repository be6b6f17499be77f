import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPolicy } from '@keyturn/domain';
import { accessibilityFaults, onChromium, startChromium, type Chromium } from '@keyturn/testbed/browser';
import { sampled } from '@keyturn/testbed/sampling';
import { atWork } from '../testSupport/atWork';
import { AT_DESK, lookingAt } from './testSupport/looks';
import { CSRF_SECRET, visitor, type Visitor } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;
const KEYS = 200;

/** Labels that people give: short ones, long ones without a gap, from right to left, and both in one. */
const LABELS = [
  (index: number) => `prod-${index}`,
  (index: number) => `${'m'.repeat(60)}-${index}`,
  (index: number) => `מפתח הייצור של הצוות ${index}`,
  (index: number) => `مفتاح الإنتاج (EU) ${index}`,
  (index: number) => `検索サービスの本番キー ${index}`,
  (index: number) => `the key that finance asked for, for audits ${index}`,
];

onChromium(describe)('a workspace with 200 keys', () => {
  const now = atWork({ csrfSecret: CSRF_SECRET, policy: { ...defaultPolicy, maxKeysOnFile: KEYS } });
  const workspaceId = 'many';
  const ctx = { workspaceId, actor: ada };
  const keys = `/workspaces/${workspaceId}/keys`;
  let chromium: Chromium;
  let visited: Visitor;

  beforeAll(async () => {
    const { keyturn, sandbox } = now();
    for (let index = 0; index < KEYS; index += 1) {
      const vendor = index % 3 === 0 ? 'openai' : 'anthropic';
      const label = LABELS[index % LABELS.length]?.(index) ?? '';
      const behaviour = index % 17 === 0 && index > 0 ? 'rejected' : 'valid';
      const { key } = await keyturn.keys.add(ctx, {
        vendor,
        pasted: sandbox.issueKey(vendor, behaviour),
        label,
      });
      if (behaviour === 'valid' && index % 25 === 2) {
        for (const projectId of ['search', 'docs', 'a-project-with-a-long-name']) {
          await keyturn.keys.setDefault(ctx, { keyId: key.keyId, projectId: `${projectId}-${index}` });
        }
      }
    }
    chromium = await startChromium();
    visited = await visitor(chromium, now(), { workspaces: [workspaceId] }, AT_DESK);
  }, 60_000);
  afterAll(() => chromium.close());

  it('shows all of them, in light, dark and narrow, with nothing that axe-core finds', async () => {
    const { page, go } = visited;
    await go(keys);
    expect(await page.locator('tbody tr').count()).toBe(KEYS);
    await lookingAt({ page })('many-keys', 'light');
  });

  const finds: ReadonlyArray<readonly [string, string, number]> = [
    ['a label', 'PROD-12', 3],
    ['a label from right to left', 'הצוות 8', 3],
    ['a vendor', 'openai', 67],
    ['a part of a label in between', 'for audits', 33],
    ['nothing that there is', 'no such key', 0],
  ];
  it.each(sampled(finds, 2))('finds them by %s', async (_, wanted, count) => {
    const { page, go } = visited;
    await go(keys);
    await page.getByLabel('Find').fill(wanted);
    await page.keyboard.press('Enter');
    await page.getByText(`${count} of ${KEYS} keys.`).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(count);
    expect(await page.getByLabel('Find').inputValue()).toBe(wanted);
  });

  it('finds one by its last four, and makes it the Default from the list', async () => {
    const { page, go } = visited;
    const { keyturn } = now();
    const [, , wanted] = (await keyturn.keys.list(ctx)).filter(({ status }) => status === 'active');
    await go(`${keys}?${new URLSearchParams({ find: `…${wanted?.last4 ?? ''}` }).toString()}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: `Set as Default …${wanted?.last4 ?? ''}`, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Set as Default' }).click();
    await page.getByText('is the Default. Runs under way').waitFor();
    expect((await keyturn.keys.resolve(ctx, wanted?.keyId ?? '')).isDefault).toBe(true);
  });
});
