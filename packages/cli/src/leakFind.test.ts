import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let key: AddedKey;
let twin: string;
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
  key = await shop.add('acme');
  const words = ['keys', 'add', '--workspace', 'globex', '--vendor', 'anthropic', '--label', 'prod-2'];
  const added = await shop.ask(words, { input: key.secret });
  twin = String(at(added.document, 'key', 'keyId'));
  await shop.run(['keys', 'hard-delete', twin, '--workspace', 'globex', '--case', 'SR-1042', '--yes']);
});
afterAll(() => shop.close());

const keysOf = (document: unknown): ReadonlyArray<unknown> => {
  const keys = at(document, 'keys');
  return Array.isArray(keys) ? keys.map((found) => [at(found, 'workspaceId'), at(found, 'keyId')]) : [];
};

test('by the key on standard input, in all workspaces and in one, destroyed or not', async () => {
  const everywhere = await shop.ask(['leak', 'find'], { input: `${key.secret}\n` });
  expect(everywhere.status).toBe(0);
  expect(keysOf(everywhere.document)).toEqual([
    ['acme', key.keyId],
    ['globex', twin],
  ]);
  const one = await shop.ask(['leak', 'find', '--workspace', 'globex'], { input: key.secret });
  expect(keysOf(one.document)).toEqual([['globex', twin]]);
  const table = await shop.run(['leak', 'find'], { input: key.secret });
  expect(table.stdout).toMatch(/WORKSPACE +KEY +LAST 4 +VENDOR +LABEL +STATE +ADDED +LAST USED/);
  expect(table.stdout).toMatch(/globex .*anthropic +prod-2 +.*never/);
});

test('by its last 4 and by its id', async () => {
  const byEnding = await shop.ask(['leak', 'find', '--last4', key.last4]);
  expect(keysOf(byEnding.document)).toEqual([
    ['acme', key.keyId],
    ['globex', twin],
  ]);
  const first = await shop.ask(['leak', 'find', '--last4', key.last4, '--limit', '1']);
  expect(at(first.document, 'more')).toBe(true);
  const next = String(at(first.document, 'next'));
  const second = await shop.ask(['leak', 'find', '--last4', key.last4, '--limit', '1', '--after', next]);
  expect(keysOf(second.document)).toEqual([['globex', twin]]);
  const byId = await shop.ask(['leak', 'find', '--key', twin]);
  expect(keysOf(byId.document)).toEqual([['globex', twin]]);
});

test('says so where there is none, and takes no mixture', async () => {
  const never = shop.sandbox.issueKey('openai');
  const none = await shop.run(['leak', 'find'], { input: never });
  expect(none).toMatchObject({ status: 0, stdout: 'No such key is or was on file.\n' });
  const mixed = await shop.run(['leak', 'find', '--last4', 'AbCd', '--key', twin]);
  expect(mixed.status).toBe(2);
  const limited = await shop.run(['leak', 'find', '--limit', '3'], { input: never });
  expect(limited.status).toBe(2);
  const noKey = await shop.run(['leak', 'find'], { input: 'short' });
  expect(noKey.stderr).toContain('a whole key');
  expect(noKey.status).toBe(1);
  expect(shop.printed()).not.toContain(key.secret);
  expect(shop.printed()).not.toContain(never);
});
