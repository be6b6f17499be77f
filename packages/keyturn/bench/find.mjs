// A key found by its value among 100,000 of as many workspaces that all end alike: the worst case, since a fingerprint
// is made anew for each workspace. The rows are written beside the one key that is real. Exits 1 beyond the bound.
// Usage: node packages/keyturn/bench/find.mjs [--quick]
import { openSqlite } from '@keyturn/sqlite';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { initKeyturn, openKeyturn } from 'keyturn';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atMost, median } from '../../../scripts/bench-bound.mjs';

const quick = process.argv.includes('--quick');
const KEYS = 100_000;
const ROUNDS = quick ? 3 : 7;
/** Seconds of processor time. */
const MOST_SECONDS = 2;
const actor = { kind: 'support', id: 'grace' };

const root = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
const sandbox = await startVendorSandbox();
try {
  const place = { directory: join(root, 'data'), masterKey: { file: join(root, 'master.key') } };
  await initKeyturn(place);
  const open = () =>
    openKeyturn({ ...place, authorize: () => true, housekeeping: false, endpointOverrides: sandbox.urls });
  const pasted = sandbox.issueKey('anthropic');
  const first = await open();
  await first.keys.add({ workspaceId: 'zz-last', actor }, { vendor: 'anthropic', pasted });
  await first.support.find({ actor }, { pasted });
  await first.close();

  const file = openSqlite(join(root, 'data', 'read-models.sqlite'));
  const insert = file.prepare(
    'INSERT INTO key_fingerprints_g1 (workspace_id, key_id, last4, fingerprint) VALUES (?, ?, ?, ?)',
  );
  file.transaction('immediate', () => {
    for (let n = 0; n < KEYS; n += 1) {
      insert.run(`ws-${n}`, `key-${n}`, pasted.slice(-4), randomBytes(41).toString('base64url'));
    }
  });
  file.close();

  const keyturn = await open();
  const seconds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    const { keys } = await keyturn.support.find({ actor }, { pasted });
    const { user, system } = process.cpuUsage(before);
    if (keys.length !== 1) throw new Error(`${keys.length} keys were found.`);
    seconds.push((user + system) / 1e6);
  }
  await keyturn.close();
  console.log(`A key among ${KEYS} that end alike, each of another workspace, in seconds of processor time`);
  console.log(atMost(MOST_SECONDS, median(seconds)));
} finally {
  await sandbox.close();
  rmSync(root, { recursive: true, force: true });
}
