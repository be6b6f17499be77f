import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import {
  ACME,
  disown,
  findings,
  forgetful,
  next,
  onEvents,
  startCold,
  SUPPORT,
} from '../testSupport/disowning';
import { appendJunk } from '../testSupport/junk';
import { leftOf } from '../testSupport/leftOf';
import { freshSite } from '../testSupport/site';
import { storedEvents } from '../testSupport/stream';
import { cold, twoKeys } from '../testSupport/twoWorkspaces';

// Events that the vault knows of may lie among those that are disowned: then they are lost, and nothing may hide it.

const site = freshSite();
const behind = { code: 'event-store-behind' };
const damaged = { code: 'log-damaged' };

/** The data of the events from a revision on, changed by somebody, so that no seal lies over them. */
const spoil = (from: number): void =>
  onEvents(site(), `UPDATE events SET data = data || ' ' WHERE ${ACME} AND revision >= ?`, from);

/** One key is hard-deleted, which the vault knows; then the event that says so is spoilt, and disowned. */
const lostDeletion = async () => {
  const { one, two } = await twoKeys(site());
  const from = await next(site());
  const deletion = { keyId: one.key.keyId, caseId: 'C-1', successor: two.key.keyId };
  await expectRight(site().keyturn.hardDeleteKey(site().as(), deletion));
  await site().keyturn.settled();
  spoil(from);
  expect(await disown(site(), from)).toMatchObject({ lossToAccept: true });
  return { one, two, from };
};

test('is not hidden by a look at it: it is accepted, or the workspace stands', async () => {
  const { two, from } = await lostDeletion();
  const looking = await cold(site());
  const successor = two.key.keyId;
  await expectRight(looking.foresee.acceptLog(site().as(), { successor }));
  expect(await leftOf(looking.acceptLog(site().as(), {}))).toMatchObject({ code: 'successor-needed' });
  const losses = await expectRight(looking.acceptableLosses({ actor: SUPPORT }));
  expect(losses).toMatchObject([{ workspaceId: 'acme' }]);
  await looking.settled();
  expect(await leftOf(await startCold(site(), 'r1'))).toMatchObject(behind);
  expect(await findings(site())).toContainEqual(
    expect.objectContaining({ kind: 'log-behind', workspaceId: 'acme' }),
  );
  const accepted = await expectRight(looking.acceptLog(site().as(), { successor }));
  expect(accepted.left).toBe(from - 1);
  expect(accepted.known).toBeGreaterThan(accepted.left);
  await looking.settled();
  expect((await expectRight(await startCold(site(), 'r1'))).keyId).toBe(successor);
});

test('is not passed over by a process whose memory is older: nobody gets a key that was deleted', async () => {
  const { one, two } = await twoKeys(site());
  const older = await cold(site());
  await expectRight(older.startRun(site().as(), { runId: 'r0' }));
  await older.settled();
  const from = await next(site());
  const deletion = { keyId: one.key.keyId, caseId: 'C-1', successor: two.key.keyId };
  await expectRight(site().keyturn.hardDeleteKey(site().as(), deletion));
  await site().keyturn.settled();
  spoil(from);
  await disown(site(), from);
  let opened = 0;
  const released = await older.startRunWithSecret(site().as(), { runId: 'r1' }, () => async () => {
    opened += 1;
    return E.right(undefined);
  })();
  expect([released, opened]).toMatchObject([{ _tag: 'Left', left: behind }, 0]);
  await older.settled();
  expect(await leftOf(await startCold(site(), 'r2'))).toMatchObject(behind);
});

test('is known by the process that disowns, before the vault knows of it', async () => {
  await twoKeys(site());
  const from = await next(site());
  const keyturn = site().keyturn;
  await expectRight(keyturn.startRun(site().as(), { runId: 'r0' }));
  spoil(from);
  expect(await expectRight(keyturn.disownEvents(site().as(), { from }))).toMatchObject({
    lossToAccept: true,
  });
  await keyturn.settled();
  expect(await leftOf(await startCold(site(), 'r1'))).toMatchObject(behind);
  await expectRight((await cold(site())).acceptLog(site().as(), {}));
  await expectRight(await startCold(site(), 'r1'));
});

test('is known where the vault learns of it while its end is being disowned', async () => {
  await twoKeys(site());
  await site().keyturn.settled();
  const from = await next(site());
  await appendJunk(site().eventStore, ['foreign']);
  const [store, vault] = [await site().anotherStore(), await site().anotherVault()];
  const append: typeof store.append = (stream, expected, events) => async () => {
    const head = { workspaceId: 'acme', revision: from, chain: Buffer.alloc(32, 1) };
    await expectRight(vault.keepWitnesses([head]));
    return store.append(stream, expected, events)();
  };
  const keyturn = site().another({ eventStore: { ...store, append }, vault });
  await expectRight(keyturn.disownEvents(site().as(), { from }));
  await keyturn.settled();
  expect(await leftOf(await startCold(site(), 'r1'))).toMatchObject(behind);
});

const cutBehind = (revision: number): void =>
  onEvents(site(), `DELETE FROM events WHERE ${ACME} AND revision > ?`, revision);

test.each([true, false])(
  'of which a snapshot alone knows is accepted, the end cut: %p',
  async (isCut) => {
    await twoKeys(site());
    const from = await next(site());
    const unwitnessed = await forgetful(site());
    for (let n = 0; n < 1_100; n += 1)
      await expectRight(unwitnessed.startRun(site().as(), { runId: `r${n}` }));
    await unwitnessed.settled();
    const kept = await expectRight(site().eventStore.loadSnapshot('keyring-acme'));
    expect(kept?.revision).toBeGreaterThan(from);
    if (isCut) cutBehind(from);
    spoil(from);
    await disown(site(), from);
    expect(await leftOf(await startCold(site(), 'again'))).toMatchObject(behind);
    expect(await expectRight((await cold(site())).acceptLog(site().as(), {}))).toMatchObject({
      left: from - 1,
    });
    await expectRight(await startCold(site(), 'again'));
    expect(await expectRight((await cold(site())).acceptableLosses({ actor: SUPPORT }))).toEqual([]);
    expect(await findings(site())).toEqual([]);
  },
  60_000,
);

test('is seen where it ended at the very event that disowns, or behind it', async () => {
  const { one, two } = await twoKeys(site());
  const older = await cold(site());
  await expectRight(older.startRun(site().as(), { runId: 'r0' }));
  await older.settled();
  const from = await next(site());
  const deletion = { keyId: one.key.keyId, successor: two.key.keyId };
  await expectRight(site().keyturn.deleteKey(site().as(), deletion));
  await site().keyturn.settled();
  expect(await next(site())).toBe(from + 2);
  cutBehind(from);
  spoil(from);
  expect(await disown(site(), from)).toMatchObject({ lossToAccept: true, revision: from + 1 });
  let opened = 0;
  const choice = { kind: 'key', keyId: one.key.keyId } as const;
  const released = await older.startRunWithSecret(site().as(), { runId: 'r1', choice }, () => async () => {
    opened += 1;
    return E.right(undefined);
  })();
  expect([released, opened]).toMatchObject([{ _tag: 'Left', left: behind }, 0]);
  expect(await leftOf(await startCold(site(), 'r2'))).toMatchObject(behind);
  expect(await expectRight((await cold(site())).acceptLog(site().as(), {}))).toMatchObject({
    left: from - 1,
  });
  await expectRight(await startCold(site(), 'r2'));
});

test('lost events that are appended anew before their loss is accepted go by a word of their own', async () => {
  await twoKeys(site());
  const from = await next(site());
  for (const runId of ['r1', 'r2', 'r3', 'r4'])
    await expectRight(site().keyturn.startRun(site().as(), { runId }));
  await site().keyturn.settled();
  const [first, ...rest] = (await storedEvents(site().eventStore)).slice(from + 1);
  if (first === undefined) throw new Error('nothing was lost');
  cutBehind(from - 1);
  await appendJunk(site().eventStore, ['foreign']);
  await expectRight(site().eventStore.append('keyring-acme', from, [first, ...rest]));
  const keyturn = await cold(site());
  expect(await expectRight(keyturn.unsealedEnd(site().as()))).toMatchObject({ from, isHonestInPart: true });
  expect(await leftOf(keyturn.disownEvents(site().as(), { from }))).toMatchObject(damaged);
  const disowned = await expectRight(keyturn.disownEvents(site().as(), { from, honestToo: true }));
  expect(disowned).toMatchObject({ lossToAccept: true });
  expect(await leftOf(await startCold(site(), 'again'))).toMatchObject(behind);
  await expectRight((await cold(site())).acceptLog(site().as(), {}));
  await expectRight(await startCold(site(), 'again'));
});

test('where the witness is damaged, too, honest events go by a word of their own', async () => {
  await twoKeys(site());
  await site().keyturn.settled();
  spoil(2);
  onEvents(site(), `UPDATE events SET data = trim(data) WHERE ${ACME} AND revision > 2`);
  const vault = openSqlite(join(dirname(site().eventsFile), 'vault', 'vault.sqlite'));
  vault.prepare("UPDATE witnesses SET revision = revision + 1 WHERE workspace_id = 'acme'").run();
  vault.close();
  const end = await expectRight((await cold(site())).unsealedEnd(site().as()));
  expect(end).toMatchObject({ isHonestInPart: true });
});

test('appended anew, events of another past are disowned with what stands before them', async () => {
  await twoKeys(site());
  await site().keyturn.settled();
  const from = await next(site());
  for (const runId of ['r1', 'r2', 'r3', 'r4'])
    await expectRight(site().keyturn.startRun(site().as(), { runId }));
  await site().keyturn.settled();
  const lost = (await storedEvents(site().eventStore)).slice(from + 2);
  onEvents(site(), `DELETE FROM events WHERE ${ACME} AND revision >= ?`, from);
  await expectRight((await cold(site())).acceptLog(site().as(), {}));
  await appendJunk(site().eventStore, ['foreign']);
  const [first, ...rest] = lost;
  if (first === undefined) throw new Error('nothing was lost');
  await expectRight(site().eventStore.append('keyring-acme', from + 1, [first, ...rest]));
  expect(await leftOf(await startCold(site(), 'r5'))).toMatchObject(damaged);
  const end = await expectRight((await cold(site())).unsealedEnd(site().as()));
  expect(end).toMatchObject({
    from: from + 1,
    events: [{ isCopy: false }, { isCopy: true }, { isCopy: true }],
  });
  expect(await disown(site(), from + 1, true)).toMatchObject({ lossToAccept: false });
  await expectRight(await startCold(site(), 'r5'));
  expect(await findings(site())).toEqual([]);
});
