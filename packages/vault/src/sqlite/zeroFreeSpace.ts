import * as t from 'io-ts';
import { readSync, statSync } from 'node:fs';
import { decodeRow } from '../rows';
import { fillingGrowth } from './cellSize';
import type { Connection } from './connection';
import { hasRemnants, leafPageOf, type PageShape, shapeOf } from './leafPage';
import { readerOf } from './readers';
import type { SealedTable } from './sealedTables';

const LyingRow = t.type({ bytes: t.number, isHere: t.number });
const BEGINNING_BYTES = 24;
/** So many pages in one transaction: others wait no longer for it than a few milliseconds. */
const AT_ONCE = 64;

const readPage = (reader: number, number: number, { size }: PageShape): Buffer => {
  const page = Buffer.alloc(size);
  return page.subarray(0, readSync(reader, page, 0, size, (number - 1) * size));
};

/** Whether all that was committed lies in the file itself. Holds until the transaction that asks is over. */
const isLogEmpty = (db: Connection): boolean => statSync(`${db.file}-wal`).size === 0;

/**
 * A row that grows until it fills its page overwrites all that was free there, and leaves zeros when it is as before:
 * SQLite does both in place.
 */
const zeroPage = ({ db, table }: SealedTable, number: number, reader: number, shape: PageShape): void => {
  const page = readPage(reader, number, shape);
  const leaf = hasRemnants(page, number) ? leafPageOf(page, number, shape) : null;
  if (leaf === null) return;
  // SQLite does all of it: no sealed value of anybody else comes into this process for a delete.
  const found = decodeRow(
    LyingRow,
    db
      .prepare(
        `SELECT length(sealed) AS bytes, instr(?, substr(sealed, 1, ${BEGINNING_BYTES})) > 0 AS isHere ` +
          `FROM ${table} WHERE rowid = ? AND typeof(sealed) = 'blob'`,
      )
      .get(page.subarray(leaf.row.at), leaf.row.id),
    db.file,
  );
  // A page of another table has another row of that number, or none is there.
  if (found === null || found.isHere === 0) return;
  const growth = fillingGrowth(leaf, found.bytes);
  db.prepare(`UPDATE ${table} SET sealed = CAST(sealed || zeroblob(?) AS BLOB) WHERE rowid = ?`).run(
    growth,
    leaf.row.id,
  );
  db.prepare(`UPDATE ${table} SET sealed = substr(sealed, 1, ?) WHERE rowid = ?`).run(
    found.bytes,
    leaf.row.id,
  );
};

/**
 * Zeroes what is free on these pages of a table, so far as rows are still there as they were. Gives how many of them it
 * came to: none while something is in the file's log.
 */
export const zeroFreeSpace = (at: SealedTable, pages: ReadonlyArray<number>): number => {
  const { db } = at;
  const reader = readerOf(db);
  return db.transaction('immediate', () => {
    if (!isLogEmpty(db)) return 0;
    const shape = shapeOf(readPage(reader, 1, { size: 100, reserved: 0 }));
    const some = pages.slice(0, AT_ONCE);
    for (const page of some) zeroPage(at, page, reader, shape);
    return some.length;
  });
};
