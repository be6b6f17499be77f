import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, filesWith, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

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

test('asked until it is dead, it ends when the time is over, or when the vendor’s list has shown it', async () => {
  const { keyId } = await shop.add('initech');
  const of = [keyId, '--workspace', 'initech', '--case', 'SR-8'];
  await shop.run(['leak', 'report', ...of]);
  const words = ['leak', 'check', ...of, '--until', 'dead', '--for', '1s'];
  const over = await shop.ask(words);
  expect(over.status).toBe(1);
  expect(over.document).toMatchObject({ ended: 'time-over', checks: 2, says: 'alive', dead: false });
  expect(over.stderr).toMatch(/Z alive[.] Next check in 1 s[.]\n.*Z alive[.]\n/);
  const credential = shop.sandbox.issueAdminCredential('anthropic');
  const listed = await shop.ask(['leak', 'revoke', ...of, '--admin-api'], { input: credential });
  const id = String(at(listed.document, 'keys', 0, 'vendorKeyId'));
  await shop.ask(['leak', 'revoke', ...of, '--vendor-key', id], { input: credential });
  const dead = await shop.ask(words);
  expect(dead).toMatchObject({ status: 0, document: { ended: 'dead', checks: 1, dead: true } });
  for (const wrong of [
    ['--until', 'alive'],
    ['--for', '1s'],
    [...['--until', 'dead'], '--for', '0m'],
  ]) {
    expect((await shop.run(['leak', 'check', ...of, ...wrong])).status).toBe(2);
  }
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
