import { openSqlite, type SqliteConnection } from '@keyturn/sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { APPLICATION_ID, notAReadModel, type ReadModelFile } from './readModelFile';
import { databaseOfKysely } from './databaseOfKysely';
import { faultOfSqlite } from './sqliteFaults';
import type { ReadModelTables } from './tables';

const BUSY_MS = 60_000;

/**
 * Opens a file that another process keeps up. Nothing is written, and nothing is created. Rejects with a
 * `ProjectionFault`.
 */
export const openReadOnlyFile = async (file: string): Promise<ReadModelFile> => {
  let connection: SqliteConnection | undefined;
  try {
    connection = openSqlite(file, { readonly: true, busyTimeoutMs: BUSY_MS });
    const owner: unknown = connection.pragma('application_id');
    if (owner !== APPLICATION_ID) throw notAReadModel(file);
    const open = connection;
    const reader = new Kysely<ReadModelTables>({
      dialect: new SqliteDialect({ database: databaseOfKysely(open) }),
    });
    return {
      file,
      writer: open,
      reader,
      close: async () => {
        await reader.destroy();
        open.close();
      },
    };
  } catch (error) {
    connection?.close();
    throw faultOfSqlite(error, file);
  }
};
