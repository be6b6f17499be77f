import { openSqlite, requireNoLink, type SqliteConnection } from '@keyturn/sqlite';
import { APPLICATION_ID, notAReadModel, type ReadModelFile } from './readModelFile';
import { faultOfSqlite } from './sqliteFaults';

const BUSY_MS = 60_000;

/**
 * Opens a file that another process keeps up. Nothing is written, and nothing is created. Rejects with a
 * `ProjectionFault`.
 */
export const openReadOnlyFile = async (file: string): Promise<ReadModelFile> => {
  let connection: SqliteConnection | undefined;
  try {
    requireNoLink(file);
    connection = openSqlite(file, { readonly: true, busyTimeoutMs: BUSY_MS });
    const owner: unknown = connection.pragma('application_id');
    if (owner !== APPLICATION_ID) throw notAReadModel(file);
    const open = connection;
    return { file, writer: open, reader: open, close: () => open.close() };
  } catch (error) {
    connection?.close();
    throw faultOfSqlite(error, file);
  }
};
