import { describe, expect, test } from '@jest/globals';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { expectRight } from '@keyturn/testbed';
import type { KeyturnOnDisk } from './testSupport/keyturnOnDisk';
import { makeInMemoryEventStore, type EventStore } from '@keyturn/event-store';
import * as TE from 'fp-ts/TaskEither';
import { copyFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkReach, pairVault } from './pairing';
import { intercepted } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';

const site = freshSite();

const SUPPORT = { kind: 'service', id: 'sweeper' } as const;

/** The events as they are now, in a file of their own. */
const backupOf = async ({ eventsFile, eventStore }: KeyturnOnDisk, name = 'backup'): Promise<string> => {
  await expectRight(eventStore.head);
  const backup = join(dirname(eventsFile), `${name}.sqlite`);
  for (const end of ['', '-wal']) {
    const file = `${eventsFile}${end}`;
    if (existsSync(file)) copyFileSync(file, `${backup}${end}`);
  }
  return backup;
};

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

  /** A store that refuses before it shows what it refuses for, as EventStoreDB does: so many reads find nothing. */
  const showingLate = (hidden: number): EventStore => {
    let left = hidden;
    return intercepted(site().eventStore, {
      readStream: (next, stream, options) =>
        stream === 'keyturn-deployment' && left-- > 0
          ? TE.right({ events: [], end: true })
          : next(stream, options),
    });
  };

  test('ES-R2: two vaults paired with a new store at once do not both believe that it is theirs', async () => {
    const store = showingLate(4);
    const [own, other] = await Promise.all([
      pairVault(store, site().vault)(),
      pairVault(store, { ...site().vault, deploymentId: 'another' })(),
    ]);
    expect([own, other].map(({ _tag }) => _tag).sort()).toEqual(['Left', 'Right']);
    expect(own._tag === 'Left' ? own.left : other._tag === 'Left' ? other.left : null).toMatchObject({
      code: 'other-vault',
    });
  });

  test('ES-R2: a vault that lost, and can not read to whom, is told to try again', async () => {
    await expectRight(pairVault(site().eventStore, { ...site().vault, deploymentId: 'another' }));
    await expect(leftOf(pairVault(showingLate(Infinity), site().vault))).resolves.toMatchObject({
      code: 'unavailable',
    });
  }, 20_000);

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

  test('a restored store that grew past what the vault saw: the keys that it lacks are kept and reported', async () => {
    await addedKey(site());
    const backup = await backupOf(site());
    const { key: lost } = await addedKey(site(), 'openai');
    const store = await expectRight(openSqliteEventStore({ file: backup }));
    try {
      const keyturn = site().another({ eventStore: store });
      for (const runId of ['r1', 'r2', 'r3', 'r4', 'r5', 'r6']) {
        await expectRight(keyturn.startRun(site().as(), { runId }));
      }
      const before = await rows();
      const report = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
      expect(report.repairs).toEqual([]);
      expect(report.pending).toMatchObject([
        { kind: 'key-lost-from-log', keyId: lost.keyId, code: 'event-store-behind' },
      ]);
      const dry = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0, dryRun: true }));
      expect(dry).toMatchObject({ repairs: [], pending: report.pending });
      expect(await rows()).toEqual(before);
    } finally {
      await store.close();
    }
  });

  test('I-13: a store that lacks a hard delete is behind, and nothing is decided or swept there', async () => {
    const { key, pasted } = await addedKey(site());
    const backup = await backupOf(site());
    const request = { keyId: key.keyId, caseId: 'C-1' };
    await expectRight(site().keyturn.hardDeleteKey(site().as(), request));
    const store = await expectRight(openSqliteEventStore({ file: backup }));
    try {
      // As after a start: nothing of the events since is in memory, and the vault is another handle.
      const keyturn = site().another({ eventStore: store, vault: await site().anotherVault() });
      const behind = { code: 'event-store-behind', message: expect.stringContaining('workspace acme') };
      expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).toMatchObject(behind);
      expect(await leftOf(keyturn.hardDeleteKey(site().as(), request))).toMatchObject(behind);
      expect(await leftOf(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }))).toMatchObject(
        behind,
      );
      const swept = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
      expect(swept).toMatchObject({
        repairs: [],
        pending: [{ workspaceId: 'acme', code: 'event-store-behind' }],
      });
      await expectRight(keyturn.addKey(site().as({ workspaceId: 'beta' }), { vendor: 'anthropic', pasted }));
    } finally {
      await store.close();
    }
  });

  test('a store that was restored twice: what either lacked is kept', async () => {
    const backups = [await backupOf(site(), 'first')];
    const lost = [(await addedKey(site())).key.keyId];
    backups.push(await backupOf(site(), 'second'));
    lost.push((await addedKey(site(), 'openai')).key.keyId);
    for (const [restored, backup] of backups.reverse().entries()) {
      const store = await expectRight(openSqliteEventStore({ file: backup }));
      try {
        const keyturn = site().another({ eventStore: store });
        // It grows past all that the vault saw of the one before.
        for (let added = 0; added < 4 * (restored + 1); added += 1) {
          const pasted = site().sandbox.issueKey('openai');
          await expectRight(keyturn.addKey(site().as(), { vendor: 'openai', pasted }));
        }
        const before = await rows();
        await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
        expect(await rows()).toEqual(before);
      } finally {
        await store.close();
      }
    }
    expect((await rows()).map(({ keyId }) => keyId)).toEqual(expect.arrayContaining(lost));
  });

  test('a store restored from before the two were paired is paired again, and known to be behind', async () => {
    const backup = await backupOf(site());
    await expectRight(pairVault(site().eventStore, site().vault));
    const store = await expectRight(openSqliteEventStore({ file: backup }));
    try {
      expect(await leftOf(checkReach(store, site().vault))).toMatchObject({ code: 'event-store-behind' });
      await expectRight(pairVault(store, site().vault));
    } finally {
      await store.close();
    }
  });

  test('a sweep that is dry pairs nothing', async () => {
    await expectRight(site().keyturn.sweep({ actor: SUPPORT, dryRun: true }));
    expect(await expectRight(site().vault.pairing)).toBeNull();
    expect(await expectRight(site().eventStore.head)).toBeNull();
  });

  test('an empty store with the vault’s store id: every workspace says that it is behind', async () => {
    await addedKey(site());
    const restored = {
      ...makeInMemoryEventStore(),
      storeId: site().eventStore.storeId,
      head: TE.right(null),
    };
    await site().keyturn.settled();
    const before = await rows();
    const keyturn = site().another({ eventStore: restored, vault: await site().anotherVault() });
    const swept = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
    expect(swept).toMatchObject({ repairs: [], pending: [{ code: 'event-store-behind' }] });
    expect(await rows()).toEqual(before);
  });

  test('of several that come at once to a new store, one vault gets it', async () => {
    const { eventStore, vault } = site();
    const vaults = ['one', 'two', 'three'].map((deploymentId) => ({ ...vault, deploymentId }));
    const outcomes = await Promise.all(vaults.map((each) => pairVault(eventStore, each)()));
    expect(outcomes.filter(({ _tag }) => _tag === 'Right')).toHaveLength(1);
  });
});
