import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testing';
import { Secret, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { inspect } from 'node:util';
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

const watching = () => {
  const watch: VaultWatch = { calls: [] };
  return { watch, keyturn: site().another({ vault: watchedVault(site().vault, watch) }) };
};

describe('a paste that is refused', () => {
  const pastes: ReadonlyArray<readonly [string, string, (key: string) => string]> = [
    ['nothing', 'paste-empty', () => ''],
    ['a space behind it', 'paste-white-space', (key) => `${key} `],
    ['a line break before it', 'paste-white-space', (key) => `\n${key}`],
    ['a space inside', 'paste-white-space', (key) => `${key.slice(0, 20)} ${key.slice(20)}`],
    ['an invisible character', 'paste-invisible-character', (key) => `${key}\u200b`],
    ['quotation marks', 'paste-quoted', (key) => `"${key}"`],
    ['a header', 'paste-prefixed', (key) => `Bearer ${key}`],
    ['a name', 'paste-prefixed', (key) => `ANTHROPIC_API_KEY=${key}`],
    ['too little', 'paste-too-short', (key) => key.slice(0, 10)],
    ['too much', 'paste-too-long', (key) => key.repeat(100)],
    ['letters that no key has', 'paste-not-text', (key) => `${key}é`],
  ];

  test.each(pastes)('%s: %s; nothing is stored or sent, nothing of it is told', async (_, code, paste) => {
    const key = site().sandbox.issueKey('anthropic');
    const { watch, keyturn } = watching();
    const refusal = await leftOf(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: paste(key) }));
    expect(refusal).toMatchObject({ code });
    expect(inspect(refusal, { depth: null })).not.toContain(key.slice(12, 20));
    expect(watch.calls).toEqual([]);
    expect(site().sandbox.calls).toEqual([]);
    expect(await eventTypes(site().eventStore)).toEqual([]);
  });

  test.each(pastes.slice(1, 3).concat(pastes.slice(4, 8)))(
    '%s: cleaned when asked to',
    async (_, __, paste) => {
      const key = site().sandbox.issueKey('anthropic');
      const added = await expectRight(
        site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: paste(key), clean: true }),
      );
      expect(added.key).toMatchObject({ status: 'active', last4: key.slice(-4) });
      expect(site().sandbox.callsWith(key)).toHaveLength(1);
    },
  );
});

describe('a key of another kind', () => {
  test.each([
    ['an unknown vendor', 'unknown-vendor', 'initech', (key: string) => key],
    ['no slug of a vendor', 'invalid-input', 'Initech!', (key: string) => key],
    ['an admin key', 'paste-admin-key', 'anthropic', (key: string) => key.replace('api03', 'admin01')],
    ["another vendor's", 'paste-wrong-vendor', 'openai', (key: string) => key],
  ])('%s: %s', async (_, code, vendor, change) => {
    const key = site().sandbox.issueKey('anthropic');
    const { watch, keyturn } = watching();
    const refusal = await leftOf(keyturn.addKey(site().as(), { vendor, pasted: change(key) }));
    expect(refusal).toMatchObject({ code });
    expect(watch.calls).toEqual([]);
    expect(site().sandbox.calls).toEqual([]);
  });

  test("another vendor's is taken when the caller is certain", async () => {
    const key = site().sandbox.issueKey('anthropic');
    const added = await expectRight(
      site().keyturn.addKey(site().as(), { vendor: 'openai', pasted: key, vendorIsCertain: true }),
    );
    expect(added).toMatchObject({ key: { vendor: 'openai', status: 'failed' } });
    expect(
      site()
        .sandbox.callsWith(key)
        .map(({ vendor }) => vendor),
    ).toEqual(['openai']);
  });

  test('an endpoint of its own for a vendor without: refused', async () => {
    const pasted = site().sandbox.issueKey('anthropic');
    const refusal = await leftOf(
      site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted, endpoint: 'https://example.org' }),
    );
    expect(refusal).toMatchObject({ code: 'invalid-input', facts: { field: 'endpoint' } });
  });

  test('one in an unusual form is tested all the same, and says so', async () => {
    const keyturn = site().another({ prober: acceptingProber() });
    const added = await expectRight(
      keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: `plain${Date.now()}${'x'.repeat(20)}` }),
    );
    expect(added.formatWarning).toMatch(/does not look like/);
  });
});

describe('a text with a part of the secret', () => {
  const part = (key: string) => key.slice(30, 44).replace(/[^A-Za-z0-9]/g, 'x');
  test.each([
    ['label', (key: string) => ({ label: `my ${key.slice(30, 40)}` })],
    ['label', (key: string) => ({ label: key.slice(30, 40).toUpperCase() })],
    ['label', (key: string) => ({ label: Buffer.from(key.slice(31, 43)).toString('base64') })],
    ['label', (key: string) => ({ label: Buffer.from(key.slice(31, 41)).toString('hex') })],
  ])('as %s: refused, nothing stored', async (field, request) => {
    const key = site().sandbox.issueKey('anthropic');
    const { watch, keyturn } = watching();
    const refusal = await leftOf(
      keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: key, ...request(key) }),
    );
    expect(refusal).toMatchObject({ code: 'text-contains-secret', facts: { field } });
    expect(inspect(refusal)).not.toContain(key.slice(30, 38));
    expect(watch.calls).toEqual([]);
  });

  test.each([
    ['workspaceId', (text: string) => site().as({ workspaceId: text })],
    ['actor.id', (text: string) => site().as({ actor: { kind: 'user', id: text } })],
    ['actor.originRef', (text: string) => site().as({ actor: { kind: 'user', id: 'ada', originRef: text } })],
    ['commandId', (text: string) => site().as({ commandId: text })],
    ['correlationId', (text: string) => site().as({ correlationId: text })],
    ['causationId', (text: string) => site().as({ causationId: text })],
  ])('as %s: refused, nothing stored', async (field, context) => {
    const pasted = `plain0${part(site().sandbox.issueKey('anthropic'))}${'x'.repeat(20)}`;
    const { watch, keyturn } = watching();
    const refusal = await leftOf(
      keyturn.addKey(context(pasted.slice(4, 18)), { vendor: 'anthropic', pasted }),
    );
    expect(refusal).toMatchObject({ code: 'text-contains-secret', facts: { field } });
    expect(watch.calls).toEqual([]);
  });
});

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
    const last4 = await site().promises.startRunWithSecret(site().as(), { runId: 'r1' }, (secret) =>
      Promise.resolve(secret.last4),
    );
    expect(last4).toBe(pasted.slice(-4));
  });
});
