import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

/** Puts the events alone back to a copy of before, and takes the read models away, which are rebuilt. */
const restoreEvents = (from: string): void => {
  for (const name of ['events.sqlite', 'events.sqlite-wal', 'events.sqlite-shm']) {
    rmSync(join(shop.data, name), { force: true });
  }
  copyFileSync(from, join(shop.data, 'events.sqlite'));
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(shop.data, `read-models.sqlite${suffix}`), { force: true });
};

test('I-13, I-47: the events alone put back: the workspace is stopped, and goes on by one documented act', async () => {
  const [first, second] = [await shop.add('acme'), await shop.add('acme', 'openai')];
  await shop.add('other');
  const events = openSqlite(join(shop.data, 'events.sqlite'));
  events.pragma('wal_checkpoint(TRUNCATE)');
  events.close();
  const backup = join(shop.directory, 'events.backup');
  copyFileSync(join(shop.data, 'events.sqlite'), backup);
  await shop.run([
    ...['keys', 'hard-delete', '--yes', first.keyId, '--workspace', 'acme', '--case', 'C-1'],
    ...['--successor', second.keyId],
  ]);
  const third = await shop.add('acme', 'openai');
  restoreEvents(backup);

  const stopped = await shop.run(['runs', 'start', 'r1', '--workspace', 'acme']);
  expect([stopped.status, stopped.stderr]).toEqual([
    3,
    expect.stringContaining('On this command line: keyturn log accept --workspace WORKSPACE'),
  ]);
  expect((await shop.run(['runs', 'start', 'r1', '--workspace', 'other'])).status).toBe(0);

  const told = await shop.run(['log', 'accept', '--workspace', 'acme', '--successor', second.keyId]);
  expect(told.status).toBe(0);
  expect(told.stdout).toContain(`Keys that no event names any more: ${third.keyId}`);
  expect(told.stdout).toContain(`Keys to be hard-deleted again: ${first.keyId}`);
  expect(told.stderr).toContain('Nothing was done.');
  expect((await shop.run(['runs', 'start', 'r1', '--workspace', 'acme'])).status).toBe(3);

  const words = ['log', 'accept', '--workspace', 'acme', '--successor', second.keyId, '--yes'];
  const { status, document } = await shop.ask([...words, '--as', 'support:grace']);
  expect(status).toBe(0);
  expect(at(document, 'workspaces', 0)).toMatchObject({
    workspaceId: 'acme',
    lostKeys: [third.keyId],
    hardDeletedAgain: [first.keyId],
  });

  expect((await shop.run(['runs', 'start', 'r1', '--workspace', 'acme'])).status).toBe(0);
  const again = await shop.run(['keys', 'add', '--workspace', 'acme', '--vendor', 'anthropic'], {
    input: first.secret,
  });
  expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('fingerprint-leaked')]);
  expect((await shop.run(['sweep', '--grace', '0'])).status).toBe(0);
  const log = await shop.run(['audit', 'list', '--workspace', 'acme']);
  expect(log.stdout).toContain('grace accepted that the log lost what followed revision');
  expect((await shop.run(['log', 'accept', '--all'])).stdout).toContain('No log lacks anything');
});

test.each([
  [['log', 'accept'], 'Say which workspace'],
  [['log', 'accept', '--all', '--workspace', 'acme'], '--all goes with neither'],
])('%j is a usage error', async (words, said) => {
  const { status, stderr } = await shop.run(words);
  expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
});
