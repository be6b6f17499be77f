import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { acceptingProber } from './testSupport/acceptingProber';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { KEYTURN_ITSELF } from './systemCommand';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { eventTypes, historyOf } from './testSupport/stream';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();

/** A service whose vault's calls and store's appends are noted in one list. */
const noted = () => {
  const watch: VaultWatch = { calls: [] };
  const by: Interception = {
    append: (next, stream, expected, events) => {
      watch.calls.push(`append ${events.map(({ type }) => type).join(' ')}`);
      return next(stream, expected, events);
    },
  };
  const warnings: unknown[] = [];
  const keyturn = site().another({
    vault: watchedVault(site().vault, watch),
    eventStore: intercepted(site().eventStore, by),
    log: { info: () => undefined, warn: (...line) => warnings.push(line) },
  });
  return { keyturn, watch, by, warnings };
};

const opens = (runId = 'look') =>
  expectRight(site().keyturn.startRunWithSecret(site().as(), { runId }, (secret) => TE.right(secret.last4)));

const away = E.left(new StoreFault('unavailable', 'The store is away.'));
const lost = E.left(new StoreFault('outcome-unknown', 'The answer got lost.'));

describe('the order of a hard delete', () => {
  test.each([
    ['deleteKey', { leaveEmpty: true }],
    ['hardDeleteKey', { caseId: 'C-1' }],
  ] as const)('%s: freeze, append, shred, confirm', async (useCase, request) => {
    const { key } = await addedKey(site());
    const { keyId } = key;
    const { keyturn, watch } = noted();
    const task =
      useCase === 'deleteKey'
        ? keyturn.deleteKey(site().as(), { keyId, ...request })
        : keyturn.hardDeleteKey(site().as(), { keyId, caseId: 'C-1' });
    const deleted = await expectRight(task);
    expect(deleted).toMatchObject({
      state: 'hard-deleted',
      key: { keyId, status: 'hard-deleted' },
      destructions: [{ keyId, state: 'confirmed', proof: 'erased', reason: null }],
    });
    expect(watch.calls).toEqual([
      `freeze ${keyId}`,
      'append DefaultChanged KeyHardDeleted',
      'sealedKeyIds',
      `shred ${keyId}`,
      'append KeySecretDestroyed',
    ]);
  });

  test('the confirmation is by the system, caused by the delete', async () => {
    const { key } = await addedKey(site());
    const context = site().as({ commandId: 'delete-1', correlationId: 'request-7' });
    await expectRight(site().keyturn.hardDeleteKey(context, { keyId: key.keyId, caseId: 'C-1' }));
    const last = (await historyOf(site().eventStore)).at(-1);
    expect(last?.event.type).toBe('KeySecretDestroyed');
    expect(last?.envelope).toMatchObject({
      actor: { kind: 'system', id: 'keyturn' },
      causationId: 'delete-1',
      correlationId: 'request-7',
    });
  });

  test('a run that ends is the last of a retired key: the same', async () => {
    const { key } = await addedKey(site());
    for (const runId of ['r1', 'r2']) await expectRight(site().keyturn.startRun(site().as(), { runId }));
    const retired = await expectRight(
      site().keyturn.deleteKey(site().as(), { keyId: key.keyId, leaveEmpty: true }),
    );
    expect(retired).toMatchObject({ state: 'retired', openRuns: 2, destructions: [] });
    const { keyturn, watch } = noted();
    await expectRight(keyturn.finishRun(site().as(), { runId: 'r1' }));
    expect(watch.calls).toEqual(['append RunKeyReleased']);
    watch.calls.length = 0;
    const finished = await expectRight(keyturn.finishRun(site().as(), { runId: 'r2' }));
    expect(finished.destructions).toEqual([
      { keyId: key.keyId, state: 'confirmed', proof: 'erased', reason: null },
    ]);
    expect(watch.calls.slice(0, 2)).toEqual([`freeze ${key.keyId}`, 'append RunKeyReleased KeyHardDeleted']);
  });

  test('the key was retired by another process meanwhile: frozen all the same', async () => {
    const { key } = await addedKey(site());
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'r1' }));
    const { keyturn, watch } = noted();
    await expectRight(keyturn.resumeRun(site().as(), { runId: 'r1' }));
    await expectRight(site().keyturn.deleteKey(site().as(), { keyId: key.keyId, leaveEmpty: true }));
    watch.calls.length = 0;
    const finished = await expectRight(keyturn.finishRun(site().as(), { runId: 'r1' }));
    expect(finished.destructions).toMatchObject([{ state: 'confirmed' }]);
    expect(watch.calls.slice(0, 3)).toEqual([
      'append RunKeyReleased',
      `freeze ${key.keyId}`,
      'append RunKeyReleased KeyHardDeleted',
    ]);
  });

  test('runs that expire drain their keys, and the next call finds nothing', async () => {
    let now = Date.now() - 3_600_000;
    const keyturn = site().another({ clock: () => now, prober: acceptingProber() });
    const keys = [];
    for (const vendor of ['anthropic', 'openai']) {
      const pasted = site().sandbox.issueKey(vendor);
      keys.push((await expectRight(keyturn.addKey(site().as(), { vendor, pasted }))).key.keyId);
    }
    for (const keyId of keys) {
      const request = { runId: `on-${keyId}`, choice: { kind: 'key', keyId }, leaseSeconds: 1 } as const;
      await expectRight(keyturn.startRun(site().as(), request));
    }
    for (const [keyId, successor] of [keys, [keys[1]]]) {
      await expectRight(
        keyturn.deleteKey(site().as(), {
          keyId: keyId ?? '',
          ...(successor === undefined ? { leaveEmpty: true } : { successor }),
        }),
      );
    }
    now += 3_600_000;
    const expired = await expectRight(keyturn.expireRuns(site().as()));
    expect(expired.released).toHaveLength(2);
    expect(expired.destructions.map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
    expect(await expectRight(keyturn.expireRuns(site().as()))).toMatchObject({
      released: [],
      position: null,
    });
  });

  test('a clock that departs from the store expires nothing', async () => {
    await addedKey(site());
    const keyturn = site().another({ clock: () => Date.now() + 3_600_000 });
    await expect(leftOf(keyturn.expireRuns(site().as()))).resolves.toMatchObject({ code: 'clock-departs' });
  });
});

describe('a delete that does not come to be', () => {
  test('refused at once: the row is not touched', async () => {
    const { key } = await addedKey(site());
    const { keyturn, watch } = noted();
    const refusal = await leftOf(keyturn.deleteKey(site().as(), { keyId: key.keyId }));
    expect(refusal).toMatchObject({ code: 'last-key' });
    expect(watch.calls).toEqual([]);
  });

  test('refused on what is new after its row was frozen: unfrozen', async () => {
    const { key } = await addedKey(site());
    const { keyturn, watch } = noted();
    await expectRight(keyturn.finishRun(site().as(), { runId: 'warm-up' }));
    await addedKey(site(), 'openai');
    // The service's own keyring has one key: no successor seems to be needed.
    const refusal = await leftOf(keyturn.deleteKey(site().as(), { keyId: key.keyId, leaveEmpty: true }));
    expect(refusal).toMatchObject({ code: 'successor-needed' });
    expect(watch.calls).toEqual([
      `freeze ${key.keyId}`,
      'append DefaultChanged KeyHardDeleted',
      `unfreeze ${key.keyId}`,
    ]);
    expect(await opens()).toBe(key.last4);
  });

  test('retires instead, on what is new: unfrozen', async () => {
    const { key } = await addedKey(site());
    const { keyturn } = noted();
    await expectRight(keyturn.finishRun(site().as(), { runId: 'warm-up' }));
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'r1' }));
    const deleted = await expectRight(keyturn.deleteKey(site().as(), { keyId: key.keyId, leaveEmpty: true }));
    expect(deleted.state).toBe('retired');
    const last4 = await expectRight(
      site().keyturn.resumeRunWithSecret(site().as(), { runId: 'r1' }, (secret) => TE.right(secret.last4)),
    );
    expect(last4).toBe(key.last4);
  });

  test('the store is away: unfrozen', async () => {
    const { key } = await addedKey(site());
    const { keyturn, by } = noted();
    by.append = () => () => Promise.resolve(away);
    const fault = await leftOf(keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
    expect(fault).toMatchObject({ code: 'unavailable' });
    expect(await opens()).toBe(key.last4);
  });

  test('nobody knows whether it was written: frozen until the same command settles it', async () => {
    const { key } = await addedKey(site());
    const { keyId } = key;
    const { keyturn, by, warnings } = noted();
    by.append = () => () => Promise.resolve(lost);
    const context = site().as({ commandId: 'delete-1' });
    const request = { keyId, caseId: 'C-1' };
    expect(await leftOf(keyturn.hardDeleteKey(context, request))).toMatchObject({ code: 'outcome-unknown' });
    expect(warnings).toContainEqual([
      { actor: KEYTURN_ITSELF, workspaceId: 'acme', keyIds: [keyId], fault: 'outcome-unknown' },
      'rows stay frozen',
    ]);
    const fault = await leftOf(
      site().keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, () => TE.right(null)),
    );
    expect(fault).toMatchObject({ _tag: 'VaultFault', code: 'frozen' });
    delete by.append;
    const deleted = await expectRight(keyturn.hardDeleteKey(context, request));
    expect(deleted).toMatchObject({ destructions: [{ state: 'confirmed' }], interruptedRuns: ['r1'] });
  });

  test('it was never written, and what comes after it in the stream shows so: unfrozen', async () => {
    const { key } = await addedKey(site());
    const { keyturn, by } = noted();
    await expectRight(keyturn.startRun(site().as(), { runId: 'r0' }));
    by.append = () => () => Promise.resolve(lost);
    const request = { keyId: key.keyId, caseId: 'C-1' };
    expect(await leftOf(keyturn.hardDeleteKey(site().as(), request))).toMatchObject({
      code: 'outcome-unknown',
    });
    delete by.append;
    const opened = await expectRight(
      keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, (secret) => TE.right(secret.last4)),
    );
    expect(opened).toBe(key.last4);
  });

  test('it was written, and only what comes after it shows so: stays frozen, and can be finished', async () => {
    const { key } = await addedKey(site());
    const { keyturn, by, watch } = noted();
    const unfrozen: string[] = [];
    watch.before = (call) => {
      if (call === 'unfreeze') unfrozen.push(call);
      return Promise.resolve(null);
    };
    await expectRight(keyturn.startRun(site().as(), { runId: 'r0' }));
    by.append =
      (next, ...args) =>
      async () => {
        await next(...args)();
        return lost;
      };
    const context = site().as({ commandId: 'delete-1' });
    const request = { keyId: key.keyId, caseId: 'C-1' };
    expect(await leftOf(keyturn.hardDeleteKey(context, request))).toMatchObject({ code: 'outcome-unknown' });
    delete by.append;
    await expectRight(keyturn.finishRun(site().as(), { runId: 'r0' }));
    expect(unfrozen).toEqual([]);
    const deleted = await expectRight(keyturn.hardDeleteKey(context, request));
    expect(deleted).toMatchObject({ destructions: [{ state: 'confirmed' }] });
  });

  test('the row can not be frozen: a fault, nothing appended, and the other commands go through', async () => {
    const { key } = await addedKey(site());
    const { keyturn, watch } = noted();
    watch.before = (call) =>
      Promise.resolve(
        call === 'freeze' ? new VaultFault('not-writable', 'The vault can not be written.') : null,
      );
    const [started, deleted] = await Promise.all([
      keyturn.startRun(site().as(), { runId: 'r1' })(),
      keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' })(),
    ]);
    expect(deleted).toMatchObject(E.left({ _tag: 'VaultFault', code: 'not-writable' }));
    expect(started).toMatchObject({ _tag: 'Right' });
    expect(await eventTypes(site().eventStore)).not.toContain('KeyHardDeleted');
    expect(await opens()).toBe(key.last4);
  });

  test('a row that is missing already is no obstacle', async () => {
    const { key } = await addedKey(site());
    await expectRight(site().vault.discard({ workspaceId: 'acme', keyId: key.keyId }));
    const deleted = await expectRight(
      site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }),
    );
    expect(deleted.destructions).toMatchObject([{ state: 'confirmed' }]);
  });
});
