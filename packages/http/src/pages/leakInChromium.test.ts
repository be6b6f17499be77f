import { afterAll, beforeAll, expect, describe, it } from '@jest/globals';
import { fixedPartsOf, SecretSearch } from '@keyturn/testbed';
import { onChromium, startChromium, type Chromium } from '@keyturn/testbed/browser';
import { sampled } from '@keyturn/testbed/sampling';
import type { ActContext } from 'keyturn';
import { readFileSync } from 'node:fs';
import { atWork } from '../testSupport/atWork';
import { CSRF_SECRET, visitor, type Look, type Visitor } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;
const grace = { kind: 'support', id: 'grace' } as const;
const HOUR_MS = 3_600_000;

/** What the vendor counted, as the customer sends it: use in an hour in which nobody here had the key. */
const usageOf = (requests: number): string => {
  const start = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 5 * HOUR_MS;
  const row = [new Date(start), new Date(start + HOUR_MS)].map((time) => time.toISOString());
  return `start,end,requests\n${row.join(',')},${requests}\n`;
};

onChromium(describe)('the leak drill on screen', () => {
  const now = atWork({ csrfSecret: CSRF_SECRET, allowVendorAdminCredentials: true });
  let chromium: Chromium;

  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium.close());

  /** Somebody at the screens; every page that was seen is searched for secrets at the end. */
  const person = async (identity: Parameters<typeof visitor>[2], look: Look) => {
    const at: Visitor = await visitor(chromium, now(), identity, look);
    const { page } = at;
    page.setDefaultTimeout(10_000);
    const seen: string[] = [];
    page.on('response', (response) => {
      // A file is read where it was put.
      if (response.headers()['content-disposition'] !== undefined) return;
      void response.text().then(
        (text) => seen.push(text),
        () => undefined,
      );
    });
    const step = (name: string) =>
      page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
    return {
      ...at,
      seen,
      step,
      stateOf: async (name: string) => (await step(name).locator('.badge').textContent()) ?? '',
      told: () => page.getByRole('status').first().textContent(),
      press: (name: string | RegExp) => page.getByRole('button', { name }).click(),
      follow: (name: string | RegExp) => page.getByRole('link', { name }).first().click(),
    };
  };

  const looks: ReadonlyArray<readonly [string, Look]> = [
    ['with a script', {}],
    ['without a script', { javaScriptEnabled: false }],
  ];
  const drawn = sampled(looks, 1);
  it.each(drawn)('%s: the four promises, from the first mail to the closed case', async (_, look) => {
    const { keyturn, sandbox, newWorkspace } = now();
    const workspaceId = newWorkspace();
    const ctx: ActContext = { workspaceId, actor: ada };
    const [old, fresh] = [sandbox.issueKey('anthropic'), sandbox.issueKey('anthropic')];
    const credential = sandbox.issueAdminCredential('anthropic');
    const search = new SecretSearch();
    for (const [name, content] of Object.entries({ old, fresh, credential })) {
      search.add({ name, content, fixed: fixedPartsOf(content) });
    }
    const { key } = await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted: old, label: 'prod-1' });
    await keyturn.runs.start({ ...ctx, actor: { kind: 'service', id: 'compiler' } }, { runId: 'compile-1' });
    const support = await person({ actor: grace, workspaces: 'all' }, look);
    const owner = await person({ actor: ada, workspaces: [workspaceId] }, look);
    const caseAddress = `/workspaces/${workspaceId}/leaks/case?case=SEC%2F1042`;

    // The mail: "Our key is in a public repository." Which key is it?
    await support.go('/leaks');
    await support.page.getByLabel('The key itself').fill(old);
    await support.press('Find this key');
    await support.page.getByRole('link', { name: `…${old.slice(-4)} · Default` }).waitFor();
    await support.follow('Report it');
    await support.page.getByLabel('Case id').fill('SEC/1042');
    await support.page.getByLabel('From where the report came').fill('a public repository');
    await support.press(`Report …${key.last4}`);
    expect(await support.told()).toBe(`…${key.last4} is reported as leaked.`);
    expect(support.page.url()).toContain(caseAddress);
    expect(await support.stateOf('3. Stop the stranger')).toBe('next');
    expect(await support.step('3. Stop the stranger').textContent()).toContain('before all else');

    // "Walk you through revoking the old key in the vendor's console"
    await support.step('3. Stop the stranger').getByRole('link', { name: 'Revoke at the vendor' }).click();
    await support.page.getByText('1 open run has the key').waitFor();
    expect(await support.page.getByRole('link', { name: 'Open Anthropic’s console' }).count()).toBe(1);
    expect(await support.page.getByText('Or have the vendor revoke it').count()).toBe(0);
    await owner.go(caseAddress);
    await owner.step('5. Revoke at the vendor').getByRole('link', { name: 'Revoke at the vendor' }).click();
    await owner.follow('Or have the vendor revoke it');
    await owner.page.getByLabel('Admin credential').fill(credential);
    await owner.press('Find the key in the vendor’s list');
    await owner.page.getByText('may be this one').waitFor();
    expect(await owner.page.getByLabel('Admin credential').inputValue()).toBe('');
    await owner.page.getByLabel('Admin credential').fill(credential);
    await owner.press('Revoke it at the vendor');
    expect(await owner.told()).toContain('and it is dead');

    // "Confirm the new key is valid and set as Default."
    expect(await owner.stateOf('4. Successor')).toBe('next');
    await owner.follow('Add the new key');
    await owner.page.getByLabel('Key', { exact: true }).fill(fresh);
    await owner.press('Add key');
    await owner.follow(`Set …${fresh.slice(-4)} as Default`);
    await owner.press('Set as Default');
    expect(await owner.told()).toContain(`…${fresh.slice(-4)} is the Default.`);
    expect(await owner.stateOf('4. Successor')).toBe('done');
    expect(await owner.stateOf('6. Kill check')).toBe('done');

    // "Hard-delete the old key from our vault."
    await support.go(caseAddress);
    expect(await support.stateOf('7. Hard-delete here')).toBe('next');
    await support.follow('Hard delete');
    await support.page.getByLabel('Type its last four characters').fill(key.last4);
    await support.press(/^Destroy …/);
    expect(await support.told()).toContain('is deleted, and its secret destroyed.');

    // "Help you review your audit log for any anomalous activity that may have used the old key."
    await support.follow('Exposure report and review');
    await support.page.getByText('Another window, or the vendor’s usage').click();
    await support.page
      .getByLabel('From (UTC)')
      .fill(new Date(Date.now() - 24 * HOUR_MS).toISOString().slice(0, 16));
    await support.page.getByLabel('What the vendor counted').fill(usageOf(412));
    await support.press('Make the report');
    await support.page.getByText('412 requests').first().waitFor();
    expect(await support.page.locator('.report time').first().textContent()).toMatch(/^\d{4}-.*Z$/);
    expect(await support.page.getByRole('img', { name: /^Use of the key from/ }).count()).toBe(1);
    expect(await support.page.getByRole('heading', { name: 'Certificate of destruction' }).count()).toBe(1);
    const files: string[] = [];
    for (const name of ['As one HTML page', 'As JSON']) {
      const coming = support.page.waitForEvent('download');
      await support.press(name);
      const file = await coming;
      const text = readFileSync(await file.path(), 'utf8');
      support.seen.push(text);
      expect(text).toContain('412 requests');
      files.push(file.suggestedFilename());
    }
    const stem = `exposure-${key.last4.replaceAll(/[^A-Za-z0-9]/g, '-')}-${key.keyId.slice(0, 8)}`;
    expect(files).toEqual([`${stem}.html`, `${stem}.json`]);
    await support.page.getByLabel('Note').fill('the customer has no batch at that hour');
    await support.press('Record the review');
    expect(await support.told()).toContain(`The review of …${key.last4} is recorded.`);

    await support.follow('Close the case');
    await support.page.getByText('Nothing is left to be done.', { exact: true }).waitFor();
    await support.press('Close the case');
    expect(await support.told()).toBe('Case SEC/1042 is closed.');
    expect(await support.page.getByText('Contained: the vendor showed that the key is dead.').count()).toBe(
      1,
    );
    const { keys, closed } = await keyturn.support.status(ctx, { caseId: 'SEC/1042' });
    expect([closed, keys[0]?.outcome, keys[0]?.steps.every(({ done }) => done)]).toEqual([
      true,
      'contained',
      true,
    ]);
    const { entries } = await keyturn.audit.page(ctx, { caseId: 'SEC/1042', limit: 100 });
    expect(new Set(entries.map(({ type }) => type))).toEqual(
      new Set([
        'KeyReportedLeaked',
        'KeyRevocationRecorded',
        'KeyKillChecked',
        'KeyAdded',
        'KeyTestCallStarted',
        'KeyValidated',
        'DefaultChanged',
        'KeyHardDeleted',
        'KeySecretDestroyed',
        'LeakReviewed',
        'LeakCaseClosed',
      ]),
    );
    for (const { seen, errors, close } of [support, owner]) {
      // A file that is put away is no answer to a browser.
      expect(errors.filter((error) => !error.endsWith('/leak/exposure-file?case=SEC%2F1042'))).toEqual([]);
      expect(seen.length).toBeGreaterThan(5);
      expect(search.inText('a page', seen.join('\n'))).toEqual([]);
      await close();
    }
  });

  it('by hand, at 320 px: a key that was deleted last week, which the vendor still takes', async () => {
    const { keyturn, sandbox, newWorkspace } = now();
    const workspaceId = newWorkspace();
    const ctx: ActContext = { workspaceId, actor: ada };
    const [old, fresh] = [sandbox.issueKey('anthropic'), sandbox.issueKey('anthropic')];
    const { key } = await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted: old });
    const next = await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted: fresh });
    await keyturn.keys.setDefault(ctx, { keyId: next.key.keyId });
    await keyturn.keys.delete(ctx, { keyId: key.keyId });
    const owner = await person(
      { actor: ada, workspaces: [workspaceId] },
      { viewport: { width: 320, height: 640 }, javaScriptEnabled: false },
    );
    const { page, told, press, follow, stateOf } = owner;

    await owner.go(`/workspaces/${workspaceId}/leaks`);
    await page.getByLabel('Last four characters').fill(key.last4);
    await press(/^Find$/);
    await follow('Report it');
    await page.getByLabel('Case id').fill('#1042');
    await page
      .getByRole('group', { name: 'Does a stranger use it' })
      .getByLabel('No', { exact: true })
      .check();
    await press(/^Report …/);
    expect(await Promise.all(['3. Stop', '4. Succ', '5. Rev', '7. Hard'].map(stateOf))).toEqual([
      ...['done', 'done', 'next', 'done'],
    ]);

    await follow('Ask with the key itself');
    await page.getByLabel('The key itself').fill(fresh);
    await press('Ask the vendor now');
    expect(await page.getByRole('alert').textContent()).toContain('this is another one');
    await page.getByLabel('The key itself').fill(old);
    await press('Ask the vendor now');
    expect(await told()).toBe(`…${key.last4}: The vendor still takes the key. Revoke it.`);

    await follow('Revoke at the vendor');
    sandbox.setBehaviour(old, 'rejected');
    await page.getByLabel('Somebody told me that it is revoked').check();
    await page.getByLabel('Who revoked it').fill('bob@acme.example');
    await press('Record the revocation');
    expect(await told()).toContain('That is told: a kill check confirms it.');
    await follow('Ask with the key itself');
    await page.getByLabel('The key itself').fill(old);
    await press('Ask the vendor now');
    expect(await told()).toContain('Three such answers in a row');

    await follow('Exposure report and review');
    await press('Record the review');
    await follow('Close the case');
    await press('Close the case');
    expect(await page.getByRole('alert').textContent()).toContain('kill-check');
    await page.getByLabel('6. Kill check: why it stays open').fill('a rehearsal does not wait');
    await press('Close the case');
    expect(await told()).toBe('Case #1042 is closed.');
    expect(await stateOf('6. Kill check')).toBe('left open');
    expect(await page.getByText('Revoked, as a person says. Nothing confirms it.').count()).toBe(1);
    expect(owner.seen.join('\n')).not.toContain(old.slice(0, -4));
    await owner.close();
  });
});
