import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { KEPT_MASTER_KEY, keptDeployments } from '@keyturn/testbed';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

const [kept] = keptDeployments
  .filter(({ vaultKind }) => vaultKind === 'sqlite')
  .sort((a, b) => a.vaultFormat - b.vaultFormat);

const W = ['--workspace', 'acme'];

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop({ init: false });
  if (kept === undefined) throw new Error('no deployment is kept');
  mkdirSync(join(shop.data, 'vault'), { recursive: true, mode: 0o700 });
  for (const [path, statements] of [
    ['events.sqlite', kept.read('events.sql')],
    ['vault/vault.sqlite', kept.read('vault.sql')],
    ['vault/vault-keys.sqlite', kept.read('vault-keys.sql')],
  ] as const) {
    const db = openSqlite(join(shop.data, path));
    db.exec(`PRAGMA synchronous = OFF; BEGIN; ${statements} COMMIT;`);
    db.close();
    chmodSync(join(shop.data, path), 0o600);
  }
  writeFileSync(shop.masterKey, KEPT_MASTER_KEY, { mode: 0o600 });
});
afterEach(() => shop.close());

test('says what it would do, does it, and does nothing the second time', async () => {
  const planned = await shop.run(['migrate', '--dry-run']);
  expect(planned.stdout).toBe(
    'The event store would go from format 1 to 2, which adds the release that it needs.\n' +
      'The vault would go from format 6 to 7, which adds the release that it needs.\n',
  );
  expect(planned.stderr).toMatch(
    /^Stop every process that uses them, back them up .*then run keyturn migrate\.$/m,
  );
  expect(planned.stderr).toContain('Older releases open none of it afterwards.');
  expect(planned.status).toBe(0);

  const done = await shop.run(['migrate']);
  expect(done.stdout).toBe(planned.stdout.replaceAll('would go', 'went'));
  expect([done.status, done.stderr]).toEqual([0, 'Look over everything: keyturn verify\n']);

  for (const words of [['migrate'], ['migrate', '--dry-run']]) {
    expect(await shop.run(words)).toEqual({
      status: 0,
      stdout:
        'The event store has format 2, that of this release.\nThe vault has format 7, that of this release.\n',
      stderr: '',
    });
  }
  expect((await shop.run(['verify'])).status).toBe(0);
  const run = ['runs', 'start', 'r1', ...W, '--exec', 'cat > got', '--secret-via', 'stdin'];
  expect((await shop.run(run)).status).toBe(0);
});

test('gives all of it as one document', async () => {
  const step = { adds: 'the release that it needs' };
  const document = (dryRun: boolean) => ({
    migrate: {
      deploymentId: expect.any(String),
      dryRun,
      eventStore: { format: 1, steps: [{ from: 1, to: 2, ...step }] },
      vault: { format: 6, steps: [{ from: 6, to: 7, ...step }] },
    },
  });
  expect((await shop.ask(['migrate', '--dry-run'])).document).toEqual(document(true));
  expect((await shop.ask(['migrate'])).document).toEqual(document(false));
  expect((await shop.ask(['migrate'])).document).toMatchObject({
    migrate: { dryRun: false, eventStore: { format: 2, steps: [] }, vault: { format: 7, steps: [] } },
  });
});

test.each([
  [['keys', 'list', ...W]],
  [['history', ...W]],
  [['audit', 'list', ...W]],
  [['sweep']],
  [['verify']],
  [['vault', 'info']],
  [['vault', 'rotate-master-key']],
  [['projections', 'status']],
])('until then %j is refused, and says what to do', async (words) => {
  const { status, document, stderr } = await shop.ask(words);
  expect(status).toBe(3);
  expect(at(document, 'fault', 'code')).toBe('migration-needed');
  expect(stderr).toMatch(/stop every process that uses it, back it up, then run keyturn migrate\./);
});

test('is backed up as it is, and a restore says that it has to be migrated', async () => {
  expect((await shop.run(['backup', 'backup'])).status).toBe(0);
  expect((await shop.run(['migrate'])).status).toBe(0);
  const there = ['--data', join(shop.directory, 'restored'), '--master-key-file', shop.masterKey];
  const put = await shop.run(['restore', 'backup', ...there]);
  expect(put.status).toBe(3);
  expect(put.stdout).toContain('It was restored, and not looked at');
  expect(put.stdout).toContain('then run keyturn migrate.');
  expect((await shop.run(['migrate', ...there])).status).toBe(0);
  expect((await shop.run(['verify', ...there])).status).toBe(0);
});
