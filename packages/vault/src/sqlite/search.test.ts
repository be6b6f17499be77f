import { expect, test } from '@jest/globals';
import { openSqlite, type SqliteConnection } from '@keyturn/sqlite';
import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { openFilesIn } from '../testSupport/openFiles';
import { tempDirectory } from '../testSupport/tempDirectory';
import { samplesOf, searchFiles } from './search';

const foundIn = async (
  db: SqliteConnection,
  values: ReadonlyArray<ReadonlyArray<Buffer>>,
): Promise<ReadonlyArray<number>> => [...(await searchFiles([db], values)).found].sort((a, b) => a - b);

const databaseIn = (directory: string): SqliteConnection => {
  const db = openSqlite(join(directory, 'vault.sqlite'));
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE blobs (blob BLOB)');
  return db;
};

test('a value is found wherever it lies, in the file or its log, across the chunks that are read', async () => {
  const db = databaseIn(tempDirectory());
  db.pragma('wal_checkpoint(TRUNCATE)');
  const length = statSync(db.file).size;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -80, max: 80 }), async (offset) => {
      const value = randomBytes(64);
      const gap = (2 * (1 << 20) + offset - (statSync(db.file).size % (1 << 20))) % (1 << 20);
      appendFileSync(db.file, Buffer.concat([Buffer.alloc(gap), value]));
      expect(await foundIn(db, [samplesOf(value)])).toEqual([0]);
      expect(await searchFiles([db], [samplesOf(randomBytes(64))])).toMatchObject({
        files: 2,
        bytes: statSync(db.file).size,
        found: new Set(),
      });
    }),
    { numRuns: 10 },
  );
  expect(length).toBeGreaterThan(0);
  const logged = randomBytes(64);
  appendFileSync(`${db.file}-wal`, logged);
  expect(await foundIn(db, [samplesOf(logged)])).toEqual([0]);
});

test('pieces of different lengths are found at every place of a file', async () => {
  const db = databaseIn(tempDirectory());
  const pieces = [4, 8, 11, 24].map((length) => randomBytes(length));
  for (let before = 0; before < 20; before += 1) {
    writeFileSync(`${db.file}-journal`, Buffer.concat([Buffer.alloc(before), ...pieces]));
    expect(
      await foundIn(
        db,
        pieces.map((piece) => [piece]),
      ),
    ).toEqual([0, 1, 2, 3]);
    expect(
      await foundIn(
        db,
        pieces.slice(3).map((piece) => [piece]),
      ),
    ).toEqual([0]);
  }
});

test('a large value is known by its beginning, its middle and its end', async () => {
  const db = databaseIn(tempDirectory());
  const value = randomBytes(8_000);
  for (const start of [0, 3_950, 7_900]) {
    const part = value.subarray(start, start + 100);
    appendFileSync(`${db.file}-wal`, part);
    expect(await foundIn(db, [samplesOf(value)])).toEqual([0]);
    db.pragma('wal_checkpoint(TRUNCATE)');
  }
});

test('of many values those are told that lie in a file, wherever and in whatever order', async () => {
  const db = databaseIn(tempDirectory());
  const values = Array.from({ length: 300 }, () => randomBytes(64));
  // The same first four bytes, and one value twice.
  const [twin, other] = [Buffer.from(values[7] ?? []), Buffer.from(values[7] ?? [])];
  other.fill(1, 15);
  const there = [250, 7, 0];
  appendFileSync(db.file, Buffer.concat(there.flatMap((n) => [randomBytes(13), values[n] ?? twin])));
  expect(await foundIn(db, [...values, twin, other].map(samplesOf))).toEqual([0, 7, 250, 300]);
});

test('one piece is found wherever the chunks that are read divide it', async () => {
  const db = databaseIn(tempDirectory());
  const piece = randomBytes(24);
  for (let before = 0; before <= piece.length; before += 1) {
    const content = Buffer.alloc((1 << 20) + 100);
    piece.copy(content, (1 << 20) - before);
    writeFileSync(`${db.file}-journal`, content);
    expect([before, ...(await foundIn(db, [[piece]]))]).toEqual([before, 0]);
  }
});

test('a file that took the place of another is read, and none is opened twice', async () => {
  const directory = tempDirectory();
  const first = databaseIn(directory);
  const value = randomBytes(64);
  const search = (db: SqliteConnection) => foundIn(db, [samplesOf(value)]);
  expect(await search(first)).toEqual([]);
  const open = openFilesIn(directory).length;
  expect(await search(first)).toEqual([]);
  expect(openFilesIn(directory)).toHaveLength(open);
  first.close();
  rmSync(first.file);
  const second = databaseIn(directory);
  second.prepare('INSERT INTO blobs VALUES (?)').run(value);
  second.pragma('wal_checkpoint(TRUNCATE)');
  expect(await search(second)).toEqual([0]);
  second.close();
});

test('a value too short to be sealed has no piece; the shortest has three, of its own bytes alone', () => {
  const value = randomBytes(34);
  expect([samplesOf(value.subarray(1)), samplesOf(Buffer.alloc(0))]).toEqual([[], []]);
  expect(samplesOf(value)).toEqual([value.subarray(10), value.subarray(5, 29), value.subarray(10)]);
});

test('a piece that was zeroed is not searched for: it would be found anywhere', async () => {
  const db = databaseIn(tempDirectory());
  const value = Buffer.concat([randomBytes(40), Buffer.alloc(100)]);
  expect(samplesOf(value)).toHaveLength(1);
  expect(await foundIn(db, [samplesOf(value)])).toEqual([]);
});

test('what is searched for does not keep the value itself', () => {
  const value = randomBytes(64);
  const samples = samplesOf(value);
  value.fill(0);
  expect(samples.every((sample) => sample.some((byte) => byte !== 0))).toBe(true);
});

test('a search lets go of no lock that SQLite has on the file', async () => {
  const db = databaseIn(tempDirectory());
  db.exec('INSERT INTO blobs VALUES (zeroblob(10))');
  const { ino } = statSync(db.file);
  const locks = (): ReadonlyArray<string> =>
    readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .filter((line) => line.includes(`:${ino} `) && line.includes(` ${process.pid} `));
  expect(locks()).not.toEqual([]);
  const before = locks().length;
  await searchFiles([db], [samplesOf(randomBytes(64))]);
  await searchFiles([db], [samplesOf(randomBytes(64))]);
  expect(locks()).toHaveLength(before);
  db.close();
});
