import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let key: AddedKey;
let file: string;
const W = ['--workspace', 'acme'];
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
  key = await shop.add('acme');
  await shop.run(['keys', 'hard-delete', key.keyId, ...W, '--case', 'SR-7', '--yes']);
  file = join(shop.directory, 'destroyed.txt');
  await shop.run(['leak', 'certificate', key.keyId, ...W, '--out', file]);
});
afterAll(() => shop.close());

const changed = (name: string, change: (text: string) => string): string => {
  const other = join(shop.directory, name);
  writeFileSync(other, change(readFileSync(file, 'utf8')));
  return other;
};

test('a certificate is told, written for its owner alone, and never over what is there', async () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const told = await shop.run(['leak', 'certificate', key.keyId.slice(0, 8), ...W]);
  expect(told).toMatchObject({ status: 0, stdout: readFileSync(file, 'utf8') });
  expect(told.stdout).not.toContain(key.secret);
  const again = await shop.run(['leak', 'certificate', key.keyId, ...W, '--out', file]);
  expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
  expect(readdirSync(shop.directory).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test('one document, with times as text', async () => {
  const { document } = await shop.ask(['leak', 'certificate', key.keyId, ...W]);
  expect(at(document, 'hardDeleted', 'caseId')).toBe('SR-7');
  expect(String(at(document, 'destroyed', 'receipt', 'destroyedAt'))).toMatch(/^20\d\d-.*Z$/);
});

test('a file that is as it was written holds', async () => {
  const { status, stdout } = await shop.run(['leak', 'verify', file]);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^Every line is so: \d+ of key /)]);
});

test('a line that is not so is named, with what the log says', async () => {
  const forged = changed('forged.txt', (text) => text.replace(/(by: +)user:\S+/, '$1user:mallory'));
  const { status, stdout } = await shop.run(['leak', 'verify', forged]);
  expect(status).toBe(3);
  expect(stdout).toMatch(
    /^Line \d+ is not so\n {2}The file says " {2}by: +user:mallory"\.\n {2}The log says " {2}by: /,
  );
  expect(stdout).toContain('1 of ');
  const { document } = await shop.ask(['leak', 'verify', forged]);
  expect(at(document, 'certificate', 'findings', 0, 'says')).toContain('user:mallory');
});

test('what is no certificate, and what can not be read, is no finding', async () => {
  const none = changed('none.txt', () => 'hello');
  expect(await shop.run(['leak', 'verify', none])).toMatchObject({ status: 1 });
  expect(await shop.run(['leak', 'verify', 'nowhere.txt'])).toMatchObject({ status: 2 });
});

test('a page of a destroyed key has its certificate', async () => {
  const page = join(shop.directory, 'page.html');
  await shop.run(['leak', 'exposure', key.keyId, ...W, '--html', page]);
  expect(readFileSync(page, 'utf8')).toContain('Certificate of destruction</h2>');
});
