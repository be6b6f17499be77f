import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

/** Another program writes to the end of a workspace's stream. */
const writeForeign = (workspace: string, type: string): number => {
  const events = openSqlite(join(shop.data, 'events.sqlite'));
  const stream = `SELECT id FROM streams WHERE name = 'keyring-${workspace}'`;
  events
    .prepare(
      `INSERT INTO events (stream_id, revision, event_id, type, data, metadata, recorded_at)
       SELECT stream_id, revision + 1, ?, ?, '{}', '{"by":"billing"}', recorded_at
       FROM events WHERE stream_id = (${stream}) ORDER BY revision DESC LIMIT 1`,
    )
    .run(randomUUID(), type);
  const revision = events.pluck(`SELECT max(revision) FROM events WHERE stream_id = (${stream})`).get();
  events.close();
  return Number(revision);
};

test('what another program wrote stops a workspace, and is disowned by one documented act', async () => {
  await shop.add('acme');
  await shop.add('other');
  expect((await shop.run(['log', 'disown', '--workspace', 'acme'])).stdout).toContain(
    'its log ends with an event that the vault has sealed',
  );
  const first = writeForeign('acme', 'InvoiceSent');
  writeForeign('acme', 'Invoice\u001b[2JPaid');

  const stopped = await shop.run(['runs', 'start', 'r1', '--workspace', 'acme']);
  expect([stopped.status, stopped.stderr]).toEqual([
    3,
    expect.stringContaining('keyturn log disown --workspace WORKSPACE'),
  ]);
  expect((await shop.run(['runs', 'start', 'r1', '--workspace', 'other'])).status).toBe(0);
  expect((await shop.run(['keys', 'list', '--workspace', 'acme'])).status).toBe(3);

  const told = await shop.run(['log', 'disown', '--workspace', 'acme']);
  expect(told.status).toBe(0);
  expect(told.stdout).toContain(`No good seal lies over events ${first} to ${first + 1} of its log:`);
  expect(told.stdout).toContain('InvoiceSent');
  expect(told.stdout).not.toContain('\u001b');
  expect(told.stderr).toContain(`--from ${first} --yes`);
  expect((await shop.run(['verify'])).status).toBe(3);

  const words = ['log', 'disown', '--workspace', 'acme', '--as', 'support:grace', '--yes'];
  const wrong = await shop.run([...words, '--from', String(first + 1)]);
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining(`which is ${first}`)]);
  const { status, document } = await shop.ask([...words, '--from', String(first)]);
  expect(status).toBe(0);
  expect(document).toMatchObject({
    disowned: true,
    from: first,
    to: first + 1,
    lossToAccept: false,
    revision: first + 2,
  });
  expect(at(document, 'digest')).toMatch(/^[\w-]{43}$/);

  expect((await shop.run(['runs', 'start', 'r1', '--workspace', 'acme'])).status).toBe(0);
  for (const name of ['key-list', 'run-usage', 'audit-log']) {
    expect((await shop.run(['projections', 'rebuild', name])).status).toBe(0);
  }
  const log = await shop.run(['audit', 'list', '--workspace', 'acme']);
  expect(log.stdout).toContain(`grace disowned events ${first} to ${first + 1} of the log`);
  const verified = await shop.run(['verify']);
  expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('Nothing is wrong.')]);
});

test.each([9e15, -1, 2 ** 62])('a recorded time that nobody can write (%d) hides nothing', async (time) => {
  const workspace = `w${String(time).replace(/\W/g, '-')}`;
  await shop.add(workspace);
  const events = openSqlite(join(shop.data, 'events.sqlite'));
  events
    .prepare(
      `UPDATE events SET recorded_at = CAST(? AS INTEGER) WHERE revision = 1
       AND stream_id = (SELECT id FROM streams WHERE name = ?)`,
    )
    .run(String(BigInt(time)), `keyring-${workspace}`);
  events.close();
  const from = writeForeign(workspace, 'InvoiceSent');
  const told = await shop.run(['log', 'disown', '--workspace', workspace]);
  expect([told.status, told.stderr]).toEqual([0, expect.stringContaining(`--from ${from}`)]);
  const words = ['log', 'disown', '--workspace', workspace, '--from', String(from), '--yes'];
  expect((await shop.run(words)).status).toBe(0);
  expect((await shop.run(['history', '--workspace', workspace])).status).toBe(0);
  for (const words of [
    ['audit', 'list', '--workspace', workspace],
    ['audit', 'list', '--since', '2026-01-01'],
    ['audit', 'export', '--csv'],
  ]) {
    const { status, stdout } = await shop.run(words);
    expect([words, status]).toEqual([words, 0]);
    expect(stdout).toContain(time < 0 ? '1970-01-01' : '9999-12-31');
  }
});

test('honest events behind one that was changed are told, and go by a word of their own', async () => {
  await shop.add('half');
  const events = openSqlite(join(shop.data, 'events.sqlite'));
  events
    .prepare(
      "UPDATE events SET data = data || ' ' WHERE revision = 1 AND stream_id = (SELECT id FROM streams WHERE name = ?)",
    )
    .run('keyring-half');
  events.close();
  const told = await shop.run(['log', 'disown', '--workspace', 'half']);
  expect([told.status, told.stdout]).toEqual([
    0,
    expect.stringContaining('Seals of ours lie over some of them'),
  ]);
  const words = ['log', 'disown', '--workspace', 'half', '--from', '0', '--yes'];
  const refused = await shop.run(words);
  expect([refused.status, refused.stderr]).toEqual([
    3,
    expect.stringContaining('Restore the events from a backup'),
  ]);
  const { status, document } = await shop.ask([...words, '--honest-too']);
  expect([status, document]).toMatchObject([0, { disowned: true, from: 0, lossToAccept: true }]);
  expect((await shop.run(['log', 'accept', '--workspace', 'half', '--yes'])).status).toBe(0);
  await shop.add('half');
});

test('a workspace without a log has nothing to disown, and a wrong revision is told at once', async () => {
  const none = await shop.run(['log', 'disown', '--workspace', 'nobody']);
  expect([none.status, none.stdout]).toEqual([0, expect.stringContaining('has no log')]);
  await shop.add('whole');
  for (const yes of [[], ['--yes']]) {
    const { status, stderr } = await shop.run([
      'log',
      'disown',
      '--workspace',
      'whole',
      '--from',
      '99',
      ...yes,
    ]);
    expect([status, stderr]).toEqual([1, expect.stringContaining('nothing-to-disown')]);
  }
});

test.each([
  [['log', 'disown', '--workspace', 'acme', '--yes'], 'Say from which revision'],
  [['log', 'disown', '--workspace', 'acme', '--from', '-1'], '--from has to be a whole number'],
])('%j is a usage error', async (words, said) => {
  const { status, stderr } = await shop.run(words);
  expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
});
