import { expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { makeProber } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import { intercepted, type Interception } from '../testSupport/interceptedStore';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { eventTypes, historyOf } from '../testSupport/stream';

const site = freshSite();
const caseId = 'SEC/1042';
const as = () => site().as();
const request = (keyId: string) => ({ keyId, caseId, killCheck: true });
const hardDelete = (keyId: string, service = site().keyturn) => service.hardDeleteKey(as(), request(keyId));

const typesOf = async (): Promise<ReadonlyArray<string>> => eventTypes(site().eventStore);

test('the vendor is asked once, before the bytes go, under the case', async () => {
  const { key } = await addedKey(site());
  const { killCheck, destructions } = await expectRight(hardDelete(key.keyId));
  expect(killCheck).toEqual({ says: 'alive', attempts: 1, control: 'none', counts: false, dead: false });
  expect(destructions).toMatchObject([{ state: 'confirmed' }]);
  const newest = (await historyOf(site().eventStore)).slice(-5);
  expect(newest.map(({ event, envelope }) => [event.type, envelope.caseId])).toEqual(
    ['KeyTestCallStarted', 'KeyKillChecked', 'DefaultChanged', 'KeyHardDeleted', 'KeySecretDestroyed'].map(
      (type) => [type, caseId],
    ),
  );
  const times = newest.map(({ envelope }) => envelope.time);
  expect([...times].sort((a, b) => a - b)).toEqual(times);
});

test('a vendor that does not answer holds it up no longer than that, and is not said to have answered', async () => {
  const { key, pasted } = await addedKey(site());
  site().sandbox.setBehaviour(pasted, 'held');
  const { killCheck, state } = await expectRight(
    hardDelete(key.keyId, site().another({ killCheckWaitMs: 30 })),
  );
  expect([killCheck, state]).toEqual([null, 'hard-deleted']);
  expect(await typesOf()).toContain('KeyTestCallStarted');
  expect(await typesOf()).not.toContain('KeyKillChecked');
});

test('a caller who may not have the key opened deletes it all the same, without asking the vendor', async () => {
  const { key, pasted } = await addedKey(site());
  const calls = site().sandbox.callsWith(pasted).length;
  const guarded = site().another({
    authorize: ({ impliedEffects }) => Promise.resolve(!impliedEffects.includes('secret-released')),
  });
  const foreseen = await expectRight(guarded.foresee.hardDeleteKey(as(), request(key.keyId)));
  expect(foreseen.events.map(({ type }) => type)).toContain('KeyHardDeleted');
  const { killCheck, state } = await expectRight(hardDelete(key.keyId, guarded));
  expect([killCheck, state]).toEqual([null, 'hard-deleted']);
  expect(site().sandbox.callsWith(pasted)).toHaveLength(calls);
});

test('who may not delete does not delete', async () => {
  const { key } = await addedKey(site());
  const guarded = site().another({ authorize: ({ action }) => Promise.resolve(action !== 'HardDeleteKey') });
  expect(await leftOf(hardDelete(key.keyId, guarded))).toMatchObject({ code: 'not-permitted' });
});

test('a check that breaks down loses no delete', async () => {
  const { key } = await addedKey(site());
  const broken = makeProber({ endpointOverrides: site().sandbox.urls });
  const killCheck = () => () => Promise.reject(new Error('a defect'));
  const { killCheck: says, state } = await expectRight(
    hardDelete(key.keyId, site().another({ prober: { ...broken, killCheck } })),
  );
  expect([says, state]).toEqual([null, 'hard-deleted']);
});

test('what is refused is refused before the vendor is called; what is gone is not asked about', async () => {
  const { key, pasted } = await addedKey(site());
  await addedKey(site());
  const calls = site().sandbox.callsWith(pasted).length;
  expect(await leftOf(hardDelete(key.keyId))).toMatchObject({ code: 'successor-needed' });
  const other = { ...request(key.keyId), reason: 'other' } as const;
  for (const refused of [
    site().keyturn.hardDeleteKey(as(), other),
    site().keyturn.hardDeleteKey({ ...as(), expectedRevision: 7 }, request(key.keyId)),
  ]) {
    expect(await leftOf(refused)).toMatchObject({ code: 'invalid-input', facts: { field: 'killCheck' } });
  }
  expect(site().sandbox.callsWith(pasted)).toHaveLength(calls);
  const last = await addedKey(site(), 'openai');
  await expectRight(site().keyturn.hardDeleteKey(as(), { keyId: last.key.keyId, caseId }));
  const again = await expectRight(hardDelete(last.key.keyId));
  expect(again).toMatchObject({ alreadyDeleted: true, killCheck: null });
  expect(await typesOf()).not.toContain('KeyKillChecked');
});

test('a caller who gives up while the vendor is asked deletes nothing', async () => {
  const { key, pasted } = await addedKey(site());
  site().sandbox.setBehaviour(pasted, 'held');
  const giveUp = new AbortController();
  const calls = site().sandbox.callsWith(pasted).length;
  const deleting = site().keyturn.hardDeleteKey({ ...as(), signal: giveUp.signal }, request(key.keyId))();
  await site().sandbox.untilCalled(pasted, calls + 1);
  giveUp.abort();
  const message = expect.not.stringContaining('Nothing was recorded');
  expect(await deleting).toMatchObject({ left: { code: 'cancelled', message } });
  const types = await typesOf();
  expect(types.at(-1)).toBe('KeyTestCallStarted');
});

test.each(['KeyTestCallStarted', 'KeyKillChecked', 'KeyHardDeleted', 'KeySecretDestroyed'])(
  'ended at the write of %s, it goes on when it is started again',
  async (type) => {
    const { key } = await addedKey(site());
    const by: Interception = {
      append: (next, stream, expected, events) =>
        events.some((event) => event.type === type)
          ? () => Promise.resolve(E.left(new StoreFault('unavailable', 'The store is away.')))
          : next(stream, expected, events),
    };
    const ending = site().another({ eventStore: intercepted(site().eventStore, by) });
    await hardDelete(key.keyId, ending)();
    const { state, destructions } = await expectRight(hardDelete(key.keyId));
    expect([state, destructions.map((one) => one.state)]).toEqual(['hard-deleted', ['confirmed']]);
    const types = await typesOf();
    expect(types.filter((one) => one === 'KeyHardDeleted')).toHaveLength(1);
    expect(types.at(-1)).toBe('KeySecretDestroyed');
  },
);
