import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import * as TE from 'fp-ts/TaskEither';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { historyOf } from '../testSupport/stream';

const site = freshSite();
const caseId = 'SEC/1042';
const as = () => site().as();

/** A key that is reported, with a run that has it. */
const reportedKey = async (): Promise<{ readonly keyId: string; readonly pasted: string }> => {
  const { key, pasted } = await addedKey(site());
  const { keyId } = key;
  await expectRight(site().keyturn.startRun(as(), { runId: 'open' }));
  await expectRight(site().keyturn.reportLeak(as(), { keyId, caseId, stranger: 'yes' }));
  return { keyId, pasted };
};

const newest = async () => (await historyOf(site().eventStore)).at(-1);

describe('a leak case', () => {
  test('says the same again without a new event, and what is left out as unknown', async () => {
    const { keyId } = await reportedKey();
    expect((await newest())?.event.data).toEqual({
      keyId,
      caseId,
      reportedBy: null,
      suspectedSince: null,
      source: null,
      usedElsewhere: 'unknown',
      stranger: 'yes',
    });
    const { reportLeak } = site().keyturn;
    expect(await expectRight(reportLeak(as(), { keyId, caseId, stranger: 'yes' }))).toMatchObject({
      changed: false,
      position: null,
    });
    const more = await expectRight(
      reportLeak(as(), { keyId, caseId, stranger: 'no', source: 'a repository' }),
    );
    expect(more.changed).toBe(true);
  });

  test('suspends: no run and no test call gets the secret, a lease is renewed, until it is reinstated', async () => {
    const { keyId } = await reportedKey();
    const { keyturn } = site();
    await expectRight(keyturn.suspendKey(as(), { keyId, caseId }));
    expect((await newest())?.event).toEqual({
      type: 'KeySuspended',
      data: { keyId, caseId, openRuns: 1 },
    });
    const suspended = { code: 'key-suspended' };
    expect(await leftOf(keyturn.startRun(as(), { runId: 'new' }))).toMatchObject(suspended);
    expect(await leftOf(keyturn.validateKey(as(), { keyId }))).toMatchObject(suspended);
    const handedOver = keyturn.resumeRunWithSecret(as(), { runId: 'open' }, () => TE.right('opened'));
    expect(await leftOf(handedOver)).toMatchObject(suspended);
    await expectRight(keyturn.resumeRun(as(), { runId: 'open' }));
    await expectRight(keyturn.reinstateKey(as(), { keyId, caseId }));
    await expectRight(keyturn.startRun(as(), { runId: 'new' }));
  });

  test('is withdrawn with its ban while the key is on file, and never once it is hard-deleted', async () => {
    const { keyId, pasted } = await reportedKey();
    const { keyturn } = site();
    await expectRight(keyturn.withdrawLeakReport(as(), { keyId, caseId, reason: 'the wrong key' }));
    await expectRight(keyturn.deleteKey(as(), { keyId, leaveEmpty: true }));
    await expectRight(keyturn.finishRun(as(), { runId: 'open' }));
    const back = await expectRight(keyturn.addKey(as(), { vendor: 'anthropic', pasted }));
    const again = back.key.keyId;
    await expectRight(keyturn.hardDeleteKey(as(), { keyId: again, caseId }));
    const withdrawn = keyturn.withdrawLeakReport(as(), { keyId: again, caseId, reason: 'a slip' });
    expect(await leftOf(withdrawn)).toMatchObject({ code: 'leak-report-final' });
    const banned = keyturn.addKey(as(), { vendor: 'anthropic', pasted });
    expect(await leftOf(banned)).toMatchObject({ code: 'fingerprint-leaked' });
  });

  test('is closed by nobody while a step is open, unless each is named with its reason', async () => {
    const { keyId } = await reportedKey();
    const { keyturn } = site();
    await expectRight(
      keyturn.recordRevocation(as(), { keyId, caseId, how: 'told', revokedAt: Date.now(), revokedBy: '' }),
    );
    await expectRight(
      keyturn.recordLeakReview(as(), { keyId, caseId, until: Date.now(), uses: 1, unexplained: ['burst'] }),
    );
    expect(await leftOf(keyturn.closeLeakCase(as(), { caseId }))).toMatchObject({
      code: 'leak-steps-open',
      facts: { keys: [{ keyId, steps: ['successor', 'kill-check', 'hard-delete'] }] },
    });
    const reason = 'the customer left';
    const leftOpen = (['successor', 'kill-check', 'hard-delete'] as const).map((step) => ({ step, reason }));
    expect(await expectRight(keyturn.closeLeakCase(as(), { caseId, leftOpen }))).toMatchObject({
      changed: true,
      outcomes: [{ keyId, outcome: 'revoked-unconfirmed' }],
    });
    expect(await expectRight(keyturn.closeLeakCase(as(), { caseId, leftOpen }))).toMatchObject({
      changed: false,
      outcomes: [],
    });
    const other = keyturn.closeLeakCase(as(), { caseId: 'SEC/1043', leftOpen });
    expect(await leftOf(other)).toMatchObject({ code: 'unknown-leak-case' });
  });

  test('stands in the envelope of every event that is brought about under it', async () => {
    const { keyId } = await reportedKey();
    const { keyturn, sandbox } = site();
    const underCase = site().as({ caseId });
    const pasted = sandbox.issueKey('anthropic');
    const before = (await historyOf(site().eventStore)).length;
    const { key } = await expectRight(keyturn.addKey(underCase, { vendor: 'anthropic', pasted }));
    await expectRight(keyturn.setDefault(underCase, { keyId: key.keyId }));
    await expectRight(keyturn.hardDeleteKey(as(), { keyId, caseId }));
    const after = (await historyOf(site().eventStore)).slice(before);
    expect(after.map(({ event }) => event.type)).toEqual([
      'KeyAdded',
      'KeyTestCallStarted',
      'KeyValidated',
      'DefaultChanged',
      'KeyHardDeleted',
      'KeySecretDestroyed',
    ]);
    expect(after.map(({ envelope }) => envelope.caseId)).toEqual(after.map(() => caseId));
    const noCase = keyturn.setDefault(site().as({ caseId: 'a case' }), { keyId });
    expect(await leftOf(noCase)).toMatchObject({ code: 'invalid-input', facts: { field: 'caseId' } });
  });
});

describe('how a case stands', () => {
  test('is read from the events: which step is done, by whom, and which runs have the key', async () => {
    const { keyId } = await reportedKey();
    const { keys, closed } = await expectRight(site().keyturn.leakCase(as(), { caseId }));
    expect(closed).toBe(false);
    expect(keys).toMatchObject([
      { keyId, next: 'stop-stranger', openRuns: ['open'], outcome: 'not-contained', suspended: false },
    ]);
    const marked = keys[0]?.steps.filter(({ mark }) => mark !== null);
    expect(marked?.map(({ step, mark }) => [step, mark?.event, mark?.actor.id])).toEqual([
      ['find', 'KeyReportedLeaked', 'ada'],
      ['report', 'KeyReportedLeaked', 'ada'],
    ]);
    const unknown = await expectRight(site().keyturn.leakCase(as(), { caseId: 'SEC/1' }));
    expect(unknown).toEqual({ caseId: 'SEC/1', keys: [], closed: false });
  });

  test('is told to nobody whom the hook keeps from history', async () => {
    await reportedKey();
    const guarded = site().another({ authorize: ({ action }) => Promise.resolve(action !== 'ReadHistory') });
    expect(await leftOf(guarded.leakCase(as(), { caseId }))).toMatchObject({ code: 'not-permitted' });
  });
});
