import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { VaultFault } from '@keyturn/vault';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { historyOf } from './testSupport/stream';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();

const remove = (keyId: string) =>
  expectRight(site().keyturn.deleteKey(site().as(), { keyId, leaveEmpty: true }));

const hardDelete = (keyId: string, reason?: 'other') =>
  expectRight(
    site().keyturn.hardDeleteKey(site().as(), {
      keyId,
      caseId: 'SEC/1042',
      ...(reason === undefined ? {} : { reason }),
    }),
  );

describe('F-D1: a leak that is reported when the key is gone', () => {
  test('is recorded once, and the secret does not come back', async () => {
    const { key, pasted } = await addedKey(site());
    const { keyId } = key;
    await remove(keyId);
    expect(await hardDelete(keyId, 'other')).toMatchObject({ alreadyDeleted: true, position: null });
    expect(await hardDelete(keyId)).toMatchObject({
      state: 'hard-deleted',
      alreadyDeleted: true,
      openRuns: 0,
      interruptedRuns: [],
      destructions: [{ keyId, state: 'confirmed' }],
      sameSecret: [],
    });
    expect(await hardDelete(keyId)).toMatchObject({ alreadyDeleted: true, position: null });
    const again = await leftOf(site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(again).toMatchObject({ code: 'fingerprint-leaked' });
    const reports = (await historyOf(site().eventStore)).filter(
      ({ event }) => event.type === 'KeyReportedLeaked',
    );
    expect(reports.map(({ event }) => event.data)).toMatchObject([
      { keyId, caseId: 'SEC/1042', source: null },
    ]);
  });

  test('stays in the memory of the vault, should the log be put back', async () => {
    const { key } = await addedKey(site());
    await remove(key.keyId);
    await hardDelete(key.keyId);
    const remembered = await expectRight(site().vault.removalsOf('acme'));
    expect(remembered).toMatchObject([{ keyId: key.keyId, hardDeleted: true, leaked: true }]);
  });

  test('names the keys that have the same secret and serve still, and leaves them as they are', async () => {
    const { key, pasted } = await addedKey(site());
    await remove(key.keyId);
    const request = { vendor: 'anthropic', pasted };
    const back = await expectRight(site().keyturn.addKey(site().as(), request));
    await addedKey(site(), 'openai');
    const { sameSecret } = await hardDelete(key.keyId);
    expect(sameSecret).toMatchObject([{ keyId: back.key.keyId, status: 'active', isDefault: true }]);
    expect(sameSecret).toHaveLength(1);
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'r1' }));
  });

  test('does what is left of a destruction that was cut off', async () => {
    const { key } = await addedKey(site());
    const { keyId } = key;
    const watch: VaultWatch = { calls: [] };
    const keyturn = site().another({ vault: watchedVault(site().vault, watch) });
    watch.before = (call) =>
      Promise.resolve(call === 'shred' ? new VaultFault('unavailable', 'The vault is away.') : null);
    const request = { keyId, leaveEmpty: true };
    const { destructions } = await expectRight(keyturn.deleteKey(site().as(), request));
    expect(destructions).toMatchObject([{ keyId, state: 'pending' }]);
    expect((await hardDelete(keyId)).destructions).toMatchObject([{ keyId, state: 'confirmed' }]);
    expect((await historyOf(site().eventStore)).at(-1)?.event).toMatchObject({
      type: 'KeySecretDestroyed',
      data: { keyId },
    });
  });
});
