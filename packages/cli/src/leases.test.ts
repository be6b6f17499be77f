import { randomUUID as uuid } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accepting, addingKey, givePast, startingRun } from './testSupport/pastOf';
import { openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const HOUR_MS = 3_600_000;

/** Two runs on the Default, of which one has a lease that has run out. */
const withLapsedRun = async (workspace: string): Promise<string> => {
  const keyId = uuid();
  const longAgo = Date.now() - 2 * HOUR_MS;
  await givePast(shop, workspace, [addingKey(keyId), accepting(keyId, longAgo)], longAgo);
  await givePast(
    shop,
    workspace,
    [startingRun('lapsed', keyId, 60), startingRun('alive', keyId)],
    longAgo + 10,
  );
  return keyId;
};

test('a run whose lease ran out is ended before a key is deleted, by keyturn-cli', async () => {
  const keyId = await withLapsedRun('delete');
  const { status, document, stderr } = await shop.ask([
    'keys',
    'delete',
    keyId,
    '--workspace',
    'delete',
    '--leave-empty',
  ]);
  expect(status).toBe(0);
  expect(stderr).toContain('The lease of lapsed had run out, so it was ended.');
  expect(document).toMatchObject({ state: 'retired', openRuns: 1 });
  const runs = await shop.ask(['runs', 'list', '--workspace', 'delete']);
  expect(runs.document).toMatchObject({
    runs: [
      { runId: 'alive', open: true },
      { runId: 'lapsed', open: false, outcome: 'lease-expired' },
    ],
  });
  const audit = await shop.ask([
    'audit',
    'list',
    '--workspace',
    'delete',
    '--run',
    'lapsed',
    '--action',
    'RunKeyReleased',
  ]);
  expect(audit.document).toMatchObject({ entries: [{ actorKind: 'service', actorId: 'keyturn-cli' }] });
});

test('a run that finds no room for want of that ends those, and starts', async () => {
  const keyId = uuid();
  const longAgo = Date.now() - 2 * HOUR_MS;
  await givePast(shop, 'start', [addingKey(keyId), accepting(keyId, longAgo)], longAgo);
  const alive = Array.from({ length: 9_999 }, (_, n) => startingRun(`alive-${n}`, keyId));
  await givePast(shop, 'start', [startingRun('lapsed', keyId, 60), ...alive], longAgo + 10);
  const start = ['runs', 'start', 'another', '--workspace', 'start', '--lease', '60'];
  const { status, stderr } = await shop.run(start);
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: 'The lease of lapsed had run out, so it was ended.\n',
  });
});

test('commands that do not depend on it leave a run whose lease ran out to a sweep', async () => {
  const keyId = await withLapsedRun('others');
  expect((await shop.run(['keys', 'set-default', keyId, '--workspace', 'others'])).stderr).toBe('');
  const lapsed = { runs: [{ runId: 'alive' }, { runId: 'lapsed', open: true }] };
  expect((await shop.ask(['runs', 'list', '--workspace', 'others'])).document).toMatchObject(lapsed);
});
