import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { VaultFault, type VaultRow } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';
import { intercepted, type Interception } from '../testSupport/interceptedStore';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { eventTypes, historyOf } from '../testSupport/stream';
import { HOUR_MS, orphanIn, swept, withoutAppendsOf } from '../testSupport/sweeping';
import { watchedVault } from '../testSupport/watchedVault';

const site = freshSite();

const rowsOf = (workspaceId = 'acme') => expectRight(site().vault.rowsOf(workspaceId));

const opens = (runId: string) =>
  expectRight(site().keyturn.startRunWithSecret(site().as(), { runId }, (secret) => TE.right(secret.last4)));

describe('a sealed row that no event names', () => {
  test('is burned in the log, then shredded; its key id is never used again', async () => {
    const { key } = await addedKey(site());
    await orphanIn(site(), 'orphan-1');
    const report = await swept(site());
    const repair = { workspaceId: 'acme', kind: 'orphan', keyId: 'orphan-1', runId: null };
    expect(report).toEqual({ dryRun: false, workspaces: 1, repairs: [repair], pending: [] });
    expect((await rowsOf()).map(({ keyId }) => keyId)).toEqual([key.keyId]);
    const last = (await historyOf(site().eventStore)).at(-1);
    expect(last).toMatchObject({
      event: { type: 'KeyAddAbandoned', data: { keyId: 'orphan-1' } },
      envelope: { actor: { kind: 'system', id: 'keyturn' } },
    });
    expect(await swept(site())).toMatchObject({ repairs: [], pending: [] });
  });

  test('is found in a workspace that never had an event', async () => {
    await orphanIn(site(), 'orphan-1', 'empty');
    expect((await swept(site())).repairs).toMatchObject([{ workspaceId: 'empty', keyId: 'orphan-1' }]);
    expect(await rowsOf('empty')).toEqual([]);
    expect(await eventTypes(site().eventStore, 'empty')).toEqual(['KeyAddAbandoned']);
  });

  test('is left alone while it is young: an add may be under way', async () => {
    await orphanIn(site(), 'orphan-1');
    const report = await swept(site(), { graceMs: HOUR_MS });
    expect(report.repairs).toEqual([]);
    expect(report.pending).toMatchObject([{ kind: 'orphan', keyId: 'orphan-1', code: 'within-grace' }]);
    expect(await rowsOf()).toHaveLength(1);
    expect(await eventTypes(site().eventStore)).toEqual([]);
  });

  test('needs no grace once its key id is burned: a sweep was cut off before the shred', async () => {
    await orphanIn(site(), 'orphan-1');
    const vault = watchedVault(site().vault, {
      calls: [],
      before: (call) =>
        Promise.resolve(call === 'shred' ? new VaultFault('shred-incomplete', 'Somebody reads it.') : null),
    });
    const cutOff = await swept(site(), {}, site().another({ vault }));
    expect(cutOff.repairs).toEqual([]);
    expect(cutOff.pending).toMatchObject([{ kind: 'orphan', code: 'shred-incomplete' }]);
    expect((await swept(site(), { graceMs: HOUR_MS })).repairs).toMatchObject([{ keyId: 'orphan-1' }]);
    expect(await rowsOf()).toEqual([]);
    expect(await eventTypes(site().eventStore)).toEqual(['KeyAddAbandoned']);
  });

  test('of an add that is slower than the grace: the add is refused, and leaves nothing', async () => {
    const watch = {
      calls: [],
      before: async (call: string) => {
        if (call !== 'append') return null;
        await swept(site());
        return null;
      },
    };
    const by: Interception = {
      append: (next, stream, expected, events) => async () => {
        if (events.some(({ type }) => type === 'KeyAdded')) await watch.before('append');
        return next(stream, expected, events)();
      },
    };
    const keyturn = site().another({ eventStore: intercepted(site().eventStore, by) });
    const pasted = site().sandbox.issueKey('anthropic');
    const refused = await leftOf(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(refused).toMatchObject({ code: 'key-id-used' });
    expect(await rowsOf()).toEqual([]);
    expect(await eventTypes(site().eventStore)).toEqual(['KeyAddAbandoned']);
  });
});

describe('a hard-deleted key', () => {
  test('not shredded: is shredded and confirmed, without any grace', async () => {
    const { key } = await addedKey(site());
    const { keyId } = key;
    const vault = watchedVault(site().vault, {
      calls: [],
      before: (call) =>
        Promise.resolve(call === 'shred' ? new VaultFault('unavailable', 'The vault is away.') : null),
    });
    const cutOff = site().another({ vault });
    await expectRight(cutOff.hardDeleteKey(site().as(), { keyId, caseId: 'C-1' }));
    expect(await rowsOf()).toMatchObject([{ keyId, state: 'frozen' }]);
    expect((await swept(site(), {}, cutOff)).pending).toMatchObject([
      { kind: 'undestroyed-secret', code: 'destruction-pending', reason: 'The vault is away.' },
    ]);
    expect((await swept(site(), { graceMs: HOUR_MS })).repairs).toMatchObject([
      { kind: 'undestroyed-secret', keyId },
    ]);
    expect(await rowsOf()).toEqual([]);
    const last = (await historyOf(site().eventStore)).at(-1);
    expect(last?.event).toMatchObject({
      type: 'KeySecretDestroyed',
      data: { keyId, receipt: { secretsDestroyed: 1, dataKeysDestroyed: 1 } },
    });
  });

  test('shredded and not confirmed: is confirmed', async () => {
    const { key } = await addedKey(site());
    const cutOff = withoutAppendsOf(site(), 'KeySecretDestroyed');
    await expectRight(cutOff.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
    expect(await rowsOf()).toEqual([]);
    expect((await swept(site())).repairs).toMatchObject([{ kind: 'undestroyed-secret', keyId: key.keyId }]);
    expect((await eventTypes(site().eventStore)).at(-1)).toBe('KeySecretDestroyed');
  });

  test('confirmed, and there again since the vault was restored from a backup: is shredded again', async () => {
    const { key } = await addedKey(site());
    await expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
    await orphanIn(site(), key.keyId);
    const before = await eventTypes(site().eventStore);
    expect((await swept(site())).repairs).toMatchObject([{ kind: 'undestroyed-secret', keyId: key.keyId }]);
    expect(await rowsOf()).toEqual([]);
    expect(await eventTypes(site().eventStore)).toEqual(before);
  });
});

describe('a row frozen for a hard delete that never came', () => {
  test('opens again, once it is old enough', async () => {
    const { key } = await addedKey(site());
    await expectRight(site().vault.freeze({ workspaceId: 'acme', keyId: key.keyId }));
    expect((await swept(site(), { graceMs: HOUR_MS })).pending).toMatchObject([
      { kind: 'frozen-row', keyId: key.keyId, code: 'within-grace' },
    ]);
    await expect(
      leftOf(site().keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, TE.right)),
    ).resolves.toMatchObject({ code: 'frozen' });
    expect((await swept(site())).repairs).toMatchObject([{ kind: 'frozen-row', keyId: key.keyId }]);
    expect(await opens('r2')).toBe(key.last4);
  });
});

describe('a key without a test result', () => {
  test('is called, and active then', async () => {
    const cutOff = withoutAppendsOf(site(), 'KeyValidated');
    const pasted = site().sandbox.issueKey('anthropic');
    const { key } = await expectRight(cutOff.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(key.status).toBe('pending');
    expect((await swept(site(), { graceMs: HOUR_MS })).pending).toMatchObject([{ code: 'within-grace' }]);
    expect((await swept(site())).repairs).toMatchObject([{ kind: 'untested-key', keyId: key.keyId }]);
    const [started, validated] = (await historyOf(site().eventStore)).slice(-2);
    expect(started?.event).toMatchObject({ type: 'KeyTestCallStarted', data: { purpose: 'sweep' } });
    expect(validated).toMatchObject({
      event: { type: 'KeyValidated', data: { keyId: key.keyId } },
      envelope: { actor: { kind: 'system' } },
    });
  });

  test('is called again at twice its age while the vendor tells nothing', async () => {
    let now = Date.now();
    const keyturn = site().another({ clock: () => now });
    const pasted = site().sandbox.issueKey('anthropic', 'server-error');
    await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    const calls = async (): Promise<number> =>
      (await eventTypes(site().eventStore)).filter((type) => type === 'KeyTestCallStarted').length;
    now += HOUR_MS;
    expect((await swept(site(), {}, keyturn)).pending).toMatchObject([
      { kind: 'untested-key', code: 'inconclusive' },
    ]);
    expect(await calls()).toBe(2);
    now += HOUR_MS - 1;
    expect((await swept(site(), {}, keyturn)).pending).toMatchObject([
      { kind: 'untested-key', code: 'within-grace' },
    ]);
    expect(await calls()).toBe(2);
    now += 1;
    await swept(site(), {}, keyturn);
    expect(await calls()).toBe(3);
  });
});

test('runs whose lease ran out are ended, and the keys that waited for them destroyed', async () => {
  let now = Date.now() - HOUR_MS;
  const keyturn = site().another({ clock: () => now });
  const { key } = await addedKey(site());
  await expectRight(keyturn.startRun(site().as(), { runId: 'r1', leaseSeconds: 1 }));
  await expectRight(site().keyturn.deleteKey(site().as(), { keyId: key.keyId, leaveEmpty: true }));
  now += HOUR_MS;
  expect((await swept(site(), { expire: true }, keyturn)).repairs).toMatchObject([
    { kind: 'lapsed-run', keyId: null, runId: 'r1' },
  ]);
  expect((await eventTypes(site().eventStore)).slice(-3)).toEqual([
    'RunKeyReleased',
    'KeyHardDeleted',
    'KeySecretDestroyed',
  ]);
});

test('a key that was opened once is no orphan, even if its add was cut off before the vault was told', async () => {
  const vault = { ...site().vault, markNamed: () => TE.left(new VaultFault('unavailable', 'Away.')) };
  const pasted = site().sandbox.issueKey('anthropic');
  await expectRight(site().another({ vault }).addKey(site().as(), { vendor: 'anthropic', pasted }));
  expect((await rowsOf()).map(({ named }) => named)).toEqual([false]);
  await opens('r1');
  expect((await rowsOf()).map(({ named }) => named)).toEqual([true]);
});

describe('what the keyring refuses', () => {
  test('for another reason than that it has moved on is left, and not told as repaired', async () => {
    const cutOff = withoutAppendsOf(site(), 'KeyValidated');
    for (const vendor of ['anthropic', 'openai']) {
      const pasted = site().sandbox.issueKey(vendor);
      await expectRight(cutOff.addKey(site().as(), { vendor, pasted }));
    }
    let now = Date.now() + HOUR_MS;
    const limited = site().another({ testCallsPerMinute: 1, clock: () => now });
    const { repairs, pending } = await swept(site(), {}, limited);
    expect(repairs).toMatchObject([{ kind: 'untested-key' }]);
    expect(pending).toMatchObject([{ kind: 'untested-key', code: 'rate-limited' }]);
    // It was not called, so its turn has not passed.
    now += 60_000;
    expect(await swept(site(), {}, limited)).toMatchObject({
      repairs: [{ kind: 'untested-key', keyId: pending[0]?.keyId }],
      pending: [],
    });
  });

  test('since an orphan is a key by now is neither repaired nor left', async () => {
    const { key } = await addedKey(site());
    const real = site().eventStore;
    let first = true;
    // The keyring as it was before the add, for the sweep's first look.
    const by: Interception = {
      readStream: (next, stream, options) => {
        if (!first || stream !== 'keyring-acme') return next(stream, options);
        first = false;
        return TE.right({ events: [], end: true });
      },
    };
    const vault = {
      ...site().vault,
      rowsOf: (workspaceId: string) =>
        TE.map((rows: ReadonlyArray<VaultRow>) => rows.map((row) => ({ ...row, named: false })))(
          site().vault.rowsOf(workspaceId),
        ),
    };
    const keyturn = site().another({ eventStore: intercepted(real, by), vault });
    expect(await swept(site(), {}, keyturn)).toMatchObject({ repairs: [], pending: [] });
    expect((await rowsOf()).map(({ keyId }) => keyId)).toEqual([key.keyId]);
  });
});

test('an add that was cut off before the vault was told is told of by a sweep', async () => {
  const vault = { ...site().vault, markNamed: () => TE.left(new VaultFault('unavailable', 'Away.')) };
  const pasted = site().sandbox.issueKey('anthropic');
  await expectRight(site().another({ vault }).addKey(site().as(), { vendor: 'anthropic', pasted }));
  expect((await rowsOf()).map(({ named }) => named)).toEqual([false]);
  await swept(site(), { dryRun: true });
  expect((await rowsOf()).map(({ named }) => named)).toEqual([false]);
  await swept(site());
  expect((await rowsOf()).map(({ named }) => named)).toEqual([true]);
});

test('calls of a sweep leave the callers’ own alone', async () => {
  const cutOff = withoutAppendsOf(site(), 'KeyValidated');
  const pasted = site().sandbox.issueKey('anthropic');
  const { key } = await expectRight(cutOff.addKey(site().as(), { vendor: 'anthropic', pasted }));
  const limited = site().another({ testCallsPerMinute: 1 });
  expect((await swept(site(), {}, limited)).repairs).toMatchObject([{ kind: 'untested-key' }]);
  await expectRight(limited.validateKey(site().as(), { keyId: key.keyId }));
});
