import { describe, expect, it } from '@jest/globals';
import { atWork } from '../testSupport/atWork';
import { formSender } from './testSupport/forms';
import { CSRF_SECRET } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;

describe('the list of keys', () => {
  const at = atWork({ csrfSecret: CSRF_SECRET });

  it('keeps what is looked for when deleted keys are shown, and the other way round', async () => {
    const { keyturn, sandbox, newWorkspace } = at();
    const ctx = { workspaceId: newWorkspace(), actor: ada };
    await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
    const keys = `/workspaces/${ctx.workspaceId}/keys`;
    const links = async (query: string): Promise<ReadonlyArray<string>> => {
      const { text } = await formSender(at(), {}).get(`${keys}${query}`);
      return [
        ...text.matchAll(
          /<a href="([^"]*\/keys(?:\?[^"]*)?)">(Show all|Show deleted keys|Hide deleted keys)/g,
        ),
      ].map(([, to = '', name = '']) => `${name}: ${to.slice(to.indexOf(keys) + keys.length)}`);
    };
    expect(await links('')).toEqual(['Show deleted keys: ?deleted=true']);
    expect(await links('?deleted=true')).toEqual(['Hide deleted keys: ']);
    expect(await links('?find=a%26b')).toEqual([
      'Show all: ',
      'Show deleted keys: ?find=a%26b&amp;deleted=true',
    ]);
    expect(await links('?find=a&deleted=true')).toEqual([
      'Show all: ?deleted=true',
      'Hide deleted keys: ?find=a',
    ]);
  });
});

describe('a hard delete by its form', () => {
  const at = atWork({ csrfSecret: CSRF_SECRET });

  const started = async () => {
    const { keyturn, sandbox, newWorkspace } = at();
    const ctx = { workspaceId: newWorkspace(), actor: ada };
    const { key } = await keyturn.keys.add(ctx, {
      vendor: 'anthropic',
      pasted: sandbox.issueKey('anthropic'),
    });
    const path = `/workspaces/${ctx.workspaceId}/keys/${key.keyId}/hard-delete`;
    const sender = formSender(at(), {});
    const fields = { ...(await sender.hidden(path)), caseId: 'SEC/1042', reason: 'other' };
    const statusNow = async () => (await keyturn.keys.resolve(ctx, key.keyId)).status;
    return { path, sender, fields, key, statusNow };
  };

  it('takes the last four of this very key, and asks for a fresh log-in', async () => {
    const { path, sender, fields, key, statusNow } = await started();
    const wrong = await sender.post(path, { ...fields, last4: 'zzzz' });
    expect([wrong.status, await statusNow()]).toEqual([422, 'active']);
    expect(wrong.text).toContain('These are not the last four characters');
    const before = at().stepUps.length;
    const done = await sender.post(path, { ...fields, last4: key.last4 });
    expect([done.status, await statusNow()]).toEqual([303, 'hard-deleted']);
    expect(at().stepUps.slice(before)).toEqual([
      expect.objectContaining({ action: 'HardDeleteKey', keyId: key.keyId, caseId: 'SEC/1042' }),
    ]);
  });

  it('tells what came of it to this session alone', async () => {
    const { path, sender, fields, key } = await started();
    const { headers } = await sender.post(path, { ...fields, last4: key.last4 });
    const onward = headers.get('location') ?? '';
    expect(onward).toContain('notice=');
    expect((await sender.get(onward)).text).toContain('is deleted, and its secret destroyed.');
    expect((await formSender(at(), {}).get(onward)).text).not.toContain('and its secret destroyed.');
    expect((await sender.get(onward.replace('key-deleted', 'key-renamed'))).text).not.toContain('new label');
  });
});

describe('without a fresh log-in', () => {
  const at = atWork({ csrfSecret: CSRF_SECRET, stepUp: () => false });

  it('nothing is destroyed', async () => {
    const { keyturn, sandbox, newWorkspace } = at();
    const ctx = { workspaceId: newWorkspace(), actor: ada };
    const { key } = await keyturn.keys.add(ctx, {
      vendor: 'anthropic',
      pasted: sandbox.issueKey('anthropic'),
    });
    const path = `/workspaces/${ctx.workspaceId}/keys/${key.keyId}/hard-delete`;
    const sender = formSender(at(), {});
    const fields = { ...(await sender.hidden(path)), caseId: 'SEC/1042', last4: key.last4 };
    const { status, text } = await sender.post(path, fields);
    expect(status).toBe(403);
    expect(text).toContain('Log in again first');
    expect((await keyturn.keys.resolve(ctx, key.keyId)).status).toBe('active');
  });
});
