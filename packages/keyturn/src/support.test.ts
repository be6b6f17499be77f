import { expect, test } from '@jest/globals';
import type { AuthorizationRequest } from '@keyturn/service';
import type { ActContext } from './context';
import type { Keyturn } from './keyturn';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });
const caseId = 'SR-1042';
const inWorkspace = (workspaceId: string): ActContext => ({ ...ada, workspaceId });
const grace = { actor: { kind: 'support', id: 'grace' } } as const;

const added = async (keyturn: Keyturn, ctx: ActContext = ada): Promise<string> => {
  const pasted = at().sandbox.issueKey('anthropic');
  return (await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted })).key.keyId;
};

test('a case is told over all workspaces that have a part in it, and in one', async () => {
  const keyturn = await at().open();
  const [inAcme, inGlobex] = [await added(keyturn), await added(keyturn, inWorkspace('globex'))];
  await added(keyturn, inWorkspace('initech'));
  await keyturn.support.report(ada, { keyId: inAcme, caseId, stranger: 'no' });
  await keyturn.keys.hardDelete(inWorkspace('globex'), { keyId: inGlobex, caseId });
  const all = await keyturn.support.status(grace, { caseId });
  expect(all.keys.map(({ workspaceId, keyId, next }) => [workspaceId, keyId, next])).toEqual([
    ['acme', inAcme, 'successor'],
    ['globex', inGlobex, 'stop-stranger'],
  ]);
  expect(all).toMatchObject({ closed: false, hiddenWorkspaces: 0 });
  const deleted = all.keys[1]?.steps.find(({ step }) => step === 'hard-delete');
  expect(deleted).toMatchObject({ done: true, mark: { event: 'KeySecretDestroyed' } });
  expect(JSON.parse(JSON.stringify(all))).toEqual(all);
  const one = await keyturn.support.status({ ...grace, workspaceId: 'acme' }, { caseId });
  expect(one.keys.map(({ keyId }) => keyId)).toEqual([inAcme]);
  await expect(keyturn.support.status(grace, { caseId: 'SR-1' })).resolves.toMatchObject({
    keys: [],
    closed: false,
  });
});

test('what the hook keeps from the caller is counted, and not shown', async () => {
  const keyturn = await at().open();
  const other = inWorkspace('globex');
  for (const ctx of [ada, other]) {
    await keyturn.support.report(ctx, { keyId: await added(keyturn, ctx), caseId });
  }
  await keyturn.close();
  const half = await at().open({
    authorize: ({ workspaceId, action }) => workspaceId !== 'globex' || action !== 'ReadHistory',
  });
  const { keys, hiddenWorkspaces } = await half.support.status(grace, { caseId });
  expect(keys.map(({ workspaceId }) => workspaceId)).toEqual(['acme']);
  expect(hiddenWorkspaces).toBe(1);
});

test('each act asks the hook by its name, and a no ends it', async () => {
  const asked: Array<readonly [AuthorizationRequest['action'], string | undefined]> = [];
  const keyturn = await at().open({
    authorize: ({ action, target }) => {
      asked.push([action, target.keyId]);
      return false;
    },
  });
  const { support } = keyturn;
  const of = { keyId: 'key-1', caseId };
  const calls: ReadonlyArray<() => Promise<unknown>> = [
    () => support.report(ada, of),
    () => support.withdraw(ada, { ...of, reason: 'the wrong key' }),
    () => support.suspend(ada, of),
    () => support.reinstate(ada, of),
    () => support.recordRevocation(ada, { ...of, how: 'console', revokedAt: 1 }),
    () => support.atVendor.how(ada, of),
    () => support.reviewed(ada, { ...of, until: 1, uses: 0 }),
    () => support.close(ada, { caseId }),
    () => support.status(ada, { caseId }),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'not-permitted' });
  expect(asked).toEqual([
    ['ReportLeak', 'key-1'],
    ['WithdrawLeakReport', 'key-1'],
    ['SuspendKey', 'key-1'],
    ['ReinstateKey', 'key-1'],
    ['RecordRevocation', 'key-1'],
    ['RevokeAtVendor', 'key-1'],
    ['RecordLeakReview', 'key-1'],
    ['CloseLeakCase', undefined],
    ['ReadAudit', undefined],
  ]);
});

test('what is done under a case is found by it in the audit log', async () => {
  const keyturn = await at().open();
  const old = await added(keyturn);
  await keyturn.support.report(ada, { keyId: old, caseId });
  const underCase: ActContext = { ...ada, caseId };
  const successor = await added(keyturn, underCase);
  await keyturn.keys.setDefault(underCase, { keyId: successor });
  const { entries } = await keyturn.audit.page(ada, { caseId, order: 'oldest-first' });
  expect(entries.map(({ type }) => type)).toEqual([
    'KeyReportedLeaked',
    'KeyAdded',
    'KeyTestCallStarted',
    'KeyValidated',
    'DefaultChanged',
  ]);
});

test('what looks like a secret is refused in every text that a person writes', async () => {
  const keyturn = await at().open();
  const keyId = await added(keyturn);
  const secret = at().sandbox.issueKey('anthropic');
  const { support } = keyturn;
  const of = { keyId, caseId };
  await support.report(ada, of);
  const calls: ReadonlyArray<() => Promise<unknown>> = [
    () => support.report(ada, { ...of, source: `found ${secret}` }),
    () => support.withdraw(ada, { ...of, reason: secret }),
    () => support.reviewed(ada, { ...of, until: 1, uses: 0, note: secret }),
    () => support.recordRevocation(ada, { ...of, how: 'told', revokedAt: 1, revokedBy: secret }),
    () => support.close(ada, { caseId, leftOpen: [{ step: 'review', reason: secret }] }),
    () => keyturn.keys.setDefault({ ...ada, caseId: secret }, { keyId }),
  ];
  for (const call of calls) {
    const error: unknown = await call().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'refusal' });
    expect(JSON.stringify(error)).not.toContain(secret);
    expect(String(error)).not.toContain(secret);
  }
});
