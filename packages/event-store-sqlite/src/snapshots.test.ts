import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SnapshotToSave } from '@keyturn/event-store';
import { openSqlite } from '@keyturn/sqlite';
import { right } from './testSupport/outcomes';
import { temporaryStores } from './testSupport/temporaryStores';

let stores: ReturnType<typeof temporaryStores>;
beforeEach(() => {
  stores = temporaryStores();
});
afterEach(() => stores.remove());

const inParts = (revision: number, ...names: ReadonlyArray<string>): SnapshotToSave => ({
  revision,
  schemaVersion: 1,
  data: `${revision}`,
  parts: new Map(names.map((name) => [name, `"${name}"`])),
});

/** The rows of the file's snapshots, after a change. */
const rows = (change = 'SELECT 1'): ReadonlyArray<unknown> => {
  const db = openSqlite(stores.file);
  db.exec(change);
  const found = db.pluck('SELECT stream FROM snapshots ORDER BY stream').all();
  db.close();
  return found;
};

test('parts that no snapshot names are gone with the next save, those of other streams are not', async () => {
  const store = await stores.open();
  // Names that lie beside it in the order of SQLite.
  for (const stream of ['a', 'a b', 'ab', 'a\u00e9']) {
    await right(store.saveSnapshot(stream, inParts(1, 'p', 'q')));
  }
  // Of a process that was killed behind them.
  rows(`INSERT INTO snapshots VALUES ('a' || char(10) || 'stray', 2, 1, '"stray"')`);
  expect((await right(store.loadSnapshot('a')))?.parts.get('p')).toBe('"p"');
  await right(store.saveSnapshot('a', inParts(3, 'q')));
  expect(rows()).toEqual([
    'a',
    'a\nq',
    'a b',
    'a b\np',
    'a b\nq',
    'ab',
    'ab\np',
    'ab\nq',
    'aé',
    'aé\np',
    'aé\nq',
  ]);
  await store.close();
});

test('one whose parts another one takes away is saved all the same', async () => {
  const [one, other] = [await stores.open(), await stores.open()];
  let isFirst = true;
  const parts = new Map([
    ...inParts(5, ...Array.from({ length: 16 }, (_, n) => `p${n}`)).parts,
    // Asked for when the first sixteen are written.
    ['z', () => '"z"'] as const,
  ]);
  const gone = new Promise<void>((resolve, reject) => {
    parts.set('z', () => {
      if (isFirst) right(other.saveSnapshot('a', inParts(4, 'x'))).then(() => resolve(), reject);
      isFirst = false;
      return '"z"';
    });
  });
  await right(one.saveSnapshot('a', { ...inParts(5), parts }));
  await gone;
  const loaded = await right(other.loadSnapshot('a'));
  expect(loaded?.revision).toBe(5);
  expect([...(loaded?.parts.keys() ?? [])].sort()).toEqual([...parts.keys()].sort());
  await one.close();
  await other.close();
});

describe('a row with numbers that no snapshot has', () => {
  const NUMBERS = ['-1', '9007199254740992', '1152921504606846976', '-9223372036854775808'];
  const columns = ['revision', 'schema_version'].flatMap((column) =>
    NUMBERS.map((number) => [column, number] as const),
  );

  test.each(columns)(
    'of a head (%s %s) is as good as none, and the next one takes its place',
    async (column, number) => {
      const store = await stores.open();
      await right(store.saveSnapshot('a', inParts(9, 'p', 'q')));
      rows(`UPDATE snapshots SET ${column} = ${number} WHERE stream = 'a'`);
      expect(await right(store.loadSnapshot('a'))).toBeNull();
      // An older one than it says, too: it counts for nothing.
      await right(store.saveSnapshot('a', inParts(3, 'q')));
      expect(await right(store.loadSnapshot('a'))).toEqual(inParts(3, 'q'));
      expect(rows()).toEqual(['a', 'a\nq']);
      await store.close();
    },
  );

  test.each(columns)('of a part (%s %s) changes nothing', async (column, number) => {
    const store = await stores.open();
    await right(store.saveSnapshot('a', inParts(9, 'p', 'q')));
    rows(`UPDATE snapshots SET ${column} = ${number} WHERE stream > 'a'`);
    expect(await right(store.loadSnapshot('a'))).toEqual(inParts(9, 'p', 'q'));
    await right(store.saveSnapshot('a', inParts(10, 'q')));
    expect(await right(store.loadSnapshot('a'))).toEqual(inParts(10, 'q'));
    await store.close();
  });
});
