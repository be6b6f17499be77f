import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { inspect } from 'node:util';
import { acceptingProber } from './testSupport/acceptingProber';
import { leftOf } from './testSupport/leftOf';
import { freshSite } from './testSupport/site';
import { eventTypes } from './testSupport/stream';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();

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

  test('a vendor that is a piece of the key is refused without repeating it', async () => {
    const key = `sk-${'0123456789'.repeat(4)}`;
    const refusal = await leftOf(
      site().keyturn.addKey(site().as(), { vendor: key.slice(5, 21), pasted: key }),
    );
    expect(refusal).toMatchObject({ code: 'text-contains-secret', facts: { field: 'vendor' } });
    expect(JSON.stringify(refusal)).not.toContain(key.slice(5, 13));
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

test('a part of the key in the place of the vendor is not repeated', async () => {
  const pasted = `k${Buffer.from(site().sandbox.issueKey('anthropic').slice(-40)).toString('hex').slice(0, 40)}`;
  const vendor = pasted.slice(3, 20);
  const refusal = await leftOf(site().keyturn.addKey(site().as(), { vendor, pasted }));
  expect(refusal).toMatchObject({ code: 'text-contains-secret', facts: { field: 'vendor' } });
  expect(inspect(refusal, { depth: null })).not.toContain(vendor.slice(0, 8));
});
