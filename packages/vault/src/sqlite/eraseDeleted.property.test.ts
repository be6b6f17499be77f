import { afterEach, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { tempDirectory } from '../testSupport/tempDirectory';
import { type Connections, createKeysFile, createVaultFile } from './connection';
import { eraseDeleted } from './eraseDeleted';
import { hasRemnants } from './leafPage';
import { samplesOf } from './search';

afterEach(() => {
  jest.restoreAllMocks();
});

/** What is done with a row, chosen by a number. */
type Act =
  | { readonly type: 'seal'; readonly bytes: number }
  | { readonly type: 'freeze' | 'remove'; readonly nth: number }
  | { readonly type: 'commit' };

const nth = fc.nat(400);
const acts: fc.Arbitrary<ReadonlyArray<Act>> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ type: fc.constant('seal' as const), bytes: fc.integer({ min: 300, max: 900 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('seal' as const),
        bytes: fc.integer({ min: 900, max: 9_000 }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('freeze' as const), nth }) },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('remove' as const), nth }) },
    { weight: 1, arbitrary: fc.constant({ type: 'commit' as const }) },
  ),
  { minLength: 100, maxLength: 300 },
);

const PAGE = 4096;

const pagesWithRemnants = (file: string): number => {
  const bytes = readFileSync(file);
  let count = 0;
  for (let at = 0; at < bytes.length; at += PAGE)
    if (hasRemnants(bytes.subarray(at, at + PAGE), at / PAGE + 1)) count += 1;
  return count;
};

/** Two files that rows were added to, changed in and taken from; gives what lay in those that are gone. */
const played = (connections: Connections, all: ReadonlyArray<Act>): ReadonlyArray<Buffer> => {
  const { keys, vault } = connections;
  const rows: Array<{ readonly id: string; readonly sealed: ReadonlyArray<Buffer> }> = [];
  const gone: Array<Buffer> = [];
  const insertKey = keys.prepare('INSERT INTO data_keys VALUES (?, ?, ?, 1, ?)');
  const insertSecret = vault.prepare(
    "INSERT INTO sealed_secrets VALUES ('w', ?, 'f', 'live', 1, NULL, 0, ?, ?)",
  );
  const freeze = vault.prepare("UPDATE sealed_secrets SET state = 'frozen', frozen_at = ? WHERE key_id = ?");
  const transaction = (word: 'BEGIN' | 'COMMIT'): void => [keys, vault].forEach((db) => db.exec(word));
  transaction('BEGIN');
  // Stays: SQLite leaves in an empty table where its rows once began, and no row is there to zero that.
  insertKey.run(randomBytes(16), 'w', 'kept', randomBytes(122));
  insertSecret.run('kept', randomBytes(16), randomBytes(400));
  for (const act of all) {
    if (act.type === 'commit') {
      transaction('COMMIT');
      transaction('BEGIN');
    } else if (act.type === 'seal') {
      const [id, dataKeyId] = [`key-${rows.length + gone.length}`, randomBytes(16)];
      const sealed = [randomBytes(122), randomBytes(act.bytes)] as const;
      insertKey.run(dataKeyId, 'w', id, sealed[0]);
      insertSecret.run(id, dataKeyId, sealed[1]);
      rows.push({ id, sealed });
    } else {
      const place = rows.length === 0 ? 0 : act.nth % rows.length;
      const row = rows[place];
      if (row === undefined) continue;
      if (act.type === 'freeze') freeze.run(1_800_000_000_000, row.id);
      else {
        keys.prepare('DELETE FROM data_keys WHERE key_id = ?').run(row.id);
        vault.prepare('DELETE FROM sealed_secrets WHERE key_id = ?').run(row.id);
        gone.push(...row.sealed);
        rows.splice(place, 1);
      }
    }
  }
  transaction('COMMIT');
  return gone;
};

const contentOf = ({ keys, vault }: Connections): unknown => [
  keys.raw('SELECT rowid, key_id, hex(sealed) FROM data_keys ORDER BY key_id').all(),
  vault.raw('SELECT rowid, key_id, state, frozen_at, hex(sealed) FROM sealed_secrets ORDER BY key_id').all(),
  keys.pragma('integrity_check'),
  vault.pragma('integrity_check'),
];

test('SC-1 no byte of a deleted row is left, though no file is written anew, and no other row is changed', async () => {
  let remnants = 0;
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const directory = tempDirectory();
      const connections = {
        keys: createKeysFile(join(directory, 'vault-keys.sqlite'), 100),
        vault: createVaultFile(join(directory, 'vault.sqlite'), 100),
      };
      const gone = played(connections, all);
      const before = contentOf(connections);
      connections.vault.pragma('wal_checkpoint(TRUNCATE)');
      connections.keys.pragma('wal_checkpoint(TRUNCATE)');
      remnants += pagesWithRemnants(connections.vault.file) + pagesWithRemnants(connections.keys.file);
      const statements = [connections.keys, connections.vault].map((db) => jest.spyOn(db, 'exec'));
      const erased = await eraseDeleted(connections, gone.map(samplesOf), true);
      expect(erased?.found).toEqual(new Set());
      expect(statements.flatMap(({ mock }) => mock.calls)).not.toContainEqual(['VACUUM']);
      expect(contentOf(connections)).toEqual(before);
      const files = readdirSync(directory).map((name) => readFileSync(join(directory, name)));
      expect(gone.filter((value) => files.some((bytes) => bytes.includes(value.subarray(-40))))).toEqual([]);
      expect([connections.keys, connections.vault].map(({ file }) => pagesWithRemnants(file))).toEqual([
        0, 0,
      ]);
      connections.keys.close();
      connections.vault.close();
    }),
    { numRuns: 10 },
  );
  // Else nothing was shown: SQLite left copies of rows that it moved.
  expect(remnants).toBeGreaterThan(0);
});

test('nor of one that another program deleted and did not zero, though nobody knows its values', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const directory = tempDirectory();
      const connections = {
        keys: createKeysFile(join(directory, 'vault-keys.sqlite'), 100),
        vault: createVaultFile(join(directory, 'vault.sqlite'), 100),
      };
      const zeroing = (word: 'ON' | 'OFF'): void =>
        [connections.keys, connections.vault].forEach((db) => db.pragma(`secure_delete = ${word}`));
      zeroing('OFF');
      const gone = played(connections, all);
      zeroing('ON');
      const before = contentOf(connections);
      expect(await eraseDeleted(connections, [], false)).not.toBeNull();
      expect(contentOf(connections)).toEqual(before);
      const files = readdirSync(directory).map((name) => readFileSync(join(directory, name)));
      expect(gone.filter((value) => files.some((bytes) => bytes.includes(value.subarray(-40))))).toEqual([]);
      connections.keys.close();
      connections.vault.close();
    }),
    { numRuns: 10 },
  );
});
