import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, filesWith, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let key: AddedKey;
const HOUR = 3_600_000;
const CASE = ['--workspace', 'acme', '--case', 'SR-7'];
const SINCE = new Date(Date.now() - 24 * HOUR).toISOString();
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
  key = await shop.add('acme');
  await shop.run(['leak', 'report', key.keyId, ...CASE, '--stranger', 'yes']);
  shop.sandbox.useElsewhere(key.secret, { at: Date.now() - 5 * HOUR, requests: 41, tokens: 900 });
});
afterAll(() => shop.close());

const exposure = (of: AddedKey, input: string, ...more: ReadonlyArray<string>) =>
  shop.ask(['leak', 'exposure', of.keyId, ...CASE, '--since', SINCE, '--usage-from-vendor', ...more], {
    input,
  });

test("lays what the vendor counted beside the pins: a thief's use is found", async () => {
  const credential = shop.sandbox.issueAdminCredential('anthropic');
  const { status, document } = await exposure(key, `${credential}\n`);
  expect(status).toBe(0);
  expect(at(document, 'usage')).toMatchObject({ format: 'csv' });
  expect(at(document, 'suspectedSince')).toBe(SINCE);
  const rules = at(document, 'rules');
  const found = Array.isArray(rules) ? rules.filter((one: unknown) => at(one, 'state') === 'found') : [];
  expect(found).toMatchObject([
    { rule: 'unexplained-at-vendor', evidence: [{ what: expect.stringContaining('41 requests') }] },
  ]);
  for (const part of [credential, credential.slice(20, 36)]) {
    expect(shop.printed()).not.toContain(part);
    expect(filesWith(shop.directory, [part])).toEqual([]);
  }
});

test('of several that may be it, a key is named as the list names it', async () => {
  const one = await shop.add('acme');
  await shop.run(['leak', 'report', one.keyId, ...CASE]);
  const twin = `${one.secret.slice(0, -20)}${'b'.repeat(16)}${one.last4}`;
  shop.sandbox.issueKey('anthropic', 'valid', twin);
  const credential = shop.sandbox.issueAdminCredential('anthropic');
  const undecided = await exposure(one, credential);
  expect(undecided.status).toBe(2);
  const [id = ''] = /apikey_\w+/.exec(undecided.stderr) ?? [];
  expect(undecided.stderr).toContain('--vendor-key ID');
  expect((await exposure(one, credential, '--vendor-key', id)).status).toBe(0);
  const none = await exposure(one, credential, '--vendor-key', 'apikey_none');
  expect(none.status).toBe(0);
  expect(at(none.document, 'usage', 'rows')).toBe(0);
});

test.each<readonly [code: string, words: ReadonlyArray<string>]>([
  ['admin-credential-from-support', ['--as', 'support:grace']],
  ['admin-credential-unfit', []],
])('is refused as %s, and nothing is sent', async (code, words) => {
  const plain = shop.sandbox.issueKey('anthropic');
  const other = await shop.add('acme');
  await shop.run(['leak', 'report', other.keyId, ...CASE]);
  const before = shop.sandbox.connections();
  const { status, document } = await exposure(other, plain, ...words);
  expect([status, at(document, 'refused', 'code')]).toEqual([1, code]);
  expect(shop.sandbox.connections()).toBe(before);
  expect(filesWith(shop.directory, [plain])).toEqual([]);
});

test('is no way for a vendor that tells it of no single key', async () => {
  const other = await shop.add('acme', 'mistral');
  await shop.run(['leak', 'report', other.keyId, ...CASE]);
  const { status, stderr } = await exposure(other, 'nothing-of-this-is-read');
  expect([status, stderr]).toEqual([2, expect.stringContaining('--usage')]);
});

test.each([
  ['a file beside it', ['--usage', 'usage.csv', ...CASE, '--usage-from-vendor']],
  ['no case', ['--workspace', 'acme', '--usage-from-vendor']],
  ['a key there without it', ['--workspace', 'acme', '--vendor-key', 'a']],
])('takes not %s', async (_what, words) => {
  expect((await shop.run(['leak', 'exposure', key.keyId, ...words])).status).toBe(2);
});
