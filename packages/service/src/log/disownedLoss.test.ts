import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import { rotateMasterKey } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { appendJunk } from '../testSupport/junk';
import type { KeyturnOnDisk } from '../testSupport/keyturnOnDisk';
import { leftOf } from '../testSupport/leftOf';
import { freshSite } from '../testSupport/site';
import { storedEvents } from '../testSupport/stream';
import { cold, twoKeys } from '../testSupport/twoWorkspaces';
import { makeLogRenewal } from './logRenewal';

// Events that the vault knows of may lie among those that are disowned: then they are lost, and nothing may hide it.

const site = freshSite();
const SUPPORT = { kind: 'support', id: 'grace' } as const;
const behind = { code: 'event-store-behind' };
const damaged = { code: 'log-damaged' };

const ACME = "stream_id = (SELECT id FROM streams WHERE name = 'keyring-acme')";

const onEvents = (statement: string, ...values: ReadonlyArray<string | number>): void => {
  const events = openSqlite(site().eventsFile);
  events.prepare(statement).run(...values);
  events.close();
};

/** The data of the events from a revision on, changed by somebody, so that no seal lies over them. */
const spoil = (from: number): void =>
  onEvents(`UPDATE events SET data = data || ' ' WHERE ${ACME} AND revision >= ?`, from);

/** The first revision that is not there yet. */
const next = async (): Promise<number> => (await storedEvents(site().eventStore)).length;

/** Disowns what is unsealed, as a process that begins now. */
const disown = async (from: number) => {
  const keyturn = await cold(site());
  const disowned = await expectRight(keyturn.disownEvents(site().as({ actor: SUPPORT }), { from }));
  await keyturn.settled();
  return disowned;
};

const startCold = async (runId: string) => (await cold(site())).startRun(site().as(), { runId });

const findings = async () => {
  const report = await (await cold(site())).verify({ actor: SUPPORT, workspaceId: null })();
  return E.isRight(report) ? report.right.findings : [report.left];
};

/** One key is hard-deleted, which the vault knows; then the event that says so is spoilt, and disowned. */
const lostDeletion = async () => {
  const { one, two } = await twoKeys(site());
  const from = await next();
  const deletion = { keyId: one.key.keyId, caseId: 'C-1', successor: two.key.keyId };
  await expectRight(site().keyturn.hardDeleteKey(site().as(), deletion));
  await site().keyturn.settled();
  spoil(from);
  expect(await disown(from)).toMatchObject({ lossToAccept: true });
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
  expect(await leftOf(await startCold('r1'))).toMatchObject(behind);
  expect(await findings()).toContainEqual(
    expect.objectContaining({ kind: 'log-behind', workspaceId: 'acme' }),
  );
  const accepted = await expectRight(looking.acceptLog(site().as(), { successor }));
  expect(accepted.left).toBe(from - 1);
  expect(accepted.known).toBeGreaterThan(accepted.left);
  await looking.settled();
  expect((await expectRight(await startCold('r1'))).keyId).toBe(successor);
});

test('is not passed over by a process whose memory is older: nobody gets a key that was deleted', async () => {
  const { one, two } = await twoKeys(site());
  const older = await cold(site());
  await expectRight(older.startRun(site().as(), { runId: 'r0' }));
  await older.settled();
  const from = await next();
  const deletion = { keyId: one.key.keyId, caseId: 'C-1', successor: two.key.keyId };
  await expectRight(site().keyturn.hardDeleteKey(site().as(), deletion));
  await site().keyturn.settled();
  spoil(from);
  await disown(from);
  let opened = 0;
  const released = await older.startRunWithSecret(site().as(), { runId: 'r1' }, () => async () => {
    opened += 1;
    return E.right(undefined);
  })();
  expect([released, opened]).toMatchObject([{ _tag: 'Left', left: behind }, 0]);
  await older.settled();
  expect(await leftOf(await startCold('r2'))).toMatchObject(behind);
});

test('is known by the process that disowns, before the vault knows of it', async () => {
  await twoKeys(site());
  const from = await next();
  const keyturn = site().keyturn;
  await expectRight(keyturn.startRun(site().as(), { runId: 'r0' }));
  spoil(from);
  expect(await expectRight(keyturn.disownEvents(site().as(), { from }))).toMatchObject({
    lossToAccept: true,
  });
  await keyturn.settled();
  expect(await leftOf(await startCold('r1'))).toMatchObject(behind);
  await expectRight((await cold(site())).acceptLog(site().as(), {}));
  await expectRight(await startCold('r1'));
});

test('of which a snapshot alone knows is disowned with it', async () => {
  await twoKeys(site());
  const from = await next();
  const real = await site().anotherVault();
  const vault: typeof real = {
    ...real,
    keepWitnesses: (heads) => () => Promise.resolve(E.right(heads.map((head) => E.right(head)))),
  };
  const unwitnessed = site().another({ eventStore: await site().anotherStore(), vault });
  for (let n = 0; n < 1_100; n += 1) await expectRight(unwitnessed.startRun(site().as(), { runId: `r${n}` }));
  const kept = await expectRight(site().eventStore.loadSnapshot('keyring-acme'));
  expect(kept?.revision).toBeGreaterThan(from);
  spoil(from);
  expect(await disown(from)).toMatchObject({ lossToAccept: false });
  await expectRight(await startCold('again'));
}, 60_000);

test('put back into their place, events of another past still count for nothing', async () => {
  const { two, from } = await lostDeletion();
  const spoilt = await storedEvents(site().eventStore);
  await expectRight((await cold(site())).acceptLog(site().as(), { successor: two.key.keyId }));
  for (const { id, data } of spoilt.slice(from)) {
    if (data.endsWith(' ')) onEvents('UPDATE events SET data = ? WHERE event_id = ?', data.trimEnd(), id);
  }
  await expectRight(await startCold('r1'));
  expect(await findings()).toMatchObject([{ kind: 'disowned-differs' }]);
});

test('appended anew, events of another past are disowned with what stands before them', async () => {
  await twoKeys(site());
  await site().keyturn.settled();
  const from = await next();
  for (const runId of ['r1', 'r2', 'r3', 'r4'])
    await expectRight(site().keyturn.startRun(site().as(), { runId }));
  await site().keyturn.settled();
  const lost = (await storedEvents(site().eventStore)).slice(from + 2);
  onEvents(`DELETE FROM events WHERE ${ACME} AND revision >= ?`, from);
  await expectRight((await cold(site())).acceptLog(site().as(), {}));
  await appendJunk(site().eventStore, ['foreign']);
  const [first, ...rest] = lost;
  if (first === undefined) throw new Error('nothing was lost');
  await expectRight(site().eventStore.append('keyring-acme', from + 1, [first, ...rest]));
  expect(await leftOf(await startCold('r5'))).toMatchObject(damaged);
  const end = await expectRight((await cold(site())).unsealedEnd(site().as()));
  expect(end).toMatchObject({
    from: from + 1,
    events: [{ isCopy: false }, { isCopy: true }, { isCopy: true }],
  });
  expect(await disown(from + 1)).toMatchObject({ lossToAccept: false });
  await expectRight(await startCold('r5'));
  expect(await findings()).toEqual([]);
});

/** The master key was in wrong hands: the log goes over to another log key, and the old one is erased. */
const renewLogKey = async (on: KeyturnOnDisk): Promise<void> => {
  const directory = dirname(on.eventsFile);
  const rotated = rotateMasterKey({
    directory: join(directory, 'vault'),
    masterKey: { kind: 'file', path: join(directory, 'master-key') },
    compromised: true,
    renewLog:
      ({ to }) =>
      async () => {
        const vault = await on.anotherVault();
        await expectRight(makeLogRenewal({ eventStore: await on.anotherStore(), vault })(to));
        return E.right(undefined);
      },
  });
  await expectRight(rotated);
};

test('a log that ends before its key was renewed is honest: nothing of it is disowned', async () => {
  await twoKeys(site());
  await site().keyturn.settled();
  const from = await next();
  await renewLogKey(site());
  onEvents(`DELETE FROM events WHERE ${ACME} AND revision >= ?`, from);
  const keyturn = await cold(site());
  const end = await leftOf(keyturn.unsealedEnd(site().as()));
  expect(end).toMatchObject({ ...damaged, message: expect.stringContaining('newer events are missing') });
  expect(await leftOf(keyturn.disownEvents(site().as(), { from: 0 }))).toMatchObject(damaged);
  expect(await next()).toBe(from);
});

test('what was disowned stays so when the log key is renewed, and more is disowned behind it', async () => {
  await twoKeys(site());
  await appendJunk(site().eventStore, ['foreign', 'sealed', 'disowning']);
  await disown((await next()) - 3);
  await expectRight(await startCold('r0'));
  await renewLogKey(site());
  await appendJunk(site().eventStore, ['foreign', 'disowning']);
  await disown((await next()) - 2);
  await expectRight(await startCold('r1'));
  expect(await findings()).toEqual([]);
});
