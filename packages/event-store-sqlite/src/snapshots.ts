import type { StoredSnapshot } from '@keyturn/event-store';
import type { SqliteConnection } from '@keyturn/sqlite';

interface SnapshotRow {
  readonly revision: number;
  readonly schema_version: number;
  readonly data: string;
}

/** One row a stream: the newest. */
export interface Snapshots {
  readonly load: (stream: string) => StoredSnapshot | null;
  readonly save: (stream: string, snapshot: StoredSnapshot) => void;
}

export const makeSnapshots = (db: SqliteConnection): Snapshots => {
  const find = db.prepare<[string], SnapshotRow>(
    'SELECT revision, schema_version, data FROM snapshots WHERE stream = ?',
  );
  const put = db.prepare<[string, number, number, string]>(
    `INSERT INTO snapshots (stream, revision, schema_version, data) VALUES (?, ?, ?, ?)
     ON CONFLICT (stream) DO UPDATE
       SET revision = excluded.revision, schema_version = excluded.schema_version, data = excluded.data
     WHERE excluded.revision >= revision`,
  );
  return {
    load: (stream) => {
      const row = find.get(stream);
      return row === undefined
        ? null
        : { revision: row.revision, schemaVersion: row.schema_version, data: row.data };
    },
    save: (stream, { revision, schemaVersion, data }) => {
      put.run(stream, revision, schemaVersion, data);
    },
  };
};
