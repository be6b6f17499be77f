import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import { longRuns } from '@keyturn/testbed/sampling';
import fc from 'fast-check';
import { makeHistorian } from '../historian';
import { appendJunk, JUNK, type Junk } from '../testSupport/junk';
import { leftOf } from '../testSupport/leftOf';
import { freshSite } from '../testSupport/site';
import { openKeyturnOnDisk, type KeyturnOnDisk } from '../testSupport/keyturnOnDisk';
import { eventTypes, storedEvents } from '../testSupport/stream';
import { cold, secretsOf, twoKeys } from '../testSupport/twoWorkspaces';

const site = freshSite();
const SUPPORT = { kind: 'support', id: 'grace' } as const;
const damaged = { code: 'log-damaged' };

/** What stands in the keyring, by the events alone: for a service, and for whoever has no vault. */
const told = async (on: KeyturnOnDisk) => {
  const { keyturn, as, eventStore } = on;
  const { history } = makeHistorian({ eventStore, authorize: () => Promise.resolve(true) });
  const both = [await expectRight(keyturn.history(as())), await expectRight(history(as()))];
  return both.map(({ keys, workspaceDefault, openRuns }) => ({ keys, workspaceDefault, openRuns }));
};

const startOfJunk = async (on: KeyturnOnDisk): Promise<number> =>
  (await expectRight(on.keyturn.unsealedEnd(on.as())))?.from ?? -1;

const disown = async (on: KeyturnOnDisk) =>
  expectRight(on.keyturn.disownEvents(on.as({ actor: SUPPORT }), { from: await startOfJunk(on) }));

/** Resumes a run that is older than what was disowned; again when it has ended: its pin is looked for backwards. */
const resumedTwice = async ({ keyturn, as }: KeyturnOnDisk, runId: string): Promise<void> => {
  const resume = () => keyturn.resumeRun(as({ commandId: 'resume-1' }), { runId });
  const { keyId } = await expectRight(resume());
  await expectRight(keyturn.finishRun(as(), { runId }));
  expect(await expectRight(resume())).toMatchObject({ runId, keyId });
};

describe('events at the end that nobody sealed', () => {
  test('whatever they are: they stop the workspace, are disowned, and count for nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Junk>(...JUNK), { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom<Junk>(...JUNK), { maxLength: 3 }),
        async (first, second) => {
          const on = await openKeyturnOnDisk({});
          try {
            await twoKeys(on);
            const before = await told(on);
            const { length } = await storedEvents(on.eventStore);
            for (const junk of [first, second]) {
              if (junk.length === 0) continue;
              await appendJunk(on.eventStore, junk);
              expect(await leftOf(on.keyturn.startRun(on.as(), { runId: 'r1' }))).toMatchObject(damaged);
              expect(await leftOf((await cold(on)).history(on.as()))).toMatchObject(damaged);
              const { from, to, lossToAccept } = await disown(on);
              expect([to - from + 1, lossToAccept]).toEqual([junk.length, false]);
              expect(await told(on)).toEqual(before);
            }
            expect((await storedEvents(on.eventStore)).length).toBe(
              length + first.length + 1 + (second.length === 0 ? 0 : second.length + 1),
            );
            await expectRight(on.keyturn.startRun(on.as(), { runId: 'r1' }));
            await expectRight(on.keyturn.finishRun(on.as(), { runId: 'r1', outcome: 'succeeded' }));
            await expectRight((await cold(on)).startRun(on.as(), { runId: 'r2' }));
            await on.keyturn.settled();
            expect(
              (await expectRight(on.keyturn.verify({ actor: SUPPORT, workspaceId: null }))).findings,
            ).toEqual([]);
          } finally {
            await on.close();
          }
        },
      ),
      { numRuns: longRuns(12) },
    );
  });

  test('more of them than a page has', async () => {
    await twoKeys(site());
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'r0' }));
    await appendJunk(
      site().eventStore,
      Array.from({ length: 1_020 }, (_, n): Junk => (n % 2 === 0 ? 'sealed' : 'foreign')),
    );
    expect(await leftOf(site().keyturn.startRun(site().as(), { runId: 'r1' }))).toMatchObject(damaged);
    const end = await expectRight(site().keyturn.unsealedEnd(site().as()));
    expect(end?.events).toHaveLength(20);
    await disown(site());
    await expectRight((await cold(site())).startRun(site().as(), { runId: 'r1' }));
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'r2' }));
    await resumedTwice(site(), 'r0');
  });

  test('are passed over by who looks backwards, too', async () => {
    await twoKeys(site());
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'r1' }));
    await appendJunk(site().eventStore, ['copy', 'chained', 'foreign']);
    await disown(site());
    await resumedTwice(site(), 'r1');
  });

  test('are told before they are disowned, and only from where they begin', async () => {
    await twoKeys(site());
    const { length } = await storedEvents(site().eventStore);
    await appendJunk(site().eventStore, ['foreign', 'copy']);
    const types = await eventTypes(site().eventStore);
    expect(await expectRight(site().keyturn.unsealedEnd(site().as()))).toMatchObject({
      from: length,
      to: length + 1,
      events: [{ revision: length, type: 'InvoiceSent' }, { revision: length + 1 }],
    });
    const { disownEvents, foresee } = site().keyturn;
    const { events } = await expectRight(foresee.disownEvents(site().as(), { from: length }));
    expect(events).toMatchObject([{ type: 'EventsDisowned', data: { from: length, to: length + 1 } }]);
    for (const from of [length - 1, length + 1]) {
      expect(await leftOf(disownEvents(site().as(), { from }))).toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining(String(length)),
      });
    }
    expect(await eventTypes(site().eventStore)).toEqual(types);
  });

  test('are no more than what a seal lies over: of a log that is whole there is nothing to disown', async () => {
    await twoKeys(site());
    const { disownEvents, unsealedEnd } = site().keyturn;
    expect(await leftOf(disownEvents(site().as(), { from: 3 }))).toMatchObject({ code: 'nothing-to-disown' });
    expect(await expectRight(unsealedEnd(site().as()))).toBeNull();
    const events = openSqlite(site().eventsFile);
    events.prepare(`UPDATE events SET data = '{}' WHERE revision = 1`).run();
    events.close();
    expect(await leftOf(disownEvents(site().as(), { from: 0 }))).toMatchObject(damaged);
    await appendJunk(site().eventStore, ['sealed']);
    expect(await expectRight(unsealedEnd(site().as()))).toMatchObject({ from: 0, isHonestInPart: true });
    expect(await leftOf(disownEvents(site().as(), { from: 0 }))).toMatchObject(damaged);
  });

  test('are disowned by the vault’s word alone: nobody else’s counts', async () => {
    const { one } = await twoKeys(site());
    await appendJunk(site().eventStore, ['disowning']);
    const keyturn = await cold(site());
    expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).toMatchObject(damaged);
    expect(await secretsOf(site(), 'acme')).toContain(one.key.keyId);
  });

  test('that are changed later are damage, and are taken out of a store that lets them', async () => {
    await twoKeys(site());
    await appendJunk(site().eventStore, ['foreign', 'foreign']);
    const { from } = await disown(site());
    const events = openSqlite(site().eventsFile);
    events.prepare(`UPDATE events SET data = '{"total":2}' WHERE revision = ?`).run(from);
    const verified = async () =>
      (await expectRight(site().keyturn.verify({ actor: SUPPORT, workspaceId: null }))).findings;
    expect(await verified()).toMatchObject([{ kind: 'log-damaged', revision: from }]);
    events.prepare(`DELETE FROM events WHERE type = 'InvoiceSent'`).run();
    events.close();
    expect(await verified()).toEqual([]);
    await expectRight((await cold(site())).startRun(site().as(), { runId: 'r2' }));
  });
});

test('an end that the vault knows, changed: disowned, and its loss accepted', async () => {
  const { one, two } = await twoKeys(site());
  const deletion = { keyId: one.key.keyId, caseId: 'C-1', successor: two.key.keyId };
  await expectRight(site().keyturn.hardDeleteKey(site().as(), deletion));
  await site().keyturn.settled();
  const events = openSqlite(site().eventsFile);
  events.prepare(`UPDATE events SET data = replace(data, '1', '2') WHERE type = 'KeySecretDestroyed'`).run();
  events.close();
  const keyturn = await cold(site());
  expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).toMatchObject(damaged);
  const end = await expectRight(keyturn.unsealedEnd(site().as()));
  const disowned = await expectRight(keyturn.disownEvents(site().as(), { from: end?.from ?? -1 }));
  expect(disowned.lossToAccept).toBe(true);
  const behind = { code: 'event-store-behind' };
  expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).toMatchObject(behind);
  expect(await leftOf((await cold(site())).startRun(site().as(), { runId: 'r1' }))).toMatchObject(behind);
  await expectRight(keyturn.acceptLog(site().as(), { successor: two.key.keyId }));
  const pin = await expectRight((await cold(site())).startRun(site().as(), { runId: 'r1' }));
  expect(pin.keyId).toBe(two.key.keyId);
  // This one has the lost end in its memory.
  await expectRight(site().keyturn.startRun(site().as(), { runId: 'r2' }));
  expect(await secretsOf(site(), 'acme')).toEqual([two.key.keyId]);
});
