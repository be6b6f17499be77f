import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { filesWith, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

const C = ['--workspace', 'acme', '--case', 'SR-1042'];
let shop: Workshop;
let key: AddedKey;
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
  key = await shop.add('acme');
  await shop.run(['leak', 'report', key.keyId, ...C]);
});
afterAll(() => shop.close());

test('the last check before a hard delete is told, and the key goes whatever it says', async () => {
  const { keyId } = await shop.add('globex');
  const of = [keyId, '--workspace', 'globex', '--case', 'SR-7'];
  await shop.run(['leak', 'report', ...of]);
  const words = ['keys', 'hard-delete', ...of, '--now', '--yes'];
  expect((await shop.run([...words, '--reason', 'other'])).status).toBe(2);
  const { status, stdout } = await shop.run(words);
  expect(status).toBe(0);
  expect(stdout).toContain('The vendor still takes the key. Revoke it.');
  const again = await shop.ask(words);
  expect(again.document).toMatchObject({ alreadyDeleted: true, killCheck: null });
});

test('a key that lives is told alive; destroyed, it is asked for on standard input and kept nowhere', async () => {
  const words = ['leak', 'check', key.keyId, ...C];
  const alive = await shop.run(words);
  expect(alive).toMatchObject({ status: 0, stdout: 'The vendor still takes the key. Revoke it.\n' });
  await shop.run(['keys', 'hard-delete', key.keyId, ...C, '--yes']);
  const gone = await shop.ask(words);
  expect(gone.document).toMatchObject({ says: 'not-checkable', attempts: 0, dead: false });
  shop.sandbox.setBehaviour(key.secret, 'rejected');
  const given = await shop.ask([...words, '--pasted'], { input: `${key.secret}\n` });
  expect(given.document).toMatchObject({ says: 'dead', counts: true, dead: false, control: 'none' });
  const other = shop.sandbox.issueKey('anthropic');
  const refused = await shop.run([...words, '--pasted'], { input: other });
  expect(refused.status).toBe(1);
  for (const secret of [key.secret, other]) {
    expect(shop.printed()).not.toContain(secret);
    expect(filesWith(shop.data, [secret])).toEqual([]);
  }
});
