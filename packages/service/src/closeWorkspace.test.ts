import { describe, expect, test } from '@jest/globals';
import { CASE_RULE } from '@keyturn/domain';
import { brokenInvariants } from '@keyturn/domain/invariants';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { VaultFault } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';
import type { Keyturn } from './keyturn';
import { intercepted } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { eventTypes, historyOf } from './testSupport/stream';
import { swept } from './testSupport/sweeping';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();
const CASE = { caseId: 'LEFT-3' };

/** Three keys, one of them retired, one a project's Default, and a run on each of two. */
const furnished = async (): Promise<ReadonlyArray<string>> => {
  const { keyturn, as } = site();
  const keys = [];
  for (let n = 0; n < 3; n += 1) keys.push((await addedKey(site())).key.keyId);
  const [first = '', second = '', third = ''] = keys;
  await expectRight(keyturn.setDefault(as(), { keyId: second, projectId: 'docs' }));
  await expectRight(keyturn.startRun(as(), { runId: 'r1' }));
  await expectRight(keyturn.startRun(as(), { runId: 'r3', choice: { kind: 'key', keyId: third } }));
  await expectRight(keyturn.deleteKey(as(), { keyId: third }));
  return [third, second, first];
};

const rowsLeft = async (): Promise<ReadonlyArray<unknown>> =>
  (await expectRight(site().vault.rowsOf('acme'))).filter(({ state }) => state !== 'data-key-only');

describe('closing a workspace', () => {
  test('destroys every key, tells which with the receipts, and which runs that interrupted', async () => {
    const order = await furnished();
    const { keyturn, as, eventStore } = site();
    const closing = await expectRight(keyturn.closeWorkspace(as(), CASE));
    expect(closing).toMatchObject({ workspaceId: 'acme', changed: true, caseId: 'LEFT-3' });
    expect(closing.keys.map(({ key }) => key.keyId)).toEqual(order);
    expect(closing.keys.map(({ interruptedRuns }) => interruptedRuns)).toEqual([['r3'], [], ['r1']]);
    for (const { state, reason, receipt, key } of closing.keys) {
      expect({ state, reason, status: key.status }).toEqual({
        state: 'confirmed',
        reason: null,
        status: 'hard-deleted',
      });
      expect(receipt).toMatchObject({ secretsDestroyed: expect.any(Number), method: expect.any(String) });
    }
    expect(await rowsLeft()).toEqual([]);
    expect(brokenInvariants(await historyOf(eventStore))).toEqual([]);
  });

  test('shreds them together: once, however many there are', async () => {
    await furnished();
    const watch: VaultWatch = { calls: [] };
    const keyturn = site().another({ vault: watchedVault(site().vault, watch) });
    await expectRight(keyturn.closeWorkspace(site().as(), CASE));
    expect(watch.calls.filter((call) => call.startsWith('shred'))).toHaveLength(1);
  });

  test('says what a case may be where it is none', async () => {
    const refused = await leftOf(site().keyturn.closeWorkspace(site().as(), { caseId: 'no case' }));
    expect(refused).toMatchObject({ code: 'invalid-input', facts: { field: 'caseId', rule: CASE_RULE } });
  });

  test('again, by whoever and under whichever case, is told what came of it and changes nothing', async () => {
    await furnished();
    const { keyturn, as, eventStore } = site();
    const first = await expectRight(keyturn.closeWorkspace(as(), CASE));
    const events = (await eventTypes(eventStore)).length;
    const again = await expectRight(
      site()
        .another()
        .closeWorkspace(as({ actor: { kind: 'support', id: 'grace' } }), { caseId: 'LATER-1' }),
    );
    expect(again).toMatchObject({ changed: false, caseId: 'LEFT-3', closedAt: first.closedAt });
    expect(again.keys).toEqual(first.keys);
    expect(await eventTypes(eventStore)).toHaveLength(events);
  });

  test('refuses keys, runs and test calls from then on, and leaves no row of an add that came too late', async () => {
    await furnished();
    const { keyturn, as, sandbox } = site();
    await expectRight(keyturn.closeWorkspace(as(), CASE));
    const calls = sandbox.calls.length;
    const pasted = sandbox.issueKey('anthropic');
    const refused = [
      keyturn.addKey(as(), { vendor: 'anthropic', pasted }),
      keyturn.startRun(as(), { runId: 'r9' }),
      keyturn.startRunWithSecret(as(), { runId: 'r8' }, () => TE.right(null)),
      keyturn.resumeRun(as(), { runId: 'r1' }),
      keyturn.foresee.addKey(as(), { vendor: 'anthropic', pasted }),
    ];
    for (const act of refused) {
      expect(await leftOf(act)).toMatchObject({ code: 'workspace-closed', facts: { caseId: 'LEFT-3' } });
    }
    expect(sandbox.calls).toHaveLength(calls);
    expect(await rowsLeft()).toEqual([]);
    await expectRight(keyturn.finishRun(as(), { runId: 'r1' }));
  });

  test('refuses a name that no event names, and founds no workspace by it', async () => {
    await furnished();
    const { keyturn, as, eventStore } = site();
    expect(await leftOf(keyturn.closeWorkspace(as({ workspaceId: 'acmee' }), CASE))).toMatchObject({
      code: 'unknown-workspace',
      facts: { workspaceId: 'acmee' },
    });
    expect(await eventTypes(eventStore, 'acmee')).toEqual([]);
  });

  test('only foreseen says the same hard deletes, and does nothing', async () => {
    const order = await furnished();
    const { keyturn, as, eventStore } = site();
    const before = await eventTypes(eventStore);
    const { events } = await expectRight(keyturn.foresee.closeWorkspace(as(), CASE));
    expect(events[0]).toEqual({ type: 'WorkspaceClosed', data: { caseId: 'LEFT-3', keys: 3, openRuns: 2 } });
    const gone = events.flatMap((event) => (event.type === 'KeyHardDeleted' ? [event.data.keyId] : []));
    expect(gone).toEqual(order);
    expect(await eventTypes(eventStore)).toEqual(before);
    await expectRight(keyturn.closeWorkspace(as(), CASE));
    expect(await expectRight(keyturn.foresee.closeWorkspace(as(), CASE))).toMatchObject({ events: [] });
  });

  test('says what is pending and why, and the same again ends it', async () => {
    await furnished();
    let busy = true;
    const watch: VaultWatch = {
      calls: [],
      before: (call) =>
        Promise.resolve(
          call === 'shred' && busy ? new VaultFault('shred-incomplete', 'Another process reads it.') : null,
        ),
    };
    const keyturn = site().another({ vault: watchedVault(site().vault, watch) });
    const pending = await expectRight(keyturn.closeWorkspace(site().as(), CASE));
    expect(pending.keys.map(({ state, reason, receipt }) => ({ state, reason, receipt }))).toEqual(
      Array(3).fill({ state: 'pending', reason: 'Another process reads it.', receipt: null }),
    );
    busy = false;
    const ended = await expectRight(keyturn.closeWorkspace(site().as(), CASE));
    expect(ended.keys.map(({ state }) => state)).toEqual(Array(3).fill('confirmed'));
  });
});

/** A service whose n-th append of a type is cut off, and every one after it: as if it were killed there. */
const killedAt = (type: string, nth: number): Keyturn => {
  let seen = 0;
  return site().another({
    eventStore: intercepted(site().eventStore, {
      append: (next, stream, expected, events) => {
        if (events.some((event) => event.type === type)) seen += 1;
        return seen >= nth
          ? TE.left(new StoreFault('unavailable', 'The process was killed here.'))
          : next(stream, expected, events);
      },
    }),
  });
};

describe('the secret of a key that was hard-deleted by other words', () => {
  const failing = (busy: () => boolean): Keyturn => {
    const incomplete = new VaultFault('shred-incomplete', 'Another process reads it.');
    const before: VaultWatch['before'] = (call) =>
      Promise.resolve(call === 'shred' && busy() ? incomplete : null);
    return site().another({ vault: watchedVault(site().vault, { calls: [], before }) });
  };

  test('before the closing is told of, too, as long as it is not proven gone, and afterwards', async () => {
    let busy = true;
    const keyturn = failing(() => busy);
    const { as } = site();
    const { keyId } = (await addedKey(site())).key;
    await expectRight(keyturn.hardDeleteKey(as(), { keyId, caseId: 'LEAK-1' }));
    const pending = await expectRight(keyturn.closeWorkspace(as(), CASE));
    expect(pending.keys).toMatchObject([
      { key: { keyId }, interruptedRuns: [], state: 'pending', reason: 'Another process reads it.' },
    ]);
    busy = false;
    const ended = await expectRight(keyturn.closeWorkspace(as(), CASE));
    expect(ended.keys).toMatchObject([{ key: { keyId }, state: 'confirmed', reason: null }]);
    expect((await expectRight(keyturn.closeWorkspace(as(), CASE))).keys).toEqual(ended.keys);
  });

  test('between the closing and its hard deletes is told of with the others', async () => {
    const { as } = site();
    const { keyId } = (await addedKey(site())).key;
    await expectRight(site().keyturn.startRun(as(), { runId: 'r1' }));
    await expectRight(site().keyturn.deleteKey(as(), { keyId, leaveEmpty: true }));
    await killedAt('KeyHardDeleted', 1).closeWorkspace(as(), CASE)();
    await expectRight(failing(() => true).finishRun(as(), { runId: 'r1' }));
    const closing = await expectRight(failing(() => true).closeWorkspace(as(), CASE));
    expect(closing.keys).toMatchObject([{ key: { keyId }, state: 'pending' }]);
  });
});

test('a run that was pinned before gets no secret once the closing is in the log, hard deletes or none', async () => {
  await addedKey(site());
  const { as, eventStore } = site();
  let pinned = false;
  const keyturn = site().another({
    eventStore: intercepted(eventStore, {
      append: (next, stream, expected, events) => {
        pinned ||= events.some(({ type }) => type === 'RunKeyPinned');
        return next(stream, expected, events);
      },
      readStream:
        (next, ...args) =>
        async () => {
          if (pinned) await killedAt('KeyHardDeleted', 1).closeWorkspace(as(), CASE)();
          pinned = false;
          return next(...args)();
        },
    }),
  });
  let handedOut = 0;
  const released = keyturn.startRunWithSecret(as(), { runId: 'r1' }, () => {
    handedOut += 1;
    return TE.right(null);
  });
  expect(await leftOf(released)).toMatchObject({ code: 'workspace-closed', facts: { caseId: 'LEFT-3' } });
  expect(handedOut).toBe(0);
  expect(await eventTypes(eventStore)).not.toContain('KeyHardDeleted');
});

describe('a closing that was cut off', () => {
  const KEYS_GONE = ['KeyHardDeleted', 'KeyHardDeleted', 'KeyHardDeleted'];

  test.each([
    ['before its hard deletes', 'KeyHardDeleted', ['WorkspaceClosed']],
    ['before their proof', 'KeySecretDestroyed', ['WorkspaceClosed', ...KEYS_GONE]],
  ])('%s is taken up by the sweep of any process', async (_, type, recorded) => {
    const order = await furnished();
    const { as, eventStore } = site();
    const before = (await eventTypes(eventStore)).length;
    await killedAt(type, 1).closeWorkspace(as(), CASE)();
    const since = (await eventTypes(eventStore)).slice(before).filter((one) => one !== 'DefaultChanged');
    expect(since).toEqual(recorded);
    expect(await leftOf(site().another().startRun(as(), { runId: 'r9' }))).toMatchObject({
      code: 'workspace-closed',
    });

    const sweeper = site().another();
    const dry = await swept(site(), { dryRun: true }, sweeper);
    expect(dry.repairs.filter(({ keyId }) => order.includes(keyId ?? ''))).toHaveLength(3);
    const report = await swept(site(), {}, sweeper);
    expect(report.pending).toEqual([]);
    expect(report.repairs.map(({ keyId }) => keyId).sort()).toEqual([...order].sort());
    expect(await rowsLeft()).toEqual([]);
    expect(await swept(site(), {}, sweeper)).toMatchObject({ repairs: [], pending: [] });
    const { keys } = await expectRight(site().keyturn.closeWorkspace(as(), CASE));
    expect(keys.map(({ state }) => state)).toEqual(Array(3).fill('confirmed'));
    expect(brokenInvariants(await historyOf(eventStore))).toEqual([]);
  });

  test('is taken up by the same call again, too, and by several processes at once', async () => {
    await furnished();
    const { as, eventStore } = site();
    await killedAt('KeyHardDeleted', 1).closeWorkspace(as({ commandId: 'close-1' }), CASE)();
    const closings = await Promise.all(
      [1, 2, 3].map(async () => {
        const keyturn = site().another({ eventStore: await site().anotherStore() });
        return expectRight(keyturn.closeWorkspace(as({ commandId: 'close-1' }), CASE));
      }),
    );
    for (const { keys } of closings) expect(keys).toHaveLength(3);
    const gone = (await eventTypes(eventStore)).filter((type) => type === 'KeyHardDeleted');
    expect(gone).toEqual(KEYS_GONE);
    expect(await swept(site())).toMatchObject({ repairs: [], pending: [] });
    expect(await rowsLeft()).toEqual([]);
  });
});
