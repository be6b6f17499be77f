import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs, { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { placeCredentials, type Credentials } from './credentials';

let directory: string;
let credentials: Credentials;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-credentials-'));
  credentials = placeCredentials(directory, ['openai'], () => randomBytes(24).toString('hex'));
  path = join(directory, 'operator', 'openai');
});
afterEach(() => {
  credentials.close();
  rmSync(directory, { recursive: true, force: true });
});

test.each<readonly [string, () => unknown]>([
  ['the operator package', () => credentials.operator.withOperatorCredential('openai', () => undefined)],
  [
    'the operator package, from the environment',
    () => credentials.operator.withOperatorCredential('environment', () => undefined),
  ],
  ['a synchronous read', () => readFileSync(path)],
  ['a read by a relative path', () => readFileSync(join(directory, 'operator', '..', 'operator', 'openai'))],
  ['a promised read', () => readFile(path)],
  ['a stream', () => text(createReadStream(path))],
  ['a copy', () => copyFile(path, join(directory, 'copy'))],
  ['a link', () => fs.linkSync(path, join(directory, 'link'))],
])('%s is seen', async (_, look) => {
  expect(credentials.takeReads()).toBe(0);
  await look();
  expect(credentials.takeReads()).toBeGreaterThan(0);
  expect(credentials.takeReads()).toBe(0);
});

test('another process is seen where the file system keeps access times', () => {
  const seenBy = (read: () => unknown): boolean => {
    read();
    return credentials.takeReads() > 0;
  };
  const probe = join(directory, 'probe');
  fs.writeFileSync(probe, 'x');
  fs.utimesSync(probe, new Date(0), new Date());
  readFileSync(probe);
  const keepsTimes = fs.statSync(probe).atimeMs > 0;
  expect(seenBy(() => execFileSync('cat', [path]))).toBe(keepsTimes);
});

test('looking at something else is not', async () => {
  fs.writeFileSync(join(directory, 'other'), 'x');
  await readFile(join(directory, 'other'));
  fs.statSync(path);
  expect(process.env['PATH']).toBeDefined();
  expect(credentials.takeReads()).toBe(0);
});

test('afterwards nothing is left of it', () => {
  credentials.close();
  readFileSync(path);
  expect(Object.keys(process.env).filter((name) => name.startsWith('KEYTURN_TRUST_'))).toEqual([]);
});
