import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appendFileSync, copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop({ init: 'copied' });
});
afterEach(() => shop.close());

const restored = (): string => join(shop.directory, 'restored');
const restore = (...more: ReadonlyArray<string>) =>
  shop.run(['restore', 'backup', '--data', restored(), '--master-key-file', shop.masterKey, ...more]);
const inRestored = (words: ReadonlyArray<string>) =>
  shop.run([...words, '--data', restored(), '--master-key-file', shop.masterKey]);

test('backs up, restores, and says what was done and what is next', async () => {
  const { keyId } = await shop.add('acme');
  const made = await shop.run(['backup', 'backup']);
  expect(made.status).toBe(0);
  expect(made.stdout).toMatch(/^Backed up deployment [0-9a-f-]{36} into .*backup, as of .*Z:$/m);
  expect(made.stdout).toMatch(/^ {2}vault\/vault\.sqlite, \d+ KiB$/m);
  expect(made.stdout).toMatch(/^The master key [0-9a-f]{16} is not in it\./m);

  const put = await restore();
  expect(put.stderr).toContain('repeat them now');
  expect(put.stdout).toMatch(/Restored deployment .* as it was at /);
  expect(put.stdout).toContain(
    'The log of 1 workspace ends as the vault knows it. Nothing is to be accepted.',
  );
  expect(put.status).toBe(0);

  expect((await inRestored(['verify'])).status).toBe(0);
  expect((await inRestored(['keys', 'list', '--workspace', 'acme', '--json'])).stdout).toContain(keyId);
  const run = ['runs', 'start', 'r1', '--workspace', 'acme', '--exec', 'true', '--secret-via', 'stdin'];
  expect((await inRestored(run)).status).toBe(0);
});

test('gives all of it as one document', async () => {
  await shop.add('acme');
  const made = await shop.ask(['backup', 'backup']);
  expect(made).toMatchObject({
    status: 0,
    document: { backup: { logKeyNumber: 1, heads: [{ workspaceId: 'acme' }], files: [{}, {}, {}] } },
  });
  const manifest: unknown = JSON.parse(readFileSync(join(shop.directory, 'backup', 'manifest.json'), 'utf8'));
  expect(at(manifest, 'takenAt')).toBe(at(made.document, 'backup', 'takenAt'));
  const put = await restore('--json');
  expect(JSON.parse(put.stdout)).toMatchObject({
    restore: { directory: restored(), findings: [], accept: [] },
  });
});

test('I-47: events that are older than the vault are told of at once, with what to accept', async () => {
  await shop.add('acme');
  await shop.add('beta');
  await shop.run(['backup', 'backup']);
  const older = join(shop.directory, 'older');
  copyFileSync(join(shop.directory, 'backup', 'events.sqlite'), older);
  await shop.add('acme', 'openai');
  await shop.run(['backup', 'newer']);
  // As by hand: the vault of one backup and the events of another, with a manifest that fits both.
  const manifest = (name: string) => join(shop.directory, name, 'manifest.json');
  const [was, now] = [manifest('backup'), manifest('newer')].map((file): unknown =>
    JSON.parse(readFileSync(file, 'utf8')),
  );
  const files = [...(at(now, 'files') as object[]).slice(0, 2), at(was, 'files', 2)];
  const { writeFileSync } = await import('node:fs');
  writeFileSync(manifest('newer'), JSON.stringify({ ...Object(now), files }));
  renameSync(older, join(shop.directory, 'newer', 'events.sqlite'));
  const put = await shop.run([
    ...['restore', 'newer', '--data', restored(), '--master-key-file', shop.masterKey],
  ]);
  expect(put.status).toBe(3);
  expect(put.stdout).toContain('log-behind: workspace acme');
  expect(put.stdout).toContain('  keyturn log accept --workspace acme');
  expect(put.stdout).not.toContain('--workspace beta');
});

test('a restore without the master key says that it was not looked at, and how to go on', async () => {
  await shop.add('acme');
  await shop.run(['backup', 'backup']);
  const put = await shop.run(['restore', 'backup', '--data', restored()]);
  expect(put.status).toBe(3);
  expect(put.stdout).toContain('It was restored, and not looked at');
  expect(put.stdout).toContain('master-key-missing');
  copyFileSync(shop.masterKey, `${restored()}.master-key`);
  expect((await shop.run(['verify', '--data', restored()])).status).toBe(0);
});

test('a backup that was changed is not restored', async () => {
  await shop.add('acme');
  await shop.run(['backup', 'backup']);
  appendFileSync(join(shop.directory, 'backup', 'vault', 'vault.sqlite'), 'x');
  const put = await restore();
  expect(put.status).toBe(3);
  expect(put.stderr).toContain('fault (backup-damaged)');
  expect(existsSync(join(restored(), 'vault'))).toBe(false);
});

test('neither goes to a place that has something in it, nor to one that looks like a key', async () => {
  await shop.run(['backup', 'backup']);
  expect((await shop.run(['backup', 'backup'])).stderr).toContain('fault (place-not-empty)');
  expect((await shop.run(['restore', 'backup'])).stderr).toContain('fault (place-not-empty)');
  const secret = shop.sandbox.issueKey('anthropic');
  const mistaken = await shop.run(['backup', secret]);
  expect(mistaken.status).toBe(2);
  expect(mistaken.stderr + mistaken.stdout).not.toContain(secret);
});
