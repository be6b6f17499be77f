import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { eventTypes, historyOf } from './testSupport/stream';

const site = freshSite();

const validationsIn = async () =>
  (await eventTypes(site().eventStore)).filter(
    (type) => type === 'KeyTestCallStarted' || type.startsWith('KeyValid'),
  );

describe('a test call of a key on file', () => {
  test.each([
    ['unfunded', { kind: 'failed', reason: 'unfunded' }, 'failed'],
    ['throttled', { kind: 'accepted', condition: 'throttled' }, 'active'],
    ['overloaded', { kind: 'inconclusive', reason: 'overloaded' }, 'active'],
  ] as const)('%s: recorded behind the event that opened the key', async (behaviour, validation, status) => {
    const { key, pasted } = await addedKey(site());
    site().sandbox.setBehaviour(pasted, behaviour);
    const context = site().as({ commandId: 'validate-1' });
    const tested = await expectRight(site().keyturn.validateKey(context, { keyId: key.keyId }));
    expect(tested).toMatchObject({ validation, key: { status }, testCalls: 1 });
    const [opened, outcome] = (await historyOf(site().eventStore)).slice(-2);
    expect(opened?.event).toMatchObject({ type: 'KeyTestCallStarted', data: { purpose: 'validate' } });
    expect(outcome?.envelope).toMatchObject({ causationId: 'validate-1', actor: { id: 'ada' } });
  });

  test('that was rejected once and accepted then stays active', async () => {
    const { key, pasted } = await addedKey(site());
    site().sandbox.setBehaviour(pasted, { first: 'rejected', times: 1, then: 'valid' });
    const tested = await expectRight(site().keyturn.validateKey(site().as(), { keyId: key.keyId }));
    expect(tested).toMatchObject({
      testCalls: 2,
      validation: { kind: 'accepted' },
      key: { status: 'active' },
    });
    const purposes = (await historyOf(site().eventStore)).flatMap(({ event }) =>
      event.type === 'KeyTestCallStarted' ? [event.data.purpose] : [],
    );
    expect(purposes).toEqual(['add', 'validate', 'revalidate']);
  });

  test('that was rejected and has failed already is not asked again', async () => {
    const pasted = site().sandbox.issueKey('anthropic', 'rejected');
    const { key } = await expectRight(site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    const tested = await expectRight(site().keyturn.validateKey(site().as(), { keyId: key.keyId }));
    expect(tested).toMatchObject({ testCalls: 1, key: { status: 'failed' } });
  });

  test('the limit of test calls: refused; in the middle, the first rejection stands unconfirmed', async () => {
    const { key, pasted } = await addedKey(site());
    const keyturn = site().another({ testCallsPerMinute: 1 });
    site().sandbox.setBehaviour(pasted, 'rejected');
    const tested = await expectRight(keyturn.validateKey(site().as(), { keyId: key.keyId }));
    expect(tested).toMatchObject({
      testCalls: 1,
      validation: { kind: 'failed', reason: 'rejected' },
      key: { status: 'active' },
    });
    await expect(leftOf(keyturn.validateKey(site().as(), { keyId: key.keyId }))).resolves.toMatchObject({
      code: 'rate-limited',
    });
    expect(site().sandbox.callsWith(pasted)).toHaveLength(2);
  });

  test('the key is deleted during the call: the outcome is dropped, and that is said', async () => {
    const { key, pasted } = await addedKey(site());
    site().sandbox.setBehaviour(pasted, 'held');
    const testing = leftOf(site().keyturn.validateKey(site().as(), { keyId: key.keyId }));
    await site().sandbox.untilCalled(pasted, 2);
    await expectRight(site().another().hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
    site().sandbox.release(pasted);
    expect(await testing).toMatchObject({ code: 'key-not-on-file' });
    expect((await eventTypes(site().eventStore)).at(-1)).toBe('KeySecretDestroyed');
  });

  test.each([
    ['unknown-key', '00000000-0000-4000-8000-000000000000'],
    ['invalid-input', 'no key id'],
  ])('%s: nothing is opened', async (code, keyId) => {
    await addedKey(site());
    await expect(leftOf(site().keyturn.validateKey(site().as(), { keyId }))).resolves.toMatchObject({ code });
  });
});

describe('the same validation again', () => {
  test('gives both calls’ outcome without another', async () => {
    const { key, pasted } = await addedKey(site());
    site().sandbox.setBehaviour(pasted, 'rejected');
    const context = site().as({ commandId: 'validate-1' });
    const request = { keyId: key.keyId };
    const first = await expectRight(site().keyturn.validateKey(context, request));
    expect(first.testCalls).toBe(2);
    expect(await expectRight(site().another().validateKey(context, request))).toEqual({
      ...first,
      position: null,
    });
    expect(site().sandbox.callsWith(pasted)).toHaveLength(3);
  });

  test('calls again when the first outcome was never recorded', async () => {
    const { key, pasted } = await addedKey(site());
    const by: Interception = {
      append: (next, stream, expected, events) =>
        events.some(({ type }) => type === 'KeyValidated')
          ? () => Promise.resolve(E.left(new StoreFault('unavailable', 'The store is away.')))
          : next(stream, expected, events),
    };
    const keyturn = site().another({ eventStore: intercepted(site().eventStore, by) });
    const context = site().as({ commandId: 'validate-1' });
    const request = { keyId: key.keyId };
    await leftOf(keyturn.validateKey(context, request));
    const tested = await expectRight(site().keyturn.validateKey(context, request));
    expect(tested).toMatchObject({ validation: { kind: 'accepted' }, testCalls: 1 });
    expect(site().sandbox.callsWith(pasted)).toHaveLength(3);
    expect(await validationsIn()).toEqual([
      'KeyTestCallStarted',
      'KeyValidated',
      'KeyTestCallStarted',
      'KeyTestCallStarted',
      'KeyValidated',
    ]);
  });
});
