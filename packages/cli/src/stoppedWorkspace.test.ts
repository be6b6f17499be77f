import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  await shop.add('acme');
  await shop.add('other');
  const database = openSqlite(join(shop.data, 'events.sqlite'));
  database.exec(
    `UPDATE events SET type = 'KeySanitized' WHERE type = 'KeyValidated'
     AND stream_id = (SELECT id FROM streams WHERE name = 'keyring-acme')`,
  );
  database.close();
});
afterAll(() => shop.close());

const TOLD = /^The log of workspace acme is damaged: event 3 of stream keyring-acme .*\n/m;

test('I-5: a workspace whose log is damaged stands, and no other', async () => {
  const { status, document } = await shop.ask(['keys', 'list', '--workspace', 'acme']);
  expect([status, at(document, 'fault', 'code')]).toEqual([3, 'log-damaged']);
  expect((await shop.run(['keys', 'list', '--workspace', 'other'])).status).toBe(0);
});

test.each(['projections status', 'audit list', 'audit export'])('%s names it', async (words) => {
  const { status, stderr } = await shop.run(words.split(' '));
  expect([status, stderr]).toEqual([0, expect.stringMatching(TOLD)]);
});

test('projections status counts it', async () => {
  const { stdout } = await shop.run(['projections', 'status']);
  expect(stdout).toMatch(/^key-list +1 workspace stopped /m);
});
