import { StoreFault, textOfPart, type SnapshotToSave, type StoredSnapshot } from '@keyturn/event-store';
import type { SqliteConnection } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import type { GroupCommit } from './groupCommit';

/** Parts that one transaction writes: bounds how long others wait for it. */
const PARTS_AT_ONCE = 16;
/** Others whose snapshots take away parts that this one is about to name. */
const ATTEMPTS = 5;

/** A head, or a part, of which the numbers count for nothing. */
interface SnapshotRow {
  readonly stream: string;
  readonly revision: number | null;
  readonly schema_version: number | null;
  readonly data: string;
}

// Whoever can write the file can write any integer there, and one driver refuses a row with one beyond 2^53.
const isWhole = (column: string): string => `${column} BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER}`;
const wholeOrNull = (column: string): string => `iif(${isWhole(column)}, ${column}, NULL) AS ${column}`;

/** Of each stream one row, the newest, and one for each of its parts. */
export interface Snapshots {
  readonly load: (stream: string) => StoredSnapshot | null;
  readonly save: (stream: string, snapshot: SnapshotToSave) => Promise<E.Either<StoreFault, void>>;
}

// No name of a stream has a line feed: a part's row is its stream's, and no other stream's row lies between.
const rowOf = (stream: string, part: string): string => `${stream}\n${part}`;
const behindRowsOf = (stream: string): string => `${stream}\v`;

export const makeSnapshots = (db: SqliteConnection, { write }: Pick<GroupCommit, 'write'>): Snapshots => {
  // One statement, so that what it finds is of one moment.
  const rowsOf = db.prepare<[string, string], SnapshotRow>(
    `SELECT stream, ${wholeOrNull('revision')}, ${wholeOrNull('schema_version')}, data
     FROM snapshots WHERE stream >= ? AND stream < ?`,
  );
  const partRows = db.pluck<[string, string], string>(
    'SELECT stream FROM snapshots WHERE stream > ? AND stream < ?',
  );
  const revisionOf = db.pluck<[string], number>(
    `SELECT revision FROM snapshots
     WHERE stream = ? AND ${isWhole('revision')} AND ${isWhole('schema_version')}`,
  );
  const put = db.prepare<[string, number, number, string]>(
    'INSERT OR REPLACE INTO snapshots (stream, revision, schema_version, data) VALUES (?, ?, ?, ?)',
  );
  const remove = db.prepare<[string]>('DELETE FROM snapshots WHERE stream = ?');

  const partsOf = (stream: string): Set<string> => new Set(partRows.all(stream, behindRowsOf(stream)));
  const isOutdone = (stream: string, { revision, anew }: SnapshotToSave): boolean =>
    anew !== true && (revisionOf.get(stream) ?? -1) > revision;

  /** Writes what is not there. */
  const putParts = async (
    stream: string,
    { revision, schemaVersion, parts }: SnapshotToSave,
    isThere: (row: string) => boolean,
  ): Promise<E.Either<StoreFault, void>> => {
    const missing = [...parts].filter(([name]) => !isThere(rowOf(stream, name)));
    for (let done = 0; done < missing.length; done += PARTS_AT_ONCE) {
      const batch = missing
        .slice(done, done + PARTS_AT_ONCE)
        .map(([name, text]) => [name, textOfPart(text)] as const);
      const written = await write(() => {
        for (const [name, text] of batch) put.run(rowOf(stream, name), revision, schemaVersion, text);
        return E.right(undefined);
      });
      if (E.isLeft(written)) return written;
    }
    return E.right(undefined);
  };

  /** In one transaction; gives false, and does nothing, where a part is not there any more. */
  const putWhole = (stream: string, snapshot: SnapshotToSave): boolean => {
    if (isOutdone(stream, snapshot)) return true;
    const { revision, schemaVersion, data, parts } = snapshot;
    const there = partsOf(stream);
    for (const name of parts.keys()) if (!there.delete(rowOf(stream, name))) return false;
    put.run(stream, revision, schemaVersion, data);
    for (const row of there) remove.run(row);
    return true;
  };

  return {
    load: (stream) => {
      let head: SnapshotRow | null = null;
      const parts = new Map<string, string>();
      for (const row of rowsOf.all(stream, behindRowsOf(stream))) {
        if (row.stream === stream) head = row;
        else parts.set(row.stream.slice(stream.length + 1), row.data);
      }
      if (head === null) return null;
      const { revision, schema_version: schemaVersion, data } = head;
      // Only ever an aid: one without its numbers is as good as none.
      return revision === null || schemaVersion === null ? null : { revision, schemaVersion, data, parts };
    },
    save: async (stream, snapshot) => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const found = await write(() => E.right(isOutdone(stream, snapshot) ? null : partsOf(stream)));
        if (E.isLeft(found)) return found;
        const there = found.right;
        if (there === null) return E.right(undefined);
        const anew = snapshot.anew === true && attempt === 1;
        const put = await putParts(stream, snapshot, (row) => !anew && there.has(row));
        if (E.isLeft(put)) return put;
        const saved = await write(() => E.right(putWhole(stream, snapshot)));
        if (E.isLeft(saved)) return saved;
        if (saved.right) return E.right(undefined);
      }
      return E.left(
        new StoreFault(
          'unavailable',
          `The snapshot of stream ${stream} was not saved: others kept replacing its parts.`,
        ),
      );
    },
  };
};
