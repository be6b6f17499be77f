import { describe, expect, test } from '@jest/globals';
import { decodeSnapshot, encodeSnapshot, SNAPSHOT_SCHEMA_VERSION } from '@keyturn/domain';
import {
  chainAfter,
  fromJsonText,
  linkOf,
  withLink,
  type EventStore,
  type RecordedEvent,
} from '@keyturn/event-store';
import { openSqlite } from '@keyturn/sqlite';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { appendSealed, eventTypes, storedEvents } from '../testSupport/stream';
import { packSnapshot, unpackSnapshot } from './snapshotPacking';

const site = freshSite();
const SUPPORT = { kind: 'support', id: 'grace' } as const;

/** What somebody does who can write the event store, and has nothing of the vault. */
const forge = (statement: string, ...values: ReadonlyArray<string | number>): void => {
  const file = openSqlite(site().eventsFile);
  file.prepare(statement).run(...values);
  file.close();
};

/** A service as after a start, on the same files. */
const cold = async (warnings: Array<readonly [object, string]> = []) =>
  site().another({
    eventStore: await site().anotherStore(),
    vault: await site().anotherVault(),
    log: { info: () => undefined, warn: (facts, message) => void warnings.push([facts, message]) },
  });

const OF_ACME = "stream_id = (SELECT id FROM streams WHERE name = 'keyring-acme')";

const hardDeleteOf = (keyId: string): string =>
  JSON.stringify({ keyId, cause: 'emergency', reason: 'leak', caseId: 'C1', interruptedRuns: [] });

const secretsOf = async (workspaceId: string): Promise<ReadonlyArray<string>> =>
  (await expectRight(site().vault.rowsOf(workspaceId)))
    .filter(({ state }) => state === 'live')
    .map(({ keyId }) => keyId);

const twoKeys = async () => {
  const [one, two] = [await addedKey(site()), await addedKey(site(), 'openai')];
  await expectRight(
    site().keyturn.addKey(site().as({ workspaceId: 'beta' }), { vendor: 'anthropic', pasted: one.pasted }),
  );
  await site().keyturn.settled();
  return { one, two };
};

const damaged = (revision: number) => ({
  _tag: 'ServiceFault',
  code: 'log-damaged',
  message: expect.stringMatching(new RegExp(`workspace acme .*event ${revision} of stream keyring-acme`)),
});

/** That acme is stopped, that nothing of it is destroyed, and that beta goes on. */
const expectOnlyAcmeStops = async (fault: object): Promise<void> => {
  const before = await secretsOf('acme');
  const keyturn = await cold();
  expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).toMatchObject(fault);
  expect(await leftOf(keyturn.history(site().as()))).toMatchObject(fault);
  const swept = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
  expect(swept.repairs).toEqual([]);
  expect(swept.pending).toMatchObject([{ workspaceId: 'acme', kind: 'workspace' }]);
  expect(await secretsOf('acme')).toEqual(before);
  await expectRight(keyturn.startRun(site().as({ workspaceId: 'beta' }), { runId: 'r1' }));
};

describe('a forged snapshot', () => {
  /** Puts a snapshot of the stream into the store, after a change, with a seal of nobody. */
  const snapshot = async (change: (state: Record<string, unknown>) => void): Promise<void> => {
    const { store, state, revision, chain } = await foldedNow();
    change(state);
    const text = packSnapshot(state);
    if (text === null) throw new Error('too large');
    const seal = { seal: Buffer.alloc(32, 7), sealKey: 1 };
    await expectRight(
      store.saveSnapshot('keyring-acme', {
        revision,
        schemaVersion: SNAPSHOT_SCHEMA_VERSION,
        data: withLink({ rest: text, chain, seal }),
      }),
    );
  };

  /** The keyring's own snapshot, as the domain writes it. */
  const foldedNow = async () => {
    const store: EventStore = site().eventStore;
    const events = await storedEvents(store);
    const last = events.at(-1);
    const link = last === undefined ? null : linkOf(last.metadata);
    if (last === undefined || link === null) throw new Error('no events');
    const { defaultDecider, decodeEvent } = await import('@keyturn/domain');
    const enveloped = events.map((event) => {
      const read = decodeEvent(event);
      if (E.isLeft(read)) throw read.left;
      return read.right;
    });
    const state = JSON.parse(
      JSON.stringify(encodeSnapshot(defaultDecider.replay(defaultDecider.initialState, enveloped))),
    ) as Record<string, unknown>;
    return { store, state, revision: last.revision, chain: link.chain };
  };

  const keysOf = (state: Record<string, unknown>) => state['keys'] as Array<Record<string, unknown>>;

  test('I-1: destroys nothing: it is ignored, and a warning says so', async () => {
    const { one, two } = await twoKeys();
    await snapshot((state) => {
      for (const key of keysOf(state)) Object.assign(key, { status: 'hard-deleted', destroyed: true });
      Object.assign(state, { listedKeyIds: [], workspaceDefault: null });
    });
    const warnings: Array<readonly [object, string]> = [];
    const keyturn = await cold(warnings);
    const swept = await expectRight(keyturn.sweep({ actor: SUPPORT, graceMs: 0 }));
    expect(swept).toMatchObject({ repairs: [], pending: [] });
    expect([...(await secretsOf('acme'))].sort()).toEqual([one.key.keyId, two.key.keyId].sort());
    expect(warnings).toContainEqual([
      expect.objectContaining({ workspaceId: 'acme' }),
      'snapshot ignored: its seal does not fit',
    ]);
  });

  test('I-2: moves no Default', async () => {
    const { one, two } = await twoKeys();
    await snapshot((state) => Object.assign(state, { workspaceDefault: two.key.keyId }));
    const pin = await expectRight((await cold()).startRun(site().as(), { runId: 'r1' }));
    expect(pin.keyId).toBe(one.key.keyId);
  });

  test('I-3: forgets no leak', async () => {
    const { one, two } = await twoKeys();
    const request = { keyId: one.key.keyId, caseId: 'C1', successor: two.key.keyId };
    await expectRight(site().keyturn.hardDeleteKey(site().as(), request));
    await snapshot((state) => Object.assign(state, { leakedFingerprints: [] }));
    const again = (await cold()).addKey(site().as(), { vendor: 'anthropic', pasted: one.pasted });
    expect(await leftOf(again)).toMatchObject({ code: 'fingerprint-leaked' });
  });

  test('as it was sealed by another key, or about another stream, revision or schema, is ignored', async () => {
    await twoKeys();
    const { store, state, revision, chain } = await foldedNow();
    const text = packSnapshot(state) ?? '';
    const sealed = { stream: 'keyring-acme', revision, schemaVersion: SNAPSHOT_SCHEMA_VERSION, chain, text };
    for (const change of [
      { stream: 'keyring-beta' },
      { revision: revision + 1 },
      { schemaVersion: SNAPSHOT_SCHEMA_VERSION + 1 },
    ]) {
      const seal = site().vault.sealSnapshot({ ...sealed, ...change });
      await expectRight(
        store.saveSnapshot('keyring-acme', {
          revision,
          schemaVersion: SNAPSHOT_SCHEMA_VERSION,
          data: withLink({ rest: text, chain, seal }),
        }),
      );
      const warnings: Array<readonly [object, string]> = [];
      await expectRight(
        (await cold(warnings)).startRun(site().as(), { runId: `r-${Object.keys(change)[0] ?? ''}` }),
      );
      expect(warnings.map(([, message]) => message)).toContain('snapshot ignored: its seal does not fit');
    }
    expect(decodeSnapshot(unpackSnapshot(text))).toMatchObject({ _tag: 'Right' });
    expect(fromJsonText(text)).toBeDefined();
  });
});

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
    const { two } = await twoKeys();
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
    const { two } = await twoKeys();
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
    await twoKeys();
    forge(
      `UPDATE events SET metadata = replace(metadata, '"id":"ada"', '"id":"mallory"')
       WHERE revision = 1 AND ${OF_ACME}`,
    );
    await expectOnlyAcmeStops(damaged(1));
  });

  test('I-6: and so does one with the whole chain computed anew', async () => {
    await twoKeys();
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
    await twoKeys();
    forge(`DELETE FROM events WHERE revision = 2 AND ${OF_ACME}`);
    await expectOnlyAcmeStops(damaged(3));
  });

  test('I-45: the end of the stream cut off is told, though the rest is whole and sealed', async () => {
    await twoKeys();
    forge(`DELETE FROM events WHERE revision > 3 AND ${OF_ACME}`);
    await expectOnlyAcmeStops({ code: 'event-store-behind' });
  });

  test('I-7: events of acme under the name of another workspace are that stream’s damage', async () => {
    await twoKeys();
    const [first, ...rest] = await storedEvents(site().eventStore);
    if (first === undefined) throw new Error('no events');
    await expectRight(site().eventStore.append('keyring-gamma', 'no-stream', [first, ...rest]));
    const keyturn = await cold();
    const gamma = keyturn.startRun(site().as({ workspaceId: 'gamma' }), { runId: 'r1' });
    expect(await leftOf(gamma)).toMatchObject({
      code: 'log-damaged',
      message: expect.stringContaining('keyring-gamma'),
    });
    await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
  });
});

test('I-46: a secret does not go out on an event that was acknowledged and is not there', async () => {
  await twoKeys();
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
  const { one, two } = await twoKeys();
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
  expect(await secretsOf('acme')).toContain(two.key.keyId);
  expect(await expectRight(site().vault.removalsOf('acme'))).toEqual([]);
});

test('a secret does not go out on an event that was changed since', async () => {
  await twoKeys();
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
  await twoKeys();
  const keyturn = site().another({ eventStore: await site().anotherStore() });
  await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
  forge(`DELETE FROM events WHERE ${OF_ACME} AND type = 'RunKeyPinned'`);
  const behind = { code: 'event-store-behind' };
  expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r2' }))).toMatchObject(behind);
  expect(await leftOf(keyturn.foresee.startRun(site().as(), { runId: 'r2' }))).toMatchObject(behind);
  await keyturn.settled();
  expect(await leftOf((await cold()).startRun(site().as(), { runId: 'r3' }))).toMatchObject(behind);
});
