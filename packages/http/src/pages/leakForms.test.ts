import { describe, expect, it } from '@jest/globals';
import { atWork } from '../testSupport/atWork';
import { formSender } from './testSupport/forms';
import { CSRF_SECRET } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;

describe('a report as a file', () => {
  const at = atWork({ csrfSecret: CSRF_SECRET });

  it('is one that is kept, with what the page shows', async () => {
    const { keyturn, sandbox, newWorkspace } = at();
    const ctx = { workspaceId: newWorkspace(), actor: ada };
    const { key } = await keyturn.keys.add(ctx, {
      vendor: 'anthropic',
      pasted: sandbox.issueKey('anthropic'),
    });
    await keyturn.support.report(ctx, { keyId: key.keyId, caseId: '#1042' });
    const sender = formSender(at(), {});
    const page = `/workspaces/${ctx.workspaceId}/keys/${key.keyId}/leak`;
    const { token = '' } = await sender.hidden(`${page}/exposure?case=%231042`);
    const html = await sender.post(`${page}/exposure-file?case=%231042`, { token, as: 'html' });
    expect(html.status).toBe(200);
    expect(html.headers.get('content-disposition')).toMatch(/^attachment; filename="exposure-.*\.html"$/);
    expect(html.text).toContain('The case <bdi>#1042</bdi>');
    const json = await sender.post(`${page}/exposure-file?case=%231042`, { token, as: 'json' });
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(json.json).toMatchObject({ workspaceId: ctx.workspaceId, key: { keyId: key.keyId } });
  });
});
