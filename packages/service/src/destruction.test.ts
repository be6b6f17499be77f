import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { eventTypes } from './testSupport/stream';
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

const away = E.left(new StoreFault('unavailable', 'The store is away.'));
describe('a destruction that is not finished', () => {
  test('is pending with its reason; the same command again finishes it', async () => {
    const { key } = await addedKey(site());
    const { keyturn, watch, warnings } = noted();
    let busy = true;
    watch.before = (call) =>
      Promise.resolve(
        call === 'shred' && busy ? new VaultFault('shred-incomplete', 'Another process reads it.') : null,
      );
    const context = site().as({ commandId: 'delete-1' });
    const request = { keyId: key.keyId, caseId: 'C-1' };
    const pending = await expectRight(keyturn.hardDeleteKey(context, request));
    expect(pending.destructions).toEqual([
      { keyId: key.keyId, state: 'pending', proof: null, reason: 'Another process reads it.' },
    ]);
    expect(watch.calls.filter((call) => call.startsWith('shred'))).toHaveLength(5);
    expect(warnings).toHaveLength(1);
    await expect(leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).resolves.toMatchObject({
      code: 'no-key-on-file',
    });
    busy = false;
    const again = await expectRight(keyturn.hardDeleteKey(context, request));
    expect(again).toMatchObject({ state: 'hard-deleted', destructions: [{ state: 'confirmed' }] });
    expect(await eventTypes(site().eventStore)).toEqual(
      expect.arrayContaining(['KeyHardDeleted', 'KeySecretDestroyed']),
    );
    // And once more: there is nothing left to do.
    const shreds = watch.calls.length;
    await expectRight(keyturn.hardDeleteKey(context, request));
    expect(watch.calls).toHaveLength(shreds);
  });

  test.each([
    ['the vault fails otherwise', 'sealedKeyIds'],
    ['the vault can not shred', 'shred'],
  ])('%s: pending at once', async (_, failing) => {
    const { key } = await addedKey(site());
    const { keyturn, watch } = noted();
    watch.before = (call) =>
      Promise.resolve(call === failing ? new VaultFault('unavailable', 'The vault is away.') : null);
    const deleted = await expectRight(
      keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }),
    );
    expect(deleted.destructions).toMatchObject([{ state: 'pending', reason: 'The vault is away.' }]);
  });

  test('the confirmation can not be recorded: pending', async () => {
    const { key } = await addedKey(site());
    const { keyturn, by } = noted();
    by.append = (next, stream, expected, events) =>
      events.some(({ type }) => type === 'KeySecretDestroyed')
        ? () => Promise.resolve(away)
        : next(stream, expected, events);
    const deleted = await expectRight(
      keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }),
    );
    expect(deleted.destructions).toMatchObject([{ state: 'pending', reason: 'The store is away.' }]);
  });
});

describe('a leak that is reported', () => {
  test('of a key deleted long ago: its secret does not come back', async () => {
    const { key, pasted } = await addedKey(site());
    await expectRight(
      site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1', reason: 'other' }),
    );
    await expectRight(site().keyturn.reportLeak(site().as(), { keyId: key.keyId, caseId: 'C-2' }));
    await expect(
      leftOf(site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted })),
    ).resolves.toMatchObject({ code: 'fingerprint-leaked' });
  });
});
