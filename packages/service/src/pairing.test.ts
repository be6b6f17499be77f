import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testing';
import { makeInMemoryEventStore } from '@keyturn/event-store';
import * as TE from 'fp-ts/TaskEither';
import { pairVault } from './pairing';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';

const site = freshSite();

const SUPPORT = { kind: 'service', id: 'sweeper' } as const;

/** Everything of the workspace that a sweep could wrongly remove. */
const rows = () => expectRight(site().vault.rowsOf('acme'));

describe('a vault and an event store', () => {
  test('that belong to nobody yet belong together from then on', async () => {
    const { eventStore, vault } = site();
    await expectRight(pairVault(eventStore, vault));
    await expectRight(pairVault(eventStore, vault));
    expect(await expectRight(vault.pairing)).toMatchObject({
      storeId: await expectRight(eventStore.storeId),
    });
  });

  test('an empty store in place of the vault’s own: nothing is touched', async () => {
    await addedKey(site());
    await expectRight(pairVault(site().eventStore, site().vault));
    const keyturn = site().another({ eventStore: makeInMemoryEventStore() });
    const before = await rows();
    await expect(leftOf(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }))).resolves.toMatchObject({
      code: 'other-event-store',
    });
    expect(await rows()).toEqual(before);
  });

  test('the store is another vault’s: nothing is touched', async () => {
    await expectRight(pairVault(site().eventStore, { ...site().vault, deploymentId: 'another' }));
    await addedKey(site());
    const before = await rows();
    await expect(leftOf(site().keyturn.sweep({ actor: SUPPORT, graceMs: 0 }))).resolves.toMatchObject({
      code: 'other-vault',
    });
    expect(await rows()).toEqual(before);
  });

  test('the store was restored from a backup older than the newest key: nothing is touched', async () => {
    await addedKey(site());
    const older = await expectRight(site().eventStore.head);
    await addedKey(site(), 'openai');
    // The same store, as it was before the second key.
    const restored = { ...site().eventStore, head: TE.right(older) };
    const keyturn = site().another({ eventStore: restored });
    const before = await rows();
    const fault = await leftOf(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
    expect(fault).toMatchObject({ code: 'event-store-behind' });
    expect(fault.message).toContain('Restore both to the same moment');
    expect(await rows()).toEqual(before);
  });

  test('an empty store with the vault’s store id: nothing is touched either', async () => {
    await addedKey(site());
    const restored = {
      ...makeInMemoryEventStore(),
      storeId: site().eventStore.storeId,
      head: TE.right(null),
    };
    await expect(leftOf(pairVault(restored, site().vault))).resolves.toMatchObject({
      code: 'event-store-behind',
    });
  });

  test('of several that come at once to a new store, one vault gets it', async () => {
    const { eventStore, vault } = site();
    const vaults = ['one', 'two', 'three'].map((deploymentId) => ({ ...vault, deploymentId }));
    const outcomes = await Promise.all(vaults.map((each) => pairVault(eventStore, each)()));
    expect(outcomes.filter(({ _tag }) => _tag === 'Right')).toHaveLength(1);
  });
});
