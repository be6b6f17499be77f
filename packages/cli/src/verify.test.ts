import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { join } from 'node:path';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop({ init: 'copied' });
  await shop.add('acme');
  await shop.add('acme', 'openai');
  await shop.add('beta');
  await shop.run(['keys', 'list', '--workspace', 'acme']);
  await shop.run(['audit', 'list']);
});
afterEach(() => shop.close());

const change = (file: string, statement: string): void => {
  const database = openSqlite(join(shop.data, file));
  database.exec(statement);
  database.close();
};

const ACME = "(SELECT id FROM streams WHERE name = 'keyring-acme')";

test('says what was looked at, and that nothing is wrong', async () => {
  const { status, stdout } = await shop.run(['verify']);
  expect(stdout).toMatch(
    /^Verified 2 workspaces: \d+ events in their chains, \d+ good seals, 3 secrets opened\.$/m,
  );
  expect(stdout).toContain('Read models compared with the events: key-list, run-usage, audit-log.');
  expect(stdout).toMatch(/Nothing is wrong\.\n$/);
  expect(status).toBe(0);
  const again = await shop.ask(['verify', '--workspace', 'acme']);
  expect(again).toMatchObject({
    status: 0,
    document: {
      verify: {
        workspaces: 1,
        keysOpened: 2,
        readModels: ['key-list', 'run-usage', 'audit-log'],
        findings: [],
      },
    },
  });
});

test('I-11: read models that were written to are found, and a rebuild mends them', async () => {
  change('read-models.sqlite', "UPDATE key_list_g1 SET label = 'Production' WHERE workspace_id = 'acme'");
  const { status, stdout } = await shop.run(['verify']);
  expect(status).toBe(3);
  expect(stdout).toContain('read-model-differs: workspace acme, read model key-list');
  expect(stdout).toContain('keyturn projections rebuild key-list');
  await shop.run(['projections', 'rebuild', 'key-list']);
  expect((await shop.run(['verify'])).status).toBe(0);
});

test('I-45: the end cut off the whole store is told with what to do, and accepting it makes all well', async () => {
  change('events.sqlite', 'DELETE FROM events WHERE position > 3');
  const { status, document } = await shop.ask(['verify']);
  expect(status).toBe(3);
  const behind = (workspaceId: string, words: string) =>
    expect.objectContaining({ kind: 'log-behind', workspaceId, next: expect.stringContaining(words) });
  expect(at(document, 'verify', 'findings')).toEqual(
    expect.arrayContaining([
      behind('acme', 'keyturn log accept --workspace acme'),
      behind('beta', 'keyturn log accept --workspace beta'),
    ]),
  );
  expect(await shop.run(['log', 'accept', '--all', '--yes'])).toMatchObject({ status: 0 });
  for (const projection of ['key-list', 'run-usage', 'audit-log'])
    await shop.run(['projections', 'rebuild', projection]);
  await shop.run(['sweep', '--grace', '0']);
  expect(await shop.run(['verify'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Nothing is wrong.'),
  });
});

test('I-6: an edited event is told with workspace, stream and revision', async () => {
  change(
    'events.sqlite',
    `UPDATE events SET metadata = json_set(metadata, '$.actor.id', 'mallory')
     WHERE revision = 1 AND stream_id = ${ACME}`,
  );
  const { status, stdout } = await shop.run(['verify']);
  expect(status).toBe(3);
  expect(stdout).toContain('log-damaged: workspace acme, stream keyring-acme, revision 1');
  expect((await shop.run(['verify', '--workspace', 'beta'])).status).toBe(0);
});
