// Hard deletes at once in a vault on SQLite, by how many keys it has and how many are deleted: how long they took, and
// the longest that nothing else could run in the process. Exits 1 where sixteen at once hold it for over 100 ms longer
// than an idle process was held by the machine itself.
// Usage: node packages/proofs/bench/scale/shred.mjs [--quick]
import { openSqlite } from '@keyturn/sqlite';
import { createMasterKeyFile, createVault } from '@keyturn/vault';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const quick = process.argv.includes('--quick');
const SIZES = quick ? [10_000] : [10_000, 30_000, 100_000];
const AT_ONCE = [1, 4, 16];
const WORKSPACES = 100;
const MOST_MS = 100;

/**
 * At commit 4d185d9, with 100,000 keys: each of so many at once wrote both files anew and searched them, in one piece.
 */
const BEFORE_MS = new Map([
  [1, 930],
  [4, 3_840],
  [16, 14_400],
]);

const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};

/** Rows as large as those of usual keys. What is in them is never opened. */
const fill = (directory, keys) => {
  const rows = openSqlite(join(directory, 'vault.sqlite'));
  const dataKeys = openSqlite(join(directory, 'vault-keys.sqlite'));
  const insertRow = rows.prepare("INSERT INTO sealed_secrets VALUES (?, ?, ?, 'live', 0, NULL, 1, ?, ?)");
  const insertKey = dataKeys.prepare('INSERT INTO data_keys VALUES (?, ?, ?, 0, ?)');
  const freeze = rows.prepare(
    "UPDATE sealed_secrets SET state = 'frozen', frozen_at = 1 WHERE key_id = ? AND workspace_id = ?",
  );
  const refs = [];
  for (const db of [rows, dataKeys]) db.exec('BEGIN');
  for (let n = 0; n < keys; n += 1) {
    const ref = { workspaceId: `w${n % WORKSPACES}`, keyId: randomUUID() };
    const id = randomBytes(16);
    insertRow.run(ref.workspaceId, ref.keyId, randomBytes(41).toString('base64url'), id, randomBytes(338));
    insertKey.run(id, ref.workspaceId, ref.keyId, randomBytes(114));
    refs.push(ref);
  }
  for (let n = 0; n < refs.length; n += 50) freeze.run(refs[n].keyId, refs[n].workspaceId);
  for (const db of [rows, dataKeys]) {
    db.exec('COMMIT');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
  }
  return refs;
};

/** Runs something, and gives how long it took and the longest that nothing else ran meanwhile. */
const watched = async (run) => {
  let [longest, last, over] = [0, performance.now(), false];
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!over) setImmediate(tick);
  };
  tick();
  const begun = performance.now();
  await run();
  const took = performance.now() - begun;
  over = true;
  return { took, longest };
};

const shown = (ms) => Math.round(ms).toLocaleString('en');

console.log('| keys | at once | took, ms | longest stop, ms | stop of an idle process, ms | before, ms |');
console.log('| ---: | ---: | ---: | ---: | ---: | ---: |');
for (const keys of SIZES) {
  const root = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  try {
    console.error(`${keys} keys…`);
    const masterKey = { kind: 'file', path: join(root, 'master.key') };
    await right(createMasterKeyFile(masterKey.path));
    const directory = join(root, 'vault');
    const vault = await right(createVault({ directory, masterKey }));
    const refs = fill(directory, keys);
    const take = (count) =>
      refs.splice(0, count).map(({ workspaceId, keyId }) => ({ workspaceId, keyIds: [keyId] }));
    // The first one zeroes what filling has left.
    await right(vault.shredTogether(take(1)));
    for (const count of AT_ONCE) {
      const idle = await watched(() => pause(1_000));
      const { took, longest } = await watched(async () => {
        const receipts = await right(vault.shredTogether(take(count)));
        if (receipts.some(({ _tag }) => _tag === 'Left')) throw new Error('not shredded');
      });
      const times = [took, longest, idle.longest].map(shown).join(' | ');
      const before = keys === 100_000 ? shown(BEFORE_MS.get(count)) : '';
      console.log(`| ${keys.toLocaleString('en')} | ${count} | ${times} | ${before} |`);
      if (longest - idle.longest > MOST_MS) process.exitCode = 1;
    }
    await vault.close();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
