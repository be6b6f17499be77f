import { describe, expect, it } from '@jest/globals';
import { fixedPartsOf, SecretSearch } from '@keyturn/testbed';
import type { HandlerOptions, Identity } from '../options';
import { atWork, type AtWork } from '../testSupport/atWork';
import { PAGES } from './table';
import { formSender, type FormSender } from './testSupport/forms';
import { CSRF_SECRET } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;
const CASE = 'case=SEC%2F1042';
const caseId = 'SEC/1042';

/** A key that is reported under a case, and somebody who looks at it. */
const reported = async (
  { keyturn, sandbox, newWorkspace, url }: AtWork,
  identity: Partial<Identity> = {},
): Promise<{
  readonly ctx: { readonly workspaceId: string; readonly actor: typeof ada };
  readonly keyId: string;
  readonly last4: string;
  readonly pasted: string;
  readonly sender: FormSender;
  /** A page of the key under the case. */
  readonly at: (page: string) => string;
  readonly token: string;
}> => {
  const ctx = { workspaceId: newWorkspace(), actor: ada };
  const pasted = sandbox.issueKey('anthropic');
  const { keyId, last4 } = (await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted })).key;
  await keyturn.support.report(ctx, { keyId, caseId });
  const sender = formSender({ url }, { workspaces: [ctx.workspaceId], ...identity });
  const at = (page: string): string => `/workspaces/${ctx.workspaceId}/keys/${keyId}/${page}?${CASE}`;
  const { token = '' } = await sender.hidden(`/workspaces/${ctx.workspaceId}/leaks`);
  return { ctx, keyId, last4, pasted, sender, at, token };
};

/** Every act of a case, with what its form sends, and what `stepUp` is asked. */
const ACTS = [
  ['leak/report', { caseId, stranger: 'no' }, 'ReportLeak'],
  ['leak/revoke', { how: 'told', revokedBy: 'ada' }, 'RecordRevocation'],
  ['leak/check', {}, 'RecordKillCheck'],
  ['leak/review', { found: '' }, 'RecordLeakReview'],
  ['leak/withdraw', { reason: 'another key' }, 'WithdrawLeakReport'],
  ['leak/at-vendor', { pasted: 'sk-ant-admin01-none' }, 'RevokeAtVendor'],
  ['suspend', { caseId }, 'SuspendKey'],
] as const;

const options: Partial<HandlerOptions> = {
  csrfSecret: CSRF_SECRET,
  allowVendorAdminCredentials: true,
  limits: { requestsPerMinute: 1_000_000 },
};

describe('leak review by its forms', () => {
  const now = atWork(options);

  it('tells runs that have the key from those that its hard delete interrupted', async () => {
    const { ctx, keyId, sender } = await reported(now());
    const { keyturn } = now();
    await keyturn.runs.start(ctx, { runId: 'compile-1' });
    const told = async (): Promise<string> =>
      (await sender.get(`/workspaces/${ctx.workspaceId}/leaks/case?${CASE}`)).text;
    expect(await told()).toContain('Open runs that have it');
    await keyturn.keys.hardDelete(ctx, { keyId, caseId });
    expect(await told()).toContain('Interrupted runs, not finished yet');
  });

  it.each(ACTS)('%s: a fresh log-in is asked for', async (page, fields, action) => {
    const { sender, at, token, keyId } = await reported(now());
    const before = now().stepUps.length;
    await sender.post(at(page), { token, act: 'act-1', ...fields });
    expect(now().stepUps.slice(before)).toEqual([expect.objectContaining({ action, keyId, caseId })]);
  });

  it('asks for one before a case is closed, too, and says which steps are open', async () => {
    const { sender, token, ctx, keyId } = await reported(now());
    const before = now().stepUps.length;
    const close = `/workspaces/${ctx.workspaceId}/leaks/close?${CASE}`;
    const refused = await sender.post(close, { token, act: 'act-1', 'leave-review': 'no time' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('revoke');
    expect(refused.text).toContain('value="no time"');
    expect(now().stepUps.slice(before)).toEqual([
      expect.objectContaining({ action: 'CloseLeakCase', keyId: null, caseId }),
    ]);
    const { keys } = await now().keyturn.support.status(ctx, { caseId });
    expect([keys[0]?.keyId, keys[0]?.next]).toEqual([keyId, 'stop-stranger']);
  });

  it('gives a report as a file, of the very window that was shown', async () => {
    const { sender, at, token, keyId } = await reported(now());
    const asked = { token, since: '2026-11-01T00:00', until: '2026-11-02T00:00:00.500' };
    const html = await sender.post(at('leak/exposure-file'), { ...asked, as: 'html' });
    expect(html.status).toBe(200);
    expect(html.headers.get('content-disposition')).toMatch(/^attachment; filename="exposure-[\w-]+\.html"$/);
    expect(html.text).toContain('The case <bdi>SEC/1042</bdi>');
    const json = await sender.post(at('leak/exposure-file'), { ...asked, as: 'json' });
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(json.json).toMatchObject({
      key: { keyId },
      window: { since: Date.UTC(2026, 10, 1), until: Date.UTC(2026, 10, 2) + 500 },
    });
  });

  it('records no review of what was not shown', async () => {
    const { sender, at, token, ctx, keyId } = await reported(now());
    const sent = { token, act: 'act-1', found: 'first-actor', 'explained-first-actor': 'true', note: 'Bob' };
    const { status, text } = await sender.post(at('leak/review'), sent);
    expect(status).toBe(412);
    expect(text).toContain('It changed since you looked');
    expect(text).toMatch(/<textarea[^>]*>\s*Bob/);
    const { keys } = await now().keyturn.support.status(ctx, { caseId });
    expect(keys[0]?.steps.find(({ step }) => step === 'review')?.done).toBe(false);
    expect((await sender.post(at('leak/review'), { ...sent, found: '' })).status).toBe(303);
    const { entries } = await now().keyturn.audit.page(ctx, { action: 'LeakReviewed', keyId });
    expect(entries).toHaveLength(1);
  });

  it('keeps the lines of what the vendor counted, whatever ends them, and from form to form', async () => {
    const { sender, at, token } = await reported(now());
    const hour = Date.UTC(2026, 10, 1, 10);
    const row = [hour, hour + 3_600_000].map((time) => new Date(time).toISOString());
    const asked = { token, since: '2026-11-01', until: '2026-11-02' };
    const usage = `\uFEFFstart,end,requests\r\n${row.join(',')},412\r\n`;
    const shown = await sender.post(at('leak/exposure'), { ...asked, usage });
    expect(shown.text).toContain('412 requests');
    const [, again = ''] = /name="usageAgain" value="([^"]+)"/.exec(shown.text) ?? [];
    expect([shown.text.includes('U+000D'), /\s/.test(again)]).toEqual([false, false]);
    const file = await sender.post(at('leak/exposure-file'), { ...asked, usageAgain: again, as: 'json' });
    expect(file.text).toContain('412 requests');
    const broken = await sender.post(at('leak/exposure-file'), { ...asked, usageAgain: '%', as: 'json' });
    expect([broken.status, broken.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8']);
  });

  it.each(['#1042', '..', 'SR-1042', 'SEC/1042#a:b'])('has a page for case %s', async (named) => {
    const { sender, ctx, keyId, last4 } = await reported(now());
    const { token = '' } = await sender.hidden(`/workspaces/${ctx.workspaceId}/leaks`);
    const report = `/workspaces/${ctx.workspaceId}/keys/${keyId}/leak/report`;
    const { headers } = await sender.post(report, { token, act: 'act-1', caseId: named });
    const page = await sender.get(headers.get('location') ?? '');
    expect(page.text).toContain(`<h1>Case ${named}</h1>`);
    expect(page.text).toContain(`…${last4} is reported as leaked.`);
    const of = new URLSearchParams({ case: named }).toString();
    expect((await sender.get(`/workspaces/${ctx.workspaceId}/leaks/case?${of}`)).text).toContain(keyId);
  });

  it('shows each workspace its own keys of a case alone, and all to support', async () => {
    const [mine, theirs] = [await reported(now()), await reported(now())];
    const own = await mine.sender.get(`/workspaces/${mine.ctx.workspaceId}/leaks/case?${CASE}`);
    expect([own.text.includes(mine.keyId), own.text.includes(theirs.keyId)]).toEqual([true, false]);
    expect(own.text).not.toContain(theirs.ctx.workspaceId);
    for (const path of ['/leaks', `/leaks/case?${CASE}`]) {
      const refused = await mine.sender.get(path);
      expect([refused.status, refused.text.includes('You may not do this')]).toEqual([403, true]);
    }
    const support = formSender(now(), { actor: { kind: 'support', id: 'grace' } });
    const all = await support.get(`/leaks/case?${CASE}`);
    for (const { ctx } of [mine, theirs])
      expect(all.text).toContain(`/workspaces/${ctx.workspaceId}/leaks/case`);
  });

  it('takes four characters as an ending, and says so', async () => {
    const { sender, ctx, last4: ending } = await reported(now());
    const at = (last4: string) => sender.get(`/workspaces/${ctx.workspaceId}/leaks?last4=${last4}`);
    const short = await at(ending.slice(1));
    expect([short.status, short.text.includes('The last four is not valid. It has to be a key')]).toEqual([
      422,
      true,
    ]);
    expect((await at(ending)).status).toBe(200);
  });

  it('finds by value in the own workspace alone, and in all for support', async () => {
    const mine = await reported(now());
    const theirs = await reported(now());
    const found = await mine.sender.post(`/workspaces/${mine.ctx.workspaceId}/leaks`, {
      token: mine.token,
      pasted: theirs.pasted,
    });
    expect(found.text).toContain('No such key is or was on file.');
    const support = formSender(now(), { actor: { kind: 'support', id: 'grace' } });
    const { token = '' } = await support.hidden('/leaks');
    const all = await support.post('/leaks', { token, pasted: theirs.pasted });
    expect([all.status, all.text.includes(theirs.keyId)]).toEqual([200, true]);
  });

  it('tells those alone who look over all workspaces where else a secret is on file', async () => {
    const { keyturn } = now();
    const mine = await reported(now());
    const elsewhere = now().newWorkspace();
    await keyturn.keys.add(
      { workspaceId: elsewhere, actor: ada },
      { vendor: 'anthropic', pasted: mine.pasted },
    );
    const { pasted } = mine;
    const owner = await mine.sender.post(mine.at('leak/exposure'), { token: mine.token, pasted });
    expect([owner.status, owner.text.includes(elsewhere)]).toEqual([403, false]);
    const grace = formSender(now(), { actor: { kind: 'support', id: 'grace' } });
    const { token = '' } = await grace.hidden('/leaks');
    const support = await grace.post(mine.at('leak/exposure'), { token, pasted });
    expect([support.status, support.text.includes(elsewhere)]).toEqual([200, true]);
    const [, found = ''] = /name="found" value="([^"]*)"/.exec(support.text) ?? [];
    expect(found).not.toContain('elsewhere');
    const other = now().sandbox.issueKey('anthropic');
    const refused = await grace.post(mine.at('leak/exposure'), { token, pasted: other });
    expect([refused.status, refused.text.includes('is another key')]).toEqual([422, true]);
  });

  it('takes no admin credential from support', async () => {
    const { at, ctx } = await reported(now());
    const grace = formSender(now(), { actor: { kind: 'support', id: 'grace' } });
    const { token = '' } = await grace.hidden(`/workspaces/${ctx.workspaceId}/leaks`);
    const form = await grace.get(at('leak/at-vendor'));
    expect(form.text).not.toContain('type="password"');
    const pasted = now().sandbox.issueAdminCredential('anthropic');
    const calls = now().sandbox.calls.length;
    const sent = await grace.post(at('leak/at-vendor'), { token, act: 'act-1', pasted });
    expect([sent.status, now().sandbox.calls.length]).toEqual([403, calls]);
  });

  it.each(PAGES.map(({ path }) => path).filter((path) => path.includes('/leak')))(
    '%s: has nothing of a key, wherever it was put',
    async (path) => {
      const isForAll = path.startsWith('/leaks');
      const { ctx, keyId, pasted, sender, token } = await reported(
        now(),
        isForAll ? { workspaces: 'all' } : {},
      );
      const other = now().sandbox.issueKey('anthropic');
      const credential = now().sandbox.issueAdminCredential('anthropic');
      const search = new SecretSearch();
      for (const [name, content] of Object.entries({ pasted, other, credential }))
        search.add({ name, content, fixed: fixedPartsOf(content) });
      const address = path.replace(':workspaceId', ctx.workspaceId).replace(':keyId', keyId);
      const under = `${address}?${CASE}`;
      const fields = { token, caseId, vendorKeyId: 'none' };
      const names = [
        ...['caseId', 'reason', 'source', 'reportedBy', 'revokedBy', 'revokedAt', 'suspectedSince', 'note'],
        ...[
          'usage',
          'usageAgain',
          'since',
          'until',
          'place',
          'vendorKeyId',
          'found',
          'leave-review',
          'last4',
        ],
      ];
      const answers = await Promise.all([
        sender.get(under),
        sender.get(`${under}&last4=${other}`),
        sender.get(`${under}&keyId=${other}`),
        sender.get(`${address}?case=${other}`),
        ...[pasted, other, credential, ` ${other} `].map((secret) =>
          sender.post(under, { ...fields, pasted: secret, note: secret.slice(10, 40) }),
        ),
        sender.post(under, { token, pasted: credential }),
        ...names.map((name) => sender.post(under, { ...fields, [name]: other })),
      ]);
      for (const { text, headers, status } of answers) {
        expect(search.inText('a page', `${text}\n${JSON.stringify([...headers])}`)).toEqual([]);
        expect(status).toBeLessThan(500);
      }
      expect(search.inText('what was told', JSON.stringify(now().told))).toEqual([]);
    },
  );
});

describe('a service that takes no admin credentials', () => {
  const now = atWork({ csrfSecret: CSRF_SECRET });

  it('has no field for one, and reads none', async () => {
    const { sender, at, token } = await reported(now());
    const looks = [
      await sender.get(at('leak/at-vendor')),
      await sender.post(at('leak/at-vendor'), { token, act: 'act-1', pasted: 'none' }),
    ];
    expect(looks.map(({ status }) => status)).toEqual([403, 403]);
    for (const { text } of looks) expect(text).not.toContain('type="password"');
    expect((await sender.get(at('leak/revoke'))).text).not.toContain('Or have the vendor revoke it');
  });
});
