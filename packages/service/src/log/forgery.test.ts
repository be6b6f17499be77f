import { describe, expect, test } from '@jest/globals';
import { chainAfter, linkOf, withLink, type EventStore, type RecordedEvent } from '@keyturn/event-store';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { leftOf } from '../testSupport/leftOf';
import { freshSite } from '../testSupport/site';
import { appendSealed, eventTypes, storedEvents } from '../testSupport/stream';
import { cold, secretsOf, twoKeys } from '../testSupport/twoWorkspaces';

const site = freshSite();
const SUPPORT = { kind: 'support', id: 'grace' } as const;

/** What somebody does who can write the event store, and has nothing of the vault. */
const forge = (statement: string, ...values: ReadonlyArray<string | number>): void => {
  const file = openSqlite(site().eventsFile);
  file.prepare(statement).run(...values);
  file.close();
};

const OF_ACME = "stream_id = (SELECT id FROM streams WHERE name = 'keyring-acme')";

const hardDeleteOf = (keyId: string): string =>
  JSON.stringify({ keyId, cause: 'emergency', reason: 'leak', caseId: 'C1', interruptedRuns: [] });

const damaged = (revision: number) => ({
  _tag: 'ServiceFault',
  code: 'log-damaged',
  message: expect.stringMatching(new RegExp(`workspace acme .*event ${revision} of stream keyring-acme`)),
});

/** That acme is stopped, that nothing of it is destroyed, and that beta goes on. */
const expectOnlyAcmeStops = async (fault: object): Promise<void> => {
  const before = await secretsOf(site(), 'acme');
  const keyturn = await cold(site());
  expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).toMatchObject(fault);
  expect(await leftOf(keyturn.history(site().as()))).toMatchObject(fault);
  const swept = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
  expect(swept.repairs).toEqual([]);
  expect(swept.pending).toMatchObject([{ workspaceId: 'acme', kind: 'workspace' }]);
  expect(await secretsOf(site(), 'acme')).toEqual(before);
  await expectRight(keyturn.startRun(site().as({ workspaceId: 'beta' }), { runId: 'r1' }));
};

/** The events of acme with one changed, chained anew from there as a forger can, who has no log key. */
const rechained = (events: ReadonlyArray<RecordedEvent>, change: (event: RecordedEvent) => RecordedEvent) => {
  let chain: Uint8Array | null = null;
  return events.map((event) => {
    const changed = change(event);
    const link = linkOf(changed.metadata);
    if (link === null) throw new Error('no link');
    const before = chain ?? linkOf(events[event.revision - 1]?.metadata ?? '')?.chain ?? null;
    if (before === null) return event;
    chain = chainAfter(before, { ...changed, rest: link.rest });
    return { ...changed, metadata: withLink({ rest: link.rest, chain, seal: link.seal }) };
  });
};

describe('an event that nobody sealed', () => {
  test('I-4: a forged hard delete at the end destroys nothing', async () => {
    const { two } = await twoKeys(site());
    const events = await storedEvents(site().eventStore);
    forge(
      `INSERT INTO events (stream_id, revision, event_id, type, data, metadata, recorded_at)
       SELECT stream_id, revision + 1, 'f0000000-0000-4000-8000-000000000001', 'KeyHardDeleted', ?, metadata,
         recorded_at
       FROM events WHERE ${OF_ACME} ORDER BY revision DESC LIMIT 1`,
      hardDeleteOf(two.key.keyId),
    );
    await expectOnlyAcmeStops(damaged(events.length));
  });

  test('I-4: nor does one with the chain computed anew', async () => {
    const { two } = await twoKeys(site());
    const events = await storedEvents(site().eventStore);
    const forger = { sealChain: () => ({ seal: Buffer.alloc(32, 9), sealKey: 1 }) };
    const last = events.at(-1);
    const metadata = linkOf(last?.metadata ?? '')?.rest ?? '';
    await appendSealed(site().eventStore, forger, [
      { type: 'KeyHardDeleted', data: hardDeleteOf(two.key.keyId), metadata },
    ]);
    await expectOnlyAcmeStops(damaged(events.length));
  });

  test('I-6: an edited actor stops the workspace', async () => {
    await twoKeys(site());
    forge(
      `UPDATE events SET metadata = replace(metadata, '"id":"ada"', '"id":"mallory"')
       WHERE revision = 1 AND ${OF_ACME}`,
    );
    await expectOnlyAcmeStops(damaged(1));
  });

  test('I-6: and so does one with the whole chain computed anew', async () => {
    await twoKeys(site());
    const events = await storedEvents(site().eventStore);
    const forged = rechained(events, (event) =>
      event.revision === 1
        ? { ...event, metadata: event.metadata.replace('"id":"ada"', '"id":"mallory"') }
        : event,
    );
    for (const { id, metadata } of forged)
      forge('UPDATE events SET metadata = ? WHERE event_id = ?', metadata, id);
    await expectOnlyAcmeStops({ code: expect.stringMatching(/log-damaged/) });
  });

  test('I-5: a removed event stops the workspace', async () => {
    await twoKeys(site());
    forge(`DELETE FROM events WHERE revision = 2 AND ${OF_ACME}`);
    await expectOnlyAcmeStops(damaged(3));
  });

  test('I-45: the end of the stream cut off is told, though the rest is whole and sealed', async () => {
    await twoKeys(site());
    forge(`DELETE FROM events WHERE revision > 3 AND ${OF_ACME}`);
    await expectOnlyAcmeStops({ code: 'event-store-behind' });
  });

  test('I-7: events of acme under the name of another workspace are that stream’s damage', async () => {
    await twoKeys(site());
    const [first, ...rest] = await storedEvents(site().eventStore);
    if (first === undefined) throw new Error('no events');
    await expectRight(site().eventStore.append('keyring-gamma', 'no-stream', [first, ...rest]));
    const keyturn = await cold(site());
    const gamma = keyturn.startRun(site().as({ workspaceId: 'gamma' }), { runId: 'r1' });
    expect(await leftOf(gamma)).toMatchObject({
      code: 'log-damaged',
      message: expect.stringContaining('keyring-gamma'),
    });
    await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
  });
});

test('I-46: a secret does not go out on an event that was acknowledged and is not there', async () => {
  await twoKeys(site());
  const types = await eventTypes(site().eventStore);
  const store = site().eventStore;
  // An acknowledgement for nothing: what a swallowed insert, or a proxy that lies, comes to.
  const lying: EventStore = {
    ...store,
    append: (stream, expected, events) => async () => {
      if (events.some(({ type }) => type === 'RunKeyPinned')) {
        return E.right({ revision: Number(expected) + events.length, position: 1n });
      }
      return store.append(stream, expected, events)();
    },
  };
  const keyturn = site().another({ eventStore: lying });
  let opened = 0;
  const release = keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, () => async () => {
    opened += 1;
    return E.right(undefined);
  });
  expect(await leftOf(release)).toMatchObject({ code: 'event-store-behind' });
  expect(opened).toBe(0);
  expect(await eventTypes(store)).toEqual(types);
});

test('a command that is sent again does nothing on a forged event of its first time', async () => {
  const { one, two } = await twoKeys(site());
  await expectRight(
    site().keyturn.startRun(site().as(), { runId: 'r1', choice: { kind: 'key', keyId: one.key.keyId } }),
  );
  const finish = () => site().keyturn.finishRun(site().as({ commandId: 'fin-1' }), { runId: 'r1' })();
  await finish();
  forge(
    `UPDATE events SET type = 'KeyHardDeleted', data = ? WHERE ${OF_ACME} AND type = 'RunKeyReleased'`,
    hardDeleteOf(two.key.keyId),
  );
  expect(await finish()).toMatchObject({ _tag: 'Left', left: { code: 'log-damaged' } });
  expect(await secretsOf(site(), 'acme')).toContain(two.key.keyId);
  expect(await expectRight(site().vault.removalsOf('acme'))).toEqual([]);
});

test('a secret does not go out on an event that was changed since', async () => {
  await twoKeys(site());
  const store = site().eventStore;
  const meddling: EventStore = {
    ...store,
    append: (stream, expected, events) => async () => {
      const appended = await store.append(stream, expected, events)();
      forge(
        `UPDATE events SET type = 'KeyTestCallStarted', data = '{}' WHERE ${OF_ACME} AND type = 'RunKeyPinned'`,
      );
      return appended;
    },
  };
  let opened = 0;
  const release = site()
    .another({ eventStore: meddling })
    .startRunWithSecret(site().as(), { runId: 'r1' }, () => async () => {
      opened += 1;
      return E.right(undefined);
    });
  expect(await leftOf(release)).toMatchObject({ code: 'log-damaged' });
  expect(opened).toBe(0);
});

test('an alarm is not forgotten by the process that raised it, nor by the vault', async () => {
  await twoKeys(site());
  const keyturn = site().another({ eventStore: await site().anotherStore() });
  await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
  forge(`DELETE FROM events WHERE ${OF_ACME} AND type = 'RunKeyPinned'`);
  const behind = { code: 'event-store-behind' };
  expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r2' }))).toMatchObject(behind);
  expect(await leftOf(keyturn.foresee.startRun(site().as(), { runId: 'r2' }))).toMatchObject(behind);
  await keyturn.settled();
  expect(await leftOf((await cold(site())).startRun(site().as(), { runId: 'r3' }))).toMatchObject(behind);
});
