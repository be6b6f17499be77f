import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onChromium, startChromium, type Chromium } from '@keyturn/testbed/browser';
import { sampled } from '@keyturn/testbed/sampling';
import { atWork } from '../testSupport/atWork';
import { AT_DESK, lookingAt, TURNS } from './testSupport/looks';
import { CSRF_SECRET, visitor } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;
const HOUR_MS = 3_600_000;

onChromium(describe)('leak review in each state', () => {
  const now = atWork({ csrfSecret: CSRF_SECRET, allowVendorAdminCredentials: true });
  let chromium: Chromium;

  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium.close());

  it('has nothing that axe-core finds, in light and dark, and stays within 320 px', async () => {
    const { keyturn, sandbox } = now();
    const ctx = { workspaceId: 'acme', actor: ada };
    const [old, fresh] = [sandbox.issueKey('anthropic'), sandbox.issueKey('anthropic')];
    const at = await visitor(chromium, now(), { workspaces: 'all' }, AT_DESK);
    const { page, go, errors, close } = at;
    const look = lookingAt(at, sampled(TURNS, 1));
    const press = (name: string | RegExp) => page.getByRole('button', { name }).click();

    await go('/workspaces/acme/leaks');
    await look('leaks-empty');
    const { key } = await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted: old, label: 'prod-1' });
    await keyturn.keys.add({ ...ctx, workspaceId: 'globex' }, { vendor: 'anthropic', pasted: old });
    const compiler = { kind: 'service', id: 'compiler', originRef: 'host-7' } as const;
    for (const [run, projectId] of [
      ['compile-7311', 'docs'],
      ['compile-7312', 'search'],
    ] as const) {
      await keyturn.runs.start({ ...ctx, actor: compiler }, { runId: run, projectId });
    }
    await keyturn.runs.finish({ ...ctx, actor: compiler }, { runId: 'compile-7311', outcome: 'succeeded' });

    await go('/leaks');
    await page.getByLabel('The key itself').fill(old);
    await press('Find this key');
    await look('leak-find', 'light');
    await go('/leaks?last4=zzzz');
    await look('leak-found-none');

    const keyPath = `/workspaces/acme/keys/${key.keyId}`;
    const inCase = 'case=SEC%2F1042';
    const casePath = `/workspaces/acme/leaks/case?${inCase}`;
    await go(casePath);
    await look('leak-case-unknown');
    await go(`${keyPath}/leak/report?${inCase}`);
    await look('leak-report');
    await page.getByLabel('Case id').fill('no case');
    await press(/^Report …/);
    await page.getByRole('alert').waitFor();
    await look('leak-report-refused');
    await keyturn.support.report(
      { ...ctx, actor: { kind: 'support', id: 'grace' } },
      { keyId: key.keyId, caseId: 'SEC/1042', source: 'a public repository' },
    );
    await go(casePath);
    await look('leak-case', 'light');
    await look('leak-case-dark', 'dark');
    await page.getByText('Mail to the customer').nth(2).click();
    await look('leak-mail');
    await go('/leaks/case?case=SEC%2F1042');
    await look('leak-case-of-all');
    for (const name of ['at-vendor', 'withdraw']) {
      await go(`${keyPath}/leak/${name}?${inCase}`);
      await look(`leak-${name}`);
    }
    await go(casePath);
    await page.getByRole('link', { name: 'Revoke at the vendor' }).first().click();
    await page.getByRole('dialog').waitFor();
    await look('leak-revoke', 'light');
    await go(`${keyPath}/leak/at-vendor?${inCase}`);
    await page.getByLabel('Admin credential').fill(sandbox.issueAdminCredential('anthropic'));
    await press('Find the key in the vendor’s list');
    await page.getByText('may be this one').waitFor();
    await look('leak-at-vendor-list');
    await page.getByLabel('Admin credential').fill(fresh);
    await press('Revoke it at the vendor');
    await page.getByRole('alert').waitFor();
    await look('leak-at-vendor-refused');
    await go(`${keyPath}/suspend?${inCase}`);
    await look('leak-suspend');
    await press('Suspend');
    await page.getByText('is suspended.').waitFor();
    await look('leak-suspended');

    await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted: fresh, label: 'prod-2' });
    await go(casePath);
    await look('leak-successor');
    await go(`${keyPath}/hard-delete?${inCase}`);
    await page.getByLabel('Type its last four characters').fill(key.last4);
    await press(/^Destroy …/);
    await page.getByRole('status').waitFor();
    await look('leak-alive');
    await go(`${keyPath}/leak/check?${inCase}`);
    await look('leak-check-pasted');
    await press('Nobody has it any more');
    await page.getByRole('status').waitFor();
    await look('leak-not-checkable');

    const start = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 5 * HOUR_MS;
    const row = [new Date(start), new Date(start + HOUR_MS)].map((time) => time.toISOString());
    await go(`${keyPath}/leak/exposure?${inCase}`);
    await page.getByText('Another window, or the vendor’s usage').click();
    await page.getByLabel('From (UTC)').fill(new Date(start - 14 * HOUR_MS).toISOString().slice(0, 16));
    await page.getByLabel('What the vendor counted').fill(`start,end,requests\n${row.join(',')},412\n`);
    await press('Make the report');
    await page.getByText('412 requests').first().waitFor();
    await look('leak-exposure', 'light');
    await page.getByText('Another window, or the vendor’s usage').click();
    await page.getByLabel('What the vendor counted').fill('no usage');
    await press('Make the report');
    await page.getByRole('alert').waitFor();
    await look('leak-exposure-refused');
    await go(`/workspaces/acme/leaks/close?${inCase}`);
    await look('leak-close', 'light');
    for (const reason of await page.getByLabel('why it stays open').all()) await reason.fill('a rehearsal');
    await press('Close the case');
    await page.getByText('Case SEC/1042 is closed.').waitFor();
    await look('leak-closed');
    await go('/workspaces/acme/leaks');
    await look('leaks');
    // What a browser says of an answer that is no success.
    const isUsual = (error: string): boolean => error.includes('the server responded with a status of');
    expect(errors.filter((error) => !isUsual(error))).toEqual([]);
    await close();
  });
});
