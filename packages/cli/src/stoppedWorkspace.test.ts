import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  await shop.add('acme');
  const events = join(shop.data, 'events.sqlite');
  const content = readFileSync(events, 'latin1');
  writeFileSync(events, content.replaceAll('KeyValidated', 'KeySanitized'), 'latin1');
  await shop.add('other');
  await shop.run(['keys', 'list', '--workspace', 'other']);
  await shop.run(['audit', 'list']);
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
