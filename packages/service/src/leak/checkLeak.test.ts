import { expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { Secret } from '@keyturn/vault';
import { makeProber } from '@keyturn/vendors';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { eventTypes, historyOf } from '../testSupport/stream';

let now = Date.now();
const site = freshSite(() => ({ clock: () => now }));
const MINUTE = 60_000;
const caseId = 'SEC/1042';
const as = () => site().as();

const secretOf = (pasted: string): Promise<Secret> => expectRight(() => Promise.resolve(Secret.from(pasted)));

const reported = async () => {
  const { key, pasted } = await addedKey(site());
  await expectRight(site().keyturn.reportLeak(as(), { keyId: key.keyId, caseId }));
  return { keyId: key.keyId, pasted };
};

/** The service with a prober that goes by the same clock. */
const service = () =>
  site().another({
    clock: () => now,
    prober: makeProber({ endpointOverrides: site().sandbox.urls, now: () => now }),
  });

const check = (keyId: string, secret: Secret | null = null) =>
  expectRight(service().checkLeak(as(), { keyId, caseId }, secret));

test('a suspended key is asked about, and opened only behind its event', async () => {
  const { keyId } = await reported();
  await expectRight(site().keyturn.suspendKey(as(), { keyId, caseId }));
  expect(await check(keyId)).toMatchObject({ says: 'alive', control: 'none', counts: false, dead: false });
  const newest = (await historyOf(site().eventStore)).slice(-2);
  expect(newest.map(({ event, envelope }) => [event.type, envelope.caseId])).toEqual([
    ['KeyTestCallStarted', caseId],
    ['KeyKillChecked', caseId],
  ]);
  expect(newest[0]?.event.data).toEqual({ keyId, purpose: 'kill-check' });
});

test('three refusals in a row over five minutes show it dead, while the successor is taken', async () => {
  const { keyId, pasted } = await reported();
  const successor = await addedKey(site());
  await expectRight(site().keyturn.setDefault(as(), { keyId: successor.key.keyId }));
  site().sandbox.setBehaviour(pasted, 'rejected');
  for (const dead of [false, false, true]) {
    now += 3 * 60_000;
    expect(await check(keyId)).toMatchObject({ says: 'dead', control: 'passed', counts: true, dead });
  }
  site().sandbox.setBehaviour(successor.pasted, 'rejected');
  now += 60_000;
  expect(await check(keyId)).toMatchObject({ says: 'dead', control: 'failed', counts: false });
  site().sandbox.setBehaviour(pasted, 'valid');
  now += 60_000;
  expect(await check(keyId)).toMatchObject({ says: 'alive', dead: false });
});

test('a call that its caller ended breaks no row of refusals', async () => {
  const { keyId, pasted } = await reported();
  site().sandbox.setBehaviour(pasted, 'rejected');
  for (const dead of [false, false]) {
    now += 3 * MINUTE;
    expect(await check(keyId)).toMatchObject({ counts: true, dead });
  }
  site().sandbox.setBehaviour(pasted, 'held');
  const giveUp = new AbortController();
  const calls = site().sandbox.callsWith(pasted).length;
  now += MINUTE;
  const asking = service().checkLeak({ ...as(), signal: giveUp.signal }, { keyId, caseId }, null)();
  await site().sandbox.untilCalled(pasted, calls + 1);
  giveUp.abort();
  const message = expect.not.stringContaining('Nothing was recorded');
  expect(await asking).toMatchObject({ left: { code: 'cancelled', message } });
  expect((await eventTypes(site().eventStore)).at(-1)).toBe('KeyTestCallStarted');
  site().sandbox.setBehaviour(pasted, 'rejected');
  now += MINUTE;
  expect(await check(keyId)).toMatchObject({ counts: true, dead: true });
});

test('a control call that its caller ended makes no refusal of the key worthless', async () => {
  const { keyId, pasted } = await reported();
  const successor = await addedKey(site());
  await expectRight(site().keyturn.setDefault(as(), { keyId: successor.key.keyId }));
  site().sandbox.setBehaviour(pasted, 'rejected');
  site().sandbox.setBehaviour(successor.pasted, 'held');
  const giveUp = new AbortController();
  const calls = site().sandbox.callsWith(successor.pasted).length;
  now += MINUTE;
  const asking = service().checkLeak({ ...as(), signal: giveUp.signal }, { keyId, caseId }, null)();
  await site().sandbox.untilCalled(successor.pasted, calls + 1);
  giveUp.abort();
  expect(await asking).toMatchObject({ left: { code: 'cancelled' } });
  expect(await eventTypes(site().eventStore)).not.toContain('KeyKillChecked');
});

test('of a destroyed key the very secret is asked for, and else it can not be checked', async () => {
  const { keyId, pasted } = await reported();
  await expectRight(site().keyturn.hardDeleteKey(as(), { keyId, caseId }));
  expect(await check(keyId)).toMatchObject({ says: 'not-checkable', attempts: 0, counts: false });
  const before = await eventTypes(site().eventStore);
  const calls = site().sandbox.calls.length;
  const other = await secretOf(site().sandbox.issueKey('anthropic'));
  const refused = await leftOf(site().keyturn.checkLeak(as(), { keyId, caseId }, other));
  expect(refused).toMatchObject({ code: 'invalid-input', facts: { field: 'pasted' } });
  expect(await eventTypes(site().eventStore)).toEqual(before);
  expect(site().sandbox.calls).toHaveLength(calls);
  now += 1_000;
  expect(await check(keyId, await secretOf(pasted))).toMatchObject({ says: 'alive', attempts: 1 });
});

test('nobody is called whom the hook does not permit', async () => {
  const { keyId } = await reported();
  const calls = site().sandbox.calls.length;
  const guarded = site().another({
    authorize: ({ action }) => Promise.resolve(action !== 'RecordKillCheck'),
  });
  const refused = await leftOf(guarded.checkLeak(as(), { keyId, caseId }, null));
  expect(refused).toMatchObject({ code: 'not-permitted' });
  expect(site().sandbox.calls).toHaveLength(calls);
});
