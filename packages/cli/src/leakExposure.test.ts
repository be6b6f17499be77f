import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let key: AddedKey;
const W = ['--workspace', 'acme'];
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
  key = await shop.add('acme');
  await shop.run(['runs', 'start', 'run-1', ...W, '--project', 'docs', '--as', 'service:compiler']);
  const next = await shop.add('acme');
  await shop.run(['keys', 'set-default', next.keyId, ...W]);
  await shop.run(['runs', 'start', 'run-2', ...W, '--key', key.keyId, '--as', 'user:mallory']);
});
afterAll(() => shop.close());

test('a report for people fits 80 columns and names findings with their entries', async () => {
  const { status, stdout } = await shop.run(['leak', 'exposure', key.keyId.slice(0, 8), ...W, '--habits']);
  expect(status).toBe(0);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(stdout).toContain('2 runs pinned, 0 resumed, 1 test call');
  expect(stdout).toContain('1 finding');
  expect(stdout).toMatch(/after-default-moved +1 time\n {2}\d{4}-.* #\d+ user:mallory, run run-2/);
  expect(stdout).toMatch(/Nothing by +refused-attempts/);
  expect(stdout).toMatch(/unusual-hour +The key was added less than 8 weeks/);
  expect(stdout).not.toContain(key.secret);
});

test('one document, with times as text', async () => {
  const { document } = await shop.ask(['leak', 'exposure', key.keyId, ...W, '--since', '2020-01-01']);
  expect(at(document, 'window', 'since')).toBe('2020-01-01T00:00:00.000Z');
  expect(at(document, 'counts', 'afterSuspected')).toBe(3);
  expect(String(at(document, 'uses', 0, 'at'))).toMatch(/^20\d\d-.*Z$/);
  expect(at(document, 'defaultMoves', 1, 'to')).toBe('another-key');
});

test('lays the usage of the vendor beside the pins', async () => {
  const file = join(shop.directory, 'usage.csv');
  writeFileSync(file, 'start,end,requests\n2026-01-05T14:00:00Z,2026-01-05T15:00:00Z,12\n');
  const words = ['leak', 'exposure', key.keyId, ...W, '--since', '2026-01-01', '--usage', file];
  const { stdout } = await shop.run(words);
  expect(stdout).toMatch(/Vendor +A pin of ours covers 0 of 1 bucket with use/);
  expect(stdout).toMatch(/unexplained-at-vendor +1 time\n {2}2026-01-05 .*12 requests, in 60 minutes/);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  const missing = await shop.run(['leak', 'exposure', key.keyId, ...W, '--usage', 'none.csv']);
  expect(missing.status).toBe(2);
});

test('refuses a window that is the wrong way round', async () => {
  const words = ['leak', 'exposure', key.keyId, ...W, '--since', '2026-11-25', '--until', '2026-11-23'];
  expect(await shop.run(words)).toMatchObject({ status: 2 });
});

test('writes the report as one page for its owner alone, and never over what is there', async () => {
  const file = join(shop.directory, 'report.html');
  const words = ['leak', 'exposure', key.keyId, ...W, '--html', file];
  const { status, stderr } = await shop.run(words);
  expect([status, stderr]).toEqual([0, expect.stringContaining(`The page is ${file}.`)]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const page = readFileSync(file, 'utf8');
  expect(page).toMatch(/<code>after-default-moved<\/code>.*user:mallory, run run-2/);
  expect(page).not.toContain('The case');
  expect(page).not.toContain(key.secret);
  const again = await shop.run(words);
  expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
  expect(readFileSync(file, 'utf8')).toBe(page);
});

test('a page has the case of the key, where one is named', async () => {
  const { keyId } = await shop.add('acme');
  const file = join(shop.directory, 'case.html');
  const words = ['leak', 'exposure', keyId, ...W, '--html', file, '--case', 'SR-7'];
  const unknown = await shop.run(words);
  expect([unknown.status, unknown.stderr]).toEqual([
    2,
    expect.stringContaining('was not reported under SR-7'),
  ]);
  expect(await shop.run(words.slice(0, 5))).toMatchObject({ status: 0 });
  await shop.run(['leak', 'report', keyId, ...W, '--case', 'SR-7', '--stranger', 'no']);
  expect((await shop.run(words)).status).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(/The case <bdi>SR-7<\/bdi>/);
  const nowhere = ['leak', 'exposure', keyId, ...W, '--case', 'SR-7'];
  expect(await shop.run(nowhere)).toMatchObject({ status: 2 });
});

test('with the key itself it says where else that is on file, and in no page', async () => {
  const other = await shop.ask(['keys', 'add', '--vendor', 'anthropic', '--workspace', 'globex'], {
    input: key.secret,
  });
  const words = ['leak', 'exposure', key.keyId, ...W, '--as', 'support:grace', '--pasted'];
  const { status, stdout } = await shop.run(words, { input: key.secret });
  expect(status).toBe(0);
  expect(stdout).toMatch(/same-secret-elsewhere +1 time/);
  expect(stdout).toContain(`globex: key ${String(at(other.document, 'key', 'keyId')).slice(0, 8)}`);
  expect(stdout).not.toContain(key.secret);
  const page = [...words, '--html', join(shop.directory, 'elsewhere.html')];
  expect(await shop.run(page, { input: key.secret })).toMatchObject({ status: 2 });
  const stranger = await shop.run(words, { input: shop.sandbox.issueKey('anthropic') });
  expect([stranger.status, stranger.stderr]).toEqual([
    2,
    expect.stringContaining('The key that was pasted is another one'),
  ]);
});
