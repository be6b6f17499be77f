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
    ['V-1: itself again', 'paste-several-keys', (key) => `${key},${key}`],
    ['V-1: itself again with nothing between', 'paste-several-keys', (key) => key + key],
    ['V-1: another key', 'paste-several-keys', (key) => `${key},${site().sandbox.issueKey('openai')}`],
    ['V-2: a comma', 'paste-odd-character', (key) => `${key},`],
    ['V-2: a full stop', 'paste-odd-character', (key) => `${key}.`],
    ['V-2: a line end of URLs', 'paste-surrounded', (key) => `${key}%0A`],
    ['V-2: a space of HTML', 'paste-surrounded', (key) => `${key}&nbsp;`],
    ['V-2: a line end in letters', 'paste-surrounded', (key) => `${key}\\r\\n`],
    ['V-2: angle brackets', 'paste-surrounded', (key) => `<${key}>`],
    ['V-3: asterisks', 'paste-placeholder', (key) => `${key.slice(0, 8)}****${key.slice(-4)}`],
    ['V-3: dots', 'paste-placeholder', (key) => `${key.slice(0, 16)}...${key.slice(-4)}`],
    ['V-3: letters x', 'paste-placeholder', (key) => `${key.slice(0, 16)}xxx${key.slice(-4)}`],
    ['V-3: words', 'paste-placeholder', () => 'your-anthropic-api-key-here'],
    ['V-3: words in brackets', 'paste-placeholder', () => '<YOUR_OPENAI_API_KEY>'],
    ['V-3: a variable', 'paste-placeholder', () => '${OPENAI_API_KEY}'],
    ['V-3: a reference', 'paste-placeholder', () => 'op://Private/OpenAI/credential'],
    ['V-4: a name without a space', 'paste-prefixed', (key) => `apikey:${key}`],
    ['V-4: a path', 'paste-prefixed', (key) => `anthropic/${key}`],
    ['V-4: an address', 'paste-prefixed', (key) => `https://api.example.com/v1?key=${key}&a=b`],
    ['V-4: a header without a space', 'paste-prefixed', (key) => `x-api-key:${key}`],
    ['V-5: its base64', 'paste-encoded', (key) => Buffer.from(key).toString('base64')],
    ['V-6: a token of GitHub', 'paste-other-secret', () => `ghp_${'aB3d'.repeat(9)}`],
    ['V-6: a token of Hugging Face', 'paste-other-secret', () => `hf_${'aB3d'.repeat(8)}`],
    ['V-6: a key of AWS', 'paste-other-secret', () => `AKIA${'AB2D'.repeat(4)}`],
    ['V-6: a key of Stripe', 'paste-other-secret', () => `sk_live_${'aB3d'.repeat(6)}`],
    ['V-6: a key of NVIDIA', 'paste-other-secret', () => `nvapi-${'aB3d'.repeat(16)}`],
    ['V-6: a key of Vercel', 'paste-other-secret', () => `vck_${'aB3d'.repeat(14)}`],
    ['V-7: a line end within', 'paste-white-space', (key) => `${key.slice(0, 50)}\n${key.slice(50)}`],
    ['V-7: low quotation marks', 'paste-quoted', (key) => `„${key}“`],
    ['V-7: JSON', 'paste-surrounded', (key) => JSON.stringify({ apiKey: key })],
    ['V-7: Python', 'paste-surrounded', (key) => `Anthropic(api_key="${key}")`],
    ['V-7: a comment', 'paste-prefixed', (key) => `A_KEY=${key} # production`],
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

  const certain =
    /space behind|line break before|invisible|quotation|header|a name|V-2|V-4|JSON|Python|comment/;
  test.each(pastes.filter(([name]) => certain.test(name)))(
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

  test('V-2: characters that its keys do not have are taken as they are when the caller is certain', async () => {
    const key = `${site().sandbox.issueKey('anthropic')},`;
    const added = await expectRight(
      site().keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: key, keyIsCertain: true }),
    );
    expect(added).toMatchObject({ key: { last4: key.slice(-4), status: 'failed' } });
    expect(added.formatWarning).toMatch(/does not look like/);
  });

  test.each([
    ['two keys', 'paste-several-keys', (key: string) => `${key},${key}`],
    ['an encoded key', 'paste-encoded', (key: string) => Buffer.from(key).toString('base64')],
    ['an admin key', 'paste-admin-key', (key: string) => key.replace('api03', 'admin01')],
    ["another vendor's, told as the key", 'paste-wrong-vendor', () => site().sandbox.issueKey('openai')],
    ['white space', 'paste-white-space', (key: string) => `${key} `],
  ])('%s: refused though the key is certain', async (_, code, paste) => {
    const pasted = paste(site().sandbox.issueKey('anthropic'));
    const { watch, keyturn } = watching();
    const refusal = await leftOf(
      keyturn.addKey(site().as(), { vendor: 'anthropic', pasted, keyIsCertain: true }),
    );
    expect(refusal).toMatchObject({ code });
    expect(watch.calls).toEqual([]);
    expect(site().sandbox.calls).toEqual([]);
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
      keyturn.addKey(site().as(), { vendor: 'anthropic', pasted: `plain${Date.now()}${'xyz'.repeat(7)}` }),
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
    const pasted = `plain0${part(site().sandbox.issueKey('anthropic'))}${'xyz'.repeat(7)}`;
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
