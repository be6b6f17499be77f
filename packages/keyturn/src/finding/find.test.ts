import { expect, test } from '@jest/globals';
import { fixedPartsOf, scanForSecrets } from '@keyturn/testbed';
import type { ActContext } from '../context';
import type { Keyturn } from '../keyturn';
import { ada, atWork } from '../testSupport/atWork';

const at = atWork({ made: true });
const inWorkspace = (workspaceId: string): ActContext => ({ ...ada, workspaceId });
const grace = { actor: { kind: 'support', id: 'grace' } } as const;

const added = async (keyturn: Keyturn, workspaceId: string, pasted: string): Promise<string> =>
  (await keyturn.keys.add(inWorkspace(workspaceId), { vendor: 'anthropic', pasted })).key.keyId;

test('by its value, in every workspace that has it or had it, and in one', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const [leaked, other] = [sandbox.issueKey('anthropic'), sandbox.issueKey('anthropic')];
  const inAcme = await added(keyturn, 'acme', leaked);
  await added(keyturn, 'acme', other);
  const inGlobex = await added(keyturn, 'globex', leaked);
  await added(keyturn, 'initech', other);
  await keyturn.keys.hardDelete(inWorkspace('globex'), { keyId: inGlobex, caseId: 'SR-1042' });
  const everywhere = await keyturn.support.find(grace, { pasted: leaked });
  expect(everywhere.keys.map(({ workspaceId, keyId, status }) => [workspaceId, keyId, status])).toEqual([
    ['acme', inAcme, 'active'],
    ['globex', inGlobex, 'hard-deleted'],
  ]);
  expect(everywhere.log.of).toBe('all');
  for (const pasted of [`  ${leaked}\r\n`, `"${leaked}"`, new TextEncoder().encode(`${leaked}\n`)]) {
    const { keys } = await keyturn.support.find({ ...grace, workspaceId: 'globex' }, { pasted });
    expect(keys.map(({ keyId }) => keyId)).toEqual([inGlobex]);
  }
  const never = sandbox.issueKey('anthropic');
  await expect(keyturn.support.find(grace, { pasted: never })).resolves.toMatchObject({
    keys: [],
    next: null,
  });
});

test('by its last 4 as a list, in pages, and by its id', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const secret = sandbox.issueKey('anthropic');
  const ids = [await added(keyturn, 'acme', secret), await added(keyturn, 'globex', secret)];
  const last4 = secret.slice(-4);
  const first = await keyturn.support.find(grace, { last4, limit: 1 });
  expect(first).toMatchObject({ more: true, keys: [{ keyId: ids[0], last4, vendor: 'anthropic' }] });
  const cursor = first.next ?? '';
  const second = await keyturn.support.find(grace, { last4, limit: 1, cursor });
  expect(second).toMatchObject({ more: false, keys: [{ keyId: ids[1] }] });
  const here = await keyturn.support.find(inWorkspace('globex'), { last4 });
  expect(here.keys.map(({ keyId }) => keyId)).toEqual([ids[1]]);
  const byId = await keyturn.support.find(grace, { keyId: ids[1] ?? '' });
  expect(byId.keys).toMatchObject([{ workspaceId: 'globex', keyId: ids[1] }]);
  await expect(keyturn.support.find(inWorkspace('acme'), { keyId: ids[1] ?? '' })).resolves.toMatchObject({
    keys: [],
  });
});

test('asks for every workspace where none is named, and answers nobody else', async () => {
  const { open, sandbox } = at();
  const keyturn = await open({
    authorize: ({ actor, action, workspaceId }) =>
      action !== 'FindKeys' || actor.kind === 'support' || workspaceId === 'acme',
  });
  const secret = sandbox.issueKey('anthropic');
  await added(keyturn, 'acme', secret);
  await expect(keyturn.support.find({ actor: ada.actor }, { pasted: secret })).rejects.toMatchObject({
    code: 'not-permitted',
  });
  await expect(keyturn.support.find(inWorkspace('globex'), { pasted: secret })).rejects.toMatchObject({
    code: 'not-permitted',
  });
  await expect(keyturn.support.find(ada, { pasted: secret })).resolves.toMatchObject({
    keys: [{ workspaceId: 'acme' }],
  });
});

test('refuses what is no key, and keeps nothing of what was pasted', async () => {
  const { open, sandbox, root } = at();
  const keyturn = await open();
  const secret = sandbox.issueKey('anthropic');
  const bytes = new TextEncoder().encode(secret);
  await keyturn.support.find(grace, { pasted: bytes });
  for (const pasted of ['too short', `${secret} and ${secret}`, '']) {
    await expect(keyturn.support.find(grace, { pasted })).rejects.toMatchObject({ code: 'invalid-input' });
  }
  // Where types do not hold.
  const both: { pasted: string; last4?: string } = { pasted: secret, last4: 'AbCd' };
  await expect(keyturn.support.find(grace, both)).rejects.toMatchObject({ code: 'invalid-input' });
  const mistyped: { last4: string; workspace?: string } = { last4: 'AbCd', workspace: 'acme' };
  for (const given of [mistyped, { last4: 'AbC' }]) {
    await expect(keyturn.support.find(grace, given)).rejects.toMatchObject({ code: 'invalid-input' });
  }
  expect(new TextDecoder().decode(bytes)).toBe(secret);
  await keyturn.close();
  const { found } = scanForSecrets(root, {}, [{ content: secret, fixed: fixedPartsOf(secret) }]);
  expect(found).toEqual([]);
});
