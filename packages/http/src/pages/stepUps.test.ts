import { expect, it } from '@jest/globals';
import { OPERATIONS } from '../testSupport/operations';
import { atWork } from '../testSupport/atWork';
import { PAGES } from './table';
import { formSender } from './testSupport/forms';
import { CSRF_SECRET } from './testSupport/visitor';

let isFresh = true;
const at = atWork({
  csrfSecret: CSRF_SECRET,
  allowVendorAdminCredentials: true,
  limits: { requestsPerMinute: 1_000_000 },
  stepUp: () => isFresh,
});

/** What the API asks for a fresh log-in about, its pages ask about, too. */
const asked: ReadonlySet<string> = new Set(
  OPERATIONS.flatMap(({ isStepUp, permission }) => (isStepUp && permission !== null ? [permission] : [])),
);
const pages = PAGES.flatMap(({ path, permission, act }) =>
  act !== null && permission !== null && asked.has(permission) ? [path] : [],
);

it('there are pages to ask on', () => {
  expect(pages.length).toBeGreaterThan(9);
});

it.each(pages)('%s: does nothing where nobody logged in freshly', async (path) => {
  const { keyturn, sandbox, newWorkspace } = at();
  const ctx = { workspaceId: newWorkspace(), actor: { kind: 'user', id: 'ada' } } as const;
  const pasted = sandbox.issueKey('anthropic');
  const { key } = await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted });
  const ofCase = { keyId: key.keyId, caseId: 'SEC/1' };
  await keyturn.support.report(ctx, ofCase);
  if (path.endsWith('/reinstate')) await keyturn.support.suspend(ctx, ofCase);
  const { revision } = await keyturn.keys.checked(ctx);

  const ada = formSender(at(), {});
  const { token = '', act = '' } = await ada.hidden(`/workspaces/${ctx.workspaceId}/keys/new`);
  const address = path.replace(':workspaceId', ctx.workspaceId).replace(':keyId', key.keyId);
  isFresh = false;
  const { status, text } = await ada.post(`${address}?case=SEC%2F1`, {
    token,
    act,
    caseId: ofCase.caseId,
    last4: key.last4,
    reason: 'other',
    how: 'told',
    found: '',
  });
  isFresh = true;
  expect([status, text.includes('Log in again first')]).toEqual([403, true]);
  expect((await keyturn.keys.checked(ctx)).revision).toBe(revision);
});
