import { describe, expect, test } from '@jest/globals';
import { defaultPolicy } from '@keyturn/domain';
import { expectRight } from '@keyturn/testbed';
import * as TE from 'fp-ts/TaskEither';
import type { Keyturn } from '../keyturn';
import { foldedNow } from '../testSupport/foldedNow';
import { addedKey, freshSite } from '../testSupport/site';
import { historyOf } from '../testSupport/stream';
import { dueAt } from './due';

const AFTER_MS = 7 * 86_400_000;
const actor = { kind: 'service', id: 'scheduler' } as const;

const site = freshSite(() => ({ policy: { ...defaultPolicy, maxKeysOnFile: 100 } }));

/** A service whose clock is so far ahead. */
const later = (ms: number): Keyturn => site().another({ clock: () => Date.now() + ms });

const revalidated = (keyturn: Keyturn) => expectRight(keyturn.revalidate({ actor, afterMs: AFTER_MS }));

const purposes = async () =>
  (await historyOf(site().eventStore)).flatMap(({ event }) =>
    event.type === 'KeyTestCallStarted' ? [event.data.purpose] : [],
  );

describe('a key whose verdict is old', () => {
  test('is asked about again when it comes due, and not before', async () => {
    await addedKey(site());
    expect(await revalidated(later(0.7 * AFTER_MS))).toEqual({ workspaces: 1, keys: 0, left: 0 });
    expect(await purposes()).toEqual(['add']);
    const keyturn = later(1.3 * AFTER_MS);
    expect(await revalidated(keyturn)).toEqual({ workspaces: 1, keys: 1, left: 0 });
    expect(await purposes()).toEqual(['add', 'revalidate']);
    expect(await revalidated(keyturn)).toMatchObject({ keys: 0 });
  });

  test('is failed by a second "no" alone, and no other key becomes Default by itself', async () => {
    const { key, pasted } = await addedKey(site());
    await addedKey(site(), 'openai');
    site().sandbox.setBehaviour(pasted, { first: 'rejected', times: 1, then: 'valid' });
    await revalidated(later(1.3 * AFTER_MS));
    // The second was a "yes": nothing is left of the first.
    expect((await foldedNow(site())).keyring.keys.get(key.keyId)).toMatchObject({
      status: 'active',
      rejectionUnconfirmed: false,
    });
    site().sandbox.setBehaviour(pasted, 'rejected');
    await revalidated(later(3 * AFTER_MS));
    const { keyring } = await foldedNow(site());
    expect(keyring.keys.get(key.keyId)).toMatchObject({ status: 'failed', failureReason: 'rejected' });
    expect(keyring.workspaceDefault).toBe(key.keyId);
    // From then on the other key alone is asked about.
    expect(await revalidated(later(6 * AFTER_MS))).toMatchObject({ keys: 1 });
  });

  test('that gives no verdict keeps its state, and is not asked about at once again', async () => {
    const { key, pasted } = await addedKey(site());
    site().sandbox.setBehaviour(pasted, 'overloaded');
    const keyturn = later(1.3 * AFTER_MS);
    expect(await revalidated(keyturn)).toMatchObject({ keys: 1 });
    expect(await revalidated(keyturn)).toMatchObject({ keys: 0 });
    expect((await foldedNow(site())).keyring.keys.get(key.keyId)?.status).toBe('active');
  });

  test('is asked about whatever else stands in the vault ahead of its workspace', async () => {
    const { vault } = site();
    await addedKey(site());
    const keyturn = site().another({
      clock: () => Date.now() + 1.3 * AFTER_MS,
      vault: {
        ...vault,
        workspaceIds: (after, limit) =>
          TE.map((ids: ReadonlyArray<string>) => (after === null ? ['no id', ...ids] : ids))(
            vault.workspaceIds(after, limit),
          ),
      },
    });
    expect(await revalidated(keyturn)).toEqual({ workspaces: 1, keys: 1, left: 0 });
  });

  test('is left for the next time where its vendor was asked about many, and another vendor was not', async () => {
    const adding = site().another({ policy: { ...defaultPolicy, maxKeysOnFile: 100 } });
    for (let n = 0; n < 62; n += 1) {
      const pasted = site().sandbox.issueKey('anthropic');
      await expectRight(adding.addKey(site().as(), { vendor: 'anthropic', pasted }));
    }
    await expectRight(
      adding.addKey(site().as(), { vendor: 'openai', pasted: site().sandbox.issueKey('openai') }),
    );
    const time = Date.now() + 2 * AFTER_MS;
    const keyturn = site().another({ clock: () => time });
    expect(await revalidated(keyturn)).toEqual({ workspaces: 1, keys: 61, left: 2 });
  });
});

test('keys that were added together do not come due together', async () => {
  const due = new Set<number>();
  for (let n = 0; n < 20; n += 1) await addedKey(site());
  const { keyring } = await foldedNow(site());
  for (const key of keyring.keys.values()) {
    const at = dueAt({ ...key, lastVerdictCallAt: key.addedAt }, AFTER_MS) - key.addedAt;
    expect(Math.abs(at - AFTER_MS)).toBeLessThanOrEqual(0.2 * AFTER_MS);
    due.add(Math.round(at / 60_000));
  }
  expect(due.size).toBeGreaterThan(10);
});
