import { expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { addedKey, freshSite } from './testSupport/site';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();

const incomplete = new VaultFault('shred-incomplete', 'Another process reads it.');

test('SC-1 hard deletes at once are shredded together', async () => {
  await addedKey(site()); // The Default, which stays.
  const keys: Array<string> = [];
  for (let n = 0; n < 16; n += 1) keys.push((await addedKey(site())).key.keyId);
  const watch: VaultWatch = { calls: [] };
  const keyturn = site().another({ vault: watchedVault(site().vault, watch) });
  const outcomes = await Promise.all(
    keys.map((keyId) => expectRight(keyturn.hardDeleteKey(site().as(), { keyId, caseId: 'C-1' }))),
  );
  expect(outcomes.flatMap(({ destructions }) => destructions.map(({ state }) => state))).toEqual(
    Array(16).fill('confirmed'),
  );
  const shreds = watch.calls.filter((call) => call.startsWith('shred'));
  expect(shreds.join(' ').match(/[0-9a-f-]{36}/g) ?? []).toHaveLength(16);
  expect(shreds.length).toBeLessThanOrEqual(3);
});

test('SC-1 a shred that is incomplete keeps no other waiting', async () => {
  await addedKey(site()); // The Default, which stays.
  const [stuck, sound] = [(await addedKey(site())).key.keyId, (await addedKey(site())).key.keyId];
  const { vault } = site();
  let blocked = true;
  const keyturn = site().another({
    vault: {
      ...vault,
      shredTogether: (groups) => async () => {
        const receipts = await expectRight(vault.shredTogether(groups));
        return E.right(
          groups.flatMap(({ keyIds }, place) => {
            const receipt = receipts[place];
            return blocked && keyIds.includes(stuck) ? [E.left(incomplete)] : (receipt ?? []);
          }),
        );
      },
    },
  });
  const stateOf = async (keyId: string) => {
    const { destructions } = await expectRight(keyturn.hardDeleteKey(site().as(), { keyId, caseId: 'C-1' }));
    return destructions.map(({ state }) => state);
  };
  const first = stateOf(stuck);
  expect(await stateOf(sound)).toEqual(['confirmed']);
  blocked = false;
  expect(await first).toEqual(['confirmed']);
});

test('what is thrown while rows are looked up is told to who asked for them alone', async () => {
  await addedKey(site()); // The Default, which stays.
  const { key } = await addedKey(site());
  let asked = 0;
  const vault = site().vault;
  const keyturn = site().another({
    vault: {
      ...vault,
      sealedKeyIds: (...names) => {
        asked += 1;
        if (asked === 1) throw new Error('thrown');
        return vault.sealedKeyIds(...names);
      },
    },
  });
  const other = await addedKey(site());
  const outcomes = await Promise.allSettled(
    [key, other.key].map(({ keyId }) =>
      expectRight(keyturn.hardDeleteKey(site().as(), { keyId, caseId: 'C-1' })),
    ),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
