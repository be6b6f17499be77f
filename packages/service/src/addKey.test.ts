import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as TE from 'fp-ts/TaskEither';
import { Secret, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { acceptingProber } from './testSupport/acceptingProber';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { eventTypes, historyOf } from './testSupport/stream';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();

const fingerprintOf = (text: string): string => {
  const secret = Secret.from(text);
  if (E.isLeft(secret)) throw new Error(secret.left.message);
  return site().vault.fingerprint('acme', secret.right);
};

/** The key ids of every row with this secret. */
const rowsOf = (text: string) => expectRight(site().vault.sealedKeyIds('acme', fingerprintOf(text)));

describe('an add that the keyring refuses', () => {
  test('leaves no row, and sends nothing: a duplicate', async () => {
    const { key, pasted } = await addedKey(site());
    const refusal = await leftOf(site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(refusal).toMatchObject({ code: 'key-already-on-file' });
    expect(await rowsOf(pasted)).toEqual([key.keyId]);
    expect(site().sandbox.callsWith(pasted)).toHaveLength(1);
  });

  test('leaves no row, and sends nothing: a leaked secret', async () => {
    const { key, pasted } = await addedKey(site());
    await expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
    const refusal = await leftOf(site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(refusal).toMatchObject({ code: 'fingerprint-leaked' });
    expect(await rowsOf(pasted)).toEqual([]);
    expect(site().sandbox.callsWith(pasted)).toHaveLength(1);
  });

  test('over the limit of test calls: nothing stored or sent, and later it works', async () => {
    let now = Date.now();
    const watch: VaultWatch = { calls: [] };
    const keyturn = site().another({
      vault: watchedVault(site().vault, watch),
      clock: () => now,
      testCallsPerMinute: 1,
    });
    const [first, second] = [site().sandbox.issueKey('anthropic'), site().sandbox.issueKey('openai')];
    await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: first }));
    watch.calls.length = 0;
    const refusal = await leftOf(keyturn.addKey(site().as(), { vendor: 'openai', pasted: second }));
    expect(refusal).toMatchObject({ code: 'rate-limited', facts: { waitMs: 60_000 } });
    expect(watch.calls).toEqual([]);
    expect(site().sandbox.callsWith(second)).toEqual([]);
    now += 60_000;
    await expectRight(keyturn.addKey(site().as(), { vendor: 'openai', pasted: second }));
  });

  test('whose row can not be removed is refused all the same, and the row is reported', async () => {
    const { pasted } = await addedKey(site());
    const watch: VaultWatch = {
      calls: [],
      before: (call) =>
        Promise.resolve(call === 'discard' ? new VaultFault('unavailable', 'The vault is away.') : null),
    };
    const warnings: unknown[] = [];
    const keyturn = site().another({
      vault: watchedVault(site().vault, watch),
      log: { info: () => undefined, warn: (...line) => warnings.push(line) },
    });
    const refusal = await leftOf(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(refusal).toMatchObject({ code: 'key-already-on-file' });
    expect(warnings).toMatchObject([[{ fault: 'unavailable' }, 'row of a refused add not removed']]);
  });
});

describe('the same add again', () => {
  test('gives the first key with its outcome; one row, one test call, no new event', async () => {
    const pasted = site().sandbox.issueKey('anthropic', 'unfunded');
    const context = site().as({ commandId: 'add-1' });
    const first = await expectRight(
      site().keyturn.addKey(context, { vendor: 'anthropic', pasted, label: 'prod' }),
    );
    const types = await eventTypes(site().eventStore);
    for (const service of [site().keyturn, site().another()]) {
      const again = await expectRight(
        service.addKey(context, { vendor: 'anthropic', pasted, label: 'prod' }),
      );
      expect(again).toEqual({ ...first, position: null });
    }
    expect(await rowsOf(pasted)).toEqual([first.key.keyId]);
    expect(site().sandbox.callsWith(pasted)).toHaveLength(1);
    expect(await eventTypes(site().eventStore)).toEqual(types);
  });

  test('while the first is at its test call: the same key, no second call', async () => {
    const pasted = site().sandbox.issueKey('anthropic', 'held');
    const context = site().as({ commandId: 'add-1' });
    const first = expectRight(site().keyturn.addKey(context, { vendor: 'anthropic', pasted }));
    await site().sandbox.untilCalled(pasted);
    const again = await expectRight(site().another().addKey(context, { vendor: 'anthropic', pasted }));
    expect(again).toMatchObject({ key: { status: 'pending' }, validation: null });
    site().sandbox.release(pasted);
    expect((await first).key).toMatchObject({ keyId: again.key.keyId, status: 'active' });
    expect(site().sandbox.callsWith(pasted)).toHaveLength(1);
  });

  test('with another secret or label is another command: refused', async () => {
    const [pasted, other] = [site().sandbox.issueKey('anthropic'), site().sandbox.issueKey('anthropic')];
    const context = site().as({ commandId: 'add-1' });
    await expectRight(site().keyturn.addKey(context, { vendor: 'anthropic', pasted }));
    for (const request of [{ pasted: other }, { pasted, label: 'prod' }]) {
      await expect(
        leftOf(site().keyturn.addKey(context, { vendor: 'anthropic', ...request })),
      ).resolves.toMatchObject({ code: 'command-id-reused' });
    }
    expect(await rowsOf(other)).toEqual([]);
  });
});

describe('what is cut off half-way', () => {
  const lost = E.left(new StoreFault('unavailable', 'The store is away.'));

  /** Seals the secret and gets no further. */
  const sealedOnly = async (pasted: string) => {
    const by: Interception = { append: () => () => Promise.resolve(lost) };
    const keyturn = site().another({ eventStore: intercepted(site().eventStore, by) });
    await leftOf(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
  };

  test('a row without an event: a hard delete of the same secret burns its id and shreds it', async () => {
    const pasted = site().sandbox.issueKey('anthropic');
    await sealedOnly(pasted);
    const [orphan] = await rowsOf(pasted);
    expect(orphan).toBeDefined();
    const { key } = await expectRight(site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(await rowsOf(pasted)).toHaveLength(2);
    const deleted = await expectRight(
      site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }),
    );
    expect(deleted.destructions).toMatchObject([{ state: 'confirmed' }]);
    expect(await rowsOf(pasted)).toEqual([]);
    const history = await historyOf(site().eventStore);
    const burned = history.filter(({ event }) => event.type === 'KeyAddAbandoned');
    expect(burned.map(({ event }) => event.data)).toEqual([{ keyId: orphan }]);
    expect(burned[0]?.envelope.actor.kind).toBe('system');
  });

  test('an add whose row is burned before its event: refused, and pasting again works', async () => {
    const pasted = site().sandbox.issueKey('anthropic');
    const { key } = await expectRight(site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    const other = await addedKey(site(), 'openai');
    const by: Interception = {
      append:
        (next, ...args) =>
        async () => {
          delete by.append;
          await expectRight(
            site().keyturn.deleteKey(site().as(), { keyId: key.keyId, successor: other.key.keyId }),
          );
          return next(...args)();
        },
    };
    const keyturn = site().another({ eventStore: intercepted(site().eventStore, by) });
    // On the keyring in its memory the old key is gone already: the secret may come back.
    await expectRight(site().keyturn.setDefault(site().as(), { keyId: other.key.keyId }));
    const late = await keyturn.addKey(site().as(), {
      vendor: 'openai',
      pasted,
      vendorIsCertain: true,
    })();
    expect(late).toMatchObject(E.left({ code: 'key-id-used' }));
    expect(await rowsOf(pasted)).toEqual([]);
    const again = await expectRight(site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(again.key.status).toBe('active');
  });

  test('the outcome of the test call: the key is on file and pending, and can be validated', async () => {
    const pasted = site().sandbox.issueKey('anthropic');
    const by: Interception = {};
    const keyturn = site().another({ eventStore: intercepted(site().eventStore, by) });
    by.append = (next, stream, expected, events) =>
      events.some(({ type }) => type === 'KeyValidated')
        ? () => Promise.resolve(lost)
        : next(stream, expected, events);
    const added = await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(added).toMatchObject({ key: { status: 'pending' }, becameDefault: true, validation: null });
    delete by.append;
    const { keyId } = added.key;
    const validated = await expectRight(keyturn.validateKey(site().as(), { keyId }));
    expect(validated.key).toMatchObject({ status: 'active', isDefault: true });
  });

  test('the test call itself, since the key was deleted meanwhile: nothing is sent', async () => {
    const pasted = site().sandbox.issueKey('anthropic');
    const by: Interception = {};
    const keyturn = site().another({ eventStore: intercepted(site().eventStore, by) });
    by.append = (next, stream, expected, events) => async () => {
      const keyId = (await rowsOf(pasted))[0] ?? '';
      if (events.some(({ type }) => type === 'KeyTestCallStarted')) {
        await expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId, caseId: 'C-1' }));
      }
      return next(stream, expected, events)();
    };
    const added = await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(added.validation).toBeNull();
    expect(site().sandbox.callsWith(pasted)).toEqual([]);
  });
});

describe('the same secret under two vendors', () => {
  test('deleting one leaves the other openable', async () => {
    const keyturn = site().another({ prober: acceptingProber() });
    const pasted = site().sandbox.issueKey('anthropic');
    const first = await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    const second = await expectRight(
      keyturn.addKey(site().as(), { vendor: 'openai', pasted, vendorIsCertain: true }),
    );
    const deleted = await expectRight(
      keyturn.deleteKey(site().as(), { keyId: first.key.keyId, successor: second.key.keyId }),
    );
    expect(deleted.destructions).toMatchObject([{ state: 'confirmed' }]);
    expect(await rowsOf(pasted)).toEqual([second.key.keyId]);
    const last4 = await expectRight(
      site().keyturn.startRunWithSecret(site().as(), { runId: 'r1' }, (secret) => TE.right(secret.last4)),
    );
    expect(last4).toBe(pasted.slice(-4));
  });
});
