import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, filesWith, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let old: AddedKey;
let fresh: AddedKey;
let folder: string;
const W = ['--workspace', 'acme'];
const CASE = ['--case', 'SR-7'];
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
  old = await shop.add('acme');
  fresh = await shop.add('acme');
  await shop.run(['leak', 'report', old.keyId, ...W, ...CASE, '--stranger', 'no']);
  await shop.run(['leak', 'report', fresh.keyId, ...W, ...CASE, '--stranger', 'no']);
  await shop.run(['keys', 'hard-delete', old.keyId, ...W, ...CASE, '--successor', fresh.keyId, '--yes']);
  folder = join(shop.directory, 'evidence');
  await shop.run(['leak', 'evidence', ...CASE, '--out', folder]);
});
afterAll(() => shop.close());

const read = (...path: ReadonlyArray<string>): string => readFileSync(join(folder, ...path), 'utf8');

test('a directory for its owner alone has the case, its entries, and each key', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.map(({ name }) => name).sort()).toEqual(
    [
      ...['SHA256SUMS', 'audit.jsonl', 'case.json', 'certificate.txt'],
      ...['report.html', 'report.html', 'report.json', 'report.json'],
    ].sort(),
  );
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'case.json')).mode & 0o777).toBe(0o600);
  expect(at(JSON.parse(read('case.json')), 'keys', 1, 'status')).toBeDefined();
  const types = read('audit.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => at(JSON.parse(line), 'action'));
  expect(types).toEqual(
    expect.arrayContaining(['KeyReportedLeaked', 'KeyHardDeleted', 'KeySecretDestroyed']),
  );
  expect(at(JSON.parse(read('acme', old.keyId, 'report.json')), 'key', 'keyId')).toBe(old.keyId);
  expect(read('acme', old.keyId, 'report.html')).toContain('The case <bdi>SR-7</bdi>');
  expect(filesWith(folder, [old.secret, fresh.secret])).toEqual([]);
});

test('its certificate holds', async () => {
  const file = join(folder, 'acme', old.keyId, 'certificate.txt');
  expect((await shop.run(['leak', 'verify', file])).status).toBe(0);
});

test('its digests are checked by sha256sum, which finds a file that was changed', async () => {
  const other = join(shop.directory, 'other');
  const { document } = await shop.ask(['leak', 'evidence', ...CASE, '--out', other]);
  expect(at(document, 'files', 0, 'path')).toBe('case.json');
  const check = (): string =>
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], {
      cwd: other,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(check()).toBe('');
  appendFileSync(join(other, 'audit.jsonl'), '\n');
  expect(check).toThrow('did NOT match');
});

test.each<readonly [why: string, words: ReadonlyArray<string>]>([
  ['a directory in which something is', ['--case', 'SR-7', '--out', 'evidence']],
  ['a case that has no key', ['--case', 'SR-8', '--out', 'none']],
  ['the usage of one key for two', ['--case', 'SR-7', '--out', 'none', '--usage', '/dev/null']],
  [
    'a window that is the wrong way round',
    ['--case', 'SR-7', '--out', 'none', '--since', '2026-11-25', '--until', '2026-11-23'],
  ],
])('%s is refused, and nothing is written', async (_, words) => {
  const before = read('SHA256SUMS');
  expect(await shop.run(['leak', 'evidence', ...words])).toMatchObject({ status: 2 });
  expect(read('SHA256SUMS')).toBe(before);
  expect(readdirSync(shop.directory)).not.toContain('none');
});

test('a directory that others may read, and one that a link leads to, are refused', async () => {
  const open = join(shop.directory, 'open');
  mkdirSync(open);
  chmodSync(open, 0o755);
  const own = join(shop.directory, 'own');
  mkdirSync(own, { mode: 0o700 });
  const link = join(shop.directory, 'link');
  symlinkSync(own, link);
  for (const out of [open, link]) {
    const { status, stderr } = await shop.run(['leak', 'evidence', ...CASE, '--out', out]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('not a directory of yours alone')]);
    expect(readdirSync(out)).toEqual([]);
  }
  expect((await shop.run(['leak', 'evidence', ...CASE, '--out', own])).status).toBe(0);
});
