import { describe, expect, test } from '@jest/globals';
import { brokenInvariants } from '@keyturn/domain/invariants';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import { copyFileSync } from 'node:fs';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { orphanIn } from '../testSupport/sweeping';
import { eventTypes, historyOf, storedEvents } from '../testSupport/stream';

const site = freshSite();
const SUPPORT = { kind: 'support', id: 'grace' } as const;

/** A copy of the events, as a backup has them. */
const backupOf = (name = 'backup'): string => {
  const file = `${site().eventsFile}.${name}`;
  const events = openSqlite(site().eventsFile);
  events.pragma('wal_checkpoint(TRUNCATE)');
  events.close();
  copyFileSync(site().eventsFile, file);
  return file;
};

/** A service as after a start, on the restored events and the vault as it is. */
const restored = async (file: string) => {
  const eventStore = await expectRight(openSqliteEventStore({ file }));
  return { eventStore, keyturn: site().another({ eventStore, vault: await site().anotherVault() }) };
};

describe('accepting that the log lost its end', () => {
  test('I-13, I-47: brings a workspace back to service, and nothing that was destroyed', async () => {
    const one = await addedKey(site());
    const two = await addedKey(site(), 'openai');
    const backup = backupOf();
    const deletion = { keyId: one.key.keyId, caseId: 'C-1', successor: two.key.keyId };
    await expectRight(site().keyturn.hardDeleteKey(site().as(), deletion));
    const three = await addedKey(site(), 'openai');
    await site().keyturn.settled();

    const { eventStore, keyturn } = await restored(backup);
    try {
      expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).toMatchObject({
        code: 'event-store-behind',
      });
      const before = await storedEvents(eventStore);
      const { events } = await expectRight(
        keyturn.foresee.acceptLog(site().as(), { successor: two.key.keyId }),
      );
      expect(events.map(({ type }) => type)).toEqual(['LogRestored', 'DefaultChanged', 'KeyHardDeleted']);
      expect(await storedEvents(eventStore)).toHaveLength(before.length);
      expect(await leftOf(keyturn.acceptLog(site().as(), {}))).toMatchObject({ code: 'successor-needed' });

      const accepted = await expectRight(keyturn.acceptLog(site().as(), { successor: two.key.keyId }));
      expect(accepted).toMatchObject({
        left: before.length - 1,
        lostKeys: [three.key.keyId],
        hardDeletedAgain: [one.key.keyId],
        keysWithoutSecret: [],
      });

      const pin = await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
      expect(pin.keyId).toBe(two.key.keyId);
      const again = keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: one.pasted });
      expect(await leftOf(again)).toMatchObject({ code: 'fingerprint-leaked' });
      const swept = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
      expect(swept.pending).toEqual([]);
      expect((await expectRight(site().vault.rowsOf('acme'))).map(({ keyId }) => keyId)).toEqual([
        two.key.keyId,
      ]);
      await expectRight(keyturn.addKey(site().as(), { vendor: 'openai', pasted: three.pasted }));
      expect(await leftOf(keyturn.acceptLog(site().as(), {}))).toMatchObject({ code: 'nothing-to-accept' });
      expect(brokenInvariants(await historyOf(eventStore))).toEqual([]);
    } finally {
      await eventStore.close();
    }
  });

  test('lets a sweep remove what an add left behind, though the store ends before where it was seen', async () => {
    await addedKey(site());
    const backup = backupOf();
    for (const runId of ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8'])
      await expectRight(site().keyturn.startRun(site().as(), { runId }));
    await addedKey(site(), 'openai');
    await orphanIn(site(), 'orphan-1');
    await site().keyturn.settled();
    const { eventStore, keyturn } = await restored(backup);
    try {
      await expectRight(keyturn.acceptLog(site().as(), {}));
      const swept = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
      expect(swept.pending).toEqual([]);
      expect(await expectRight(site().vault.rowsOf('acme'))).toHaveLength(1);
    } finally {
      await eventStore.close();
    }
  });

  test('of a workspace whose every event is lost', async () => {
    const backup = backupOf();
    const { key } = await addedKey(site());
    await site().keyturn.settled();
    const { eventStore, keyturn } = await restored(backup);
    try {
      const accepted = await expectRight(keyturn.acceptLog(site().as(), {}));
      expect(accepted).toMatchObject({ left: -1, lostKeys: [key.keyId], hardDeletedAgain: [] });
      expect(await eventTypes(eventStore)).toEqual(['LogRestored']);
      await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
      expect(await expectRight(site().vault.rowsOf('acme'))).toEqual([]);
    } finally {
      await eventStore.close();
    }
  });

  test('is learned by a process that has in memory what is lost', async () => {
    await addedKey(site());
    const backup = backupOf();
    const runs = ['r1', 'r2', 'r3'];
    for (const runId of runs) await expectRight(site().keyturn.startRun(site().as(), { runId }));
    await site().keyturn.settled();
    const { eventStore, keyturn } = await restored(backup);
    const other = site().another({ eventStore });
    try {
      // It knows of the lost events by the vault, and then by its own memory.
      expect(await leftOf(other.startRun(site().as(), { runId: 'r4' }))).toMatchObject({
        code: 'event-store-behind',
      });
      await expectRight(keyturn.acceptLog(site().as(), {}));
      const pin = await expectRight(other.startRun(site().as(), { runId: 'r4' }));
      expect(pin.runId).toBe('r4');
      await expectRight(keyturn.startRun(site().as(), { runId: 'r5' }));
    } finally {
      await eventStore.close();
    }
  });

  test('cut off before the vault has taken it, is done again', async () => {
    await addedKey(site());
    const backup = backupOf();
    for (const runId of ['r1', 'r2', 'r3', 'r4']) {
      await expectRight(site().keyturn.startRun(site().as(), { runId }));
    }
    await site().keyturn.settled();
    const eventStore = await expectRight(openSqliteEventStore({ file: backup }));
    try {
      const vault = await site().anotherVault();
      const dies = {
        ...vault,
        lowerWitness: () => () => Promise.reject(new Error('The process was killed.')),
      };
      await expect(site().another({ eventStore, vault: dies }).acceptLog(site().as(), {})()).rejects.toThrow(
        'killed',
      );
      const { keyturn } = await restored(backup);
      expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r5' }))).toMatchObject({
        code: 'event-store-behind',
      });
      await expectRight(keyturn.acceptLog(site().as(), {}));
      await expectRight(keyturn.startRun(site().as(), { runId: 'r5' }));
      const types = await eventTypes(eventStore);
      expect(types.filter((type) => type === 'LogRestored')).toHaveLength(2);
    } finally {
      await eventStore.close();
    }
  });

  test.each([1, 2, 3])('of %i events, cut off before the vault has taken it, is done again', async (lost) => {
    await addedKey(site());
    const backup = backupOf();
    for (const runId of ['r1', 'r2', 'r3'].slice(0, lost)) {
      await expectRight(site().keyturn.startRun(site().as(), { runId }));
    }
    await site().keyturn.settled();
    const eventStore = await expectRight(openSqliteEventStore({ file: backup }));
    try {
      const dies = {
        ...(await site().anotherVault()),
        lowerWitness: () => () => Promise.reject(new Error('The process was killed.')),
      };
      const cutOff = site().another({ eventStore, vault: dies }).acceptLog(site().as(), {});
      await expect(cutOff()).rejects.toThrow('killed');
      const { keyturn } = await restored(backup);
      await expectRight(keyturn.acceptLog(site().as(), {}));
      await expectRight(keyturn.startRun(site().as(), { runId: 'r5' }));
    } finally {
      await eventStore.close();
    }
  });

  test('of the same backup twice is learned by a process that runs all the while', async () => {
    await addedKey(site());
    const backup = backupOf();
    for (const runId of ['r1', 'r2', 'r3'])
      await expectRight(site().keyturn.startRun(site().as(), { runId }));
    await site().keyturn.settled();
    const first = await restored(backup);
    const running = site().another({ eventStore: first.eventStore });
    try {
      await expectRight(first.keyturn.acceptLog(site().as(), {}));
      await expectRight(running.startRun(site().as(), { runId: 'r4' }));
      await running.settled();
      const events = openSqlite(backup);
      events.exec(
        `DELETE FROM events WHERE type IN ('LogRestored', 'RunKeyPinned')
         AND stream_id = (SELECT id FROM streams WHERE name = 'keyring-acme')`,
      );
      events.close();
      const again = site().another({ eventStore: first.eventStore, vault: await site().anotherVault() });
      await expectRight(again.acceptLog(site().as(), {}));
      await expectRight(running.startRun(site().as(), { runId: 'r5' }));
    } finally {
      await first.eventStore.close();
    }
  });

  test('puts another witness in the place of one that is damaged', async () => {
    await addedKey(site());
    await site().keyturn.settled();
    const vault = openSqlite(site().vaultFile);
    vault.exec('UPDATE witnesses SET mac = zeroblob(length(mac))');
    vault.close();
    const keyturn = site().another({ vault: await site().anotherVault() });
    expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).toMatchObject({
      code: 'witness-damaged',
    });
    await expectRight(keyturn.acceptLog(site().as(), {}));
    await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
  });

  test('tells of the workspaces that it is for, and of those that stand otherwise', async () => {
    await addedKey(site());
    const beta = site().as({ workspaceId: 'beta' });
    const pasted = site().sandbox.issueKey('anthropic');
    await expectRight(site().keyturn.addKey(beta, { vendor: 'anthropic', pasted }));
    await site().keyturn.settled();
    const events = openSqlite(site().eventsFile);
    events.exec(`DELETE FROM events WHERE revision > 1
      AND stream_id = (SELECT id FROM streams WHERE name = 'keyring-acme');
      UPDATE events SET type = 'KeyValidated' WHERE revision = 0
      AND stream_id = (SELECT id FROM streams WHERE name = 'keyring-beta')`);
    events.close();
    const keyturn = site().another({
      eventStore: await site().anotherStore(),
      vault: await site().anotherVault(),
    });
    expect(await expectRight(keyturn.acceptableLosses({ actor: SUPPORT }))).toEqual([
      { workspaceId: 'acme', obstacle: null },
      { workspaceId: 'beta', obstacle: expect.stringContaining('is damaged') },
    ]);
  });

  test('needs permission, and mends no damage', async () => {
    await addedKey(site());
    const asked: string[] = [];
    const refusing = site().another({
      authorize: ({ action }) => {
        asked.push(action);
        return Promise.resolve(false);
      },
    });
    expect(await leftOf(refusing.acceptLog(site().as(), {}))).toMatchObject({ code: 'not-permitted' });
    expect(asked).toEqual(['AcceptLog']);
    const events = openSqlite(site().eventsFile);
    events.exec(`UPDATE events SET type = 'KeyValidated' WHERE revision = 0`);
    events.close();
    const keyturn = site().another({ eventStore: await site().anotherStore() });
    expect(await leftOf(keyturn.acceptLog(site().as(), {}))).toMatchObject({ code: 'log-damaged' });
  });
});
