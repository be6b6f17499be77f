import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { eventTypes, historyOf } from './testSupport/stream';

const site = freshSite();

describe('relabelKey', () => {
  test('gives another name, once, and none for an empty text', async () => {
    const { key } = await addedKey(site());
    const { keyId } = key;
    const relabel = (label: string | null) =>
      expectRight(site().keyturn.relabelKey(site().as(), { keyId, label }));
    expect(await relabel('👩‍💻 dev')).toMatchObject({ changed: true, key: { keyId, label: '👩‍💻 dev' } });
    expect(await relabel('👩‍💻 dev')).toMatchObject({ changed: false, position: null });
    expect(await relabel('')).toMatchObject({ changed: true, key: { label: null } });
    expect(await relabel(null)).toMatchObject({ changed: false });
    const events = (await historyOf(site().eventStore)).map(({ event }) => event);
    expect(events.filter(({ type }) => type === 'KeyRelabelled')).toEqual([
      { type: 'KeyRelabelled', data: { keyId, label: '👩‍💻 dev', previousLabel: null } },
      { type: 'KeyRelabelled', data: { keyId, label: null, previousLabel: '👩‍💻 dev' } },
    ]);
  });

  test('asks the hook, and takes no key for a name', async () => {
    const { key, pasted } = await addedKey(site());
    const asked: unknown[] = [];
    const keyturn = site().another({
      authorize: (request) => {
        asked.push(request);
        return Promise.resolve(false);
      },
    });
    const request = { keyId: key.keyId, label: 'dev' };
    expect(await leftOf(keyturn.relabelKey(site().as(), request))).toMatchObject({ code: 'not-permitted' });
    expect(asked).toMatchObject([{ action: 'RelabelKey', target: { keyId: key.keyId }, impliedEffects: [] }]);
    const label = pasted.slice(0, 60);
    const refused = await leftOf(site().keyturn.relabelKey(site().as(), { ...request, label }));
    expect(refused).toMatchObject({ code: 'text-contains-secret', facts: { field: 'label' } });
    expect(
      await leftOf(site().keyturn.relabelKey(site().as(), { ...request, label: 7 as never })),
    ).toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('setKeyExpiry', () => {
  test('is recorded, and stops neither a run nor a new one', async () => {
    const { key } = await addedKey(site());
    const { keyId } = key;
    const set = (expiresAt: number | null) =>
      expectRight(site().keyturn.setKeyExpiry(site().as(), { keyId, expiresAt }));
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'before' }));
    expect(await set(1)).toMatchObject({ changed: true, key: { expiresAt: 1, status: 'active' } });
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'after' }));
    expect(await set(null)).toMatchObject({ changed: true, key: { expiresAt: null } });
    expect(await set(null)).toMatchObject({ changed: false });
    expect(await eventTypes(site().eventStore)).toEqual([
      ...['KeyAdded', 'DefaultChanged', 'KeyTestCallStarted', 'KeyValidated'],
      ...['RunKeyPinned', 'KeyExpiryChanged', 'RunKeyPinned', 'KeyExpiryChanged'],
    ]);
  });

  test.each([Number.NaN, -1, 0.5, '2027-03-31'])('%p is no time', async (expiresAt) => {
    const { key } = await addedKey(site());
    const request = { keyId: key.keyId, expiresAt: expiresAt as never };
    const refused = await leftOf(site().keyturn.setKeyExpiry(site().as(), request));
    expect(refused).toMatchObject({ code: 'invalid-input', facts: { field: 'expiresAt' } });
  });

  test('a key may have one from the beginning', async () => {
    const pasted = site().sandbox.issueKey('anthropic');
    const { key } = await expectRight(
      site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted, expiresAt: 7 }),
    );
    expect(key.expiresAt).toBe(7);
    expect((await historyOf(site().eventStore))[0]?.event).toMatchObject({ data: { expiresAt: 7 } });
  });
});
