import type { SqliteConnection } from '@keyturn/sqlite';
import { ProjectionFault } from './faults';

/** Raised when the tables that all projections share change. */
const FORMAT = 1;

interface Info {
  readonly store_id: string;
  readonly format: number;
}

/** Says in a new file which event store it is built from. In the caller's transaction. */
export const writeInfo = (database: SqliteConnection, storeId: string): void => {
  database.exec(
    'create table if not exists read_model_info (store_id text not null, format integer not null)',
  );
  database.prepare('insert into read_model_info (store_id, format) values (?, ?)').run(storeId, FORMAT);
};

/** Whether a file says of which event store it is. Throws a `ProjectionFault` where it is not of this one. */
export const hasInfo = (database: SqliteConnection, file: string, storeId: string): boolean => {
  const table = database.prepare("select 1 from sqlite_master where name = 'read_model_info'").get();
  if (table === undefined) return false;
  const info = database.prepare<[], Info>('select store_id, format from read_model_info').get();
  if (info === undefined) return false;
  check(file, info, storeId);
  return true;
};

const check = (file: string, info: Info, storeId: string): void => {
  if (info.format > FORMAT) {
    throw new ProjectionFault(
      'newer-version',
      `The read model ${file} has format ${info.format}, and this release knows ${FORMAT}: upgrade this process.`,
    );
  }
  if (info.store_id === storeId) return;
  throw new ProjectionFault(
    'other-store',
    `The read model ${file} was built from event store ${info.store_id}, and this is event store ${storeId}. Use the ` +
      'data directory that the read model belongs to, or move the read model away to have it built anew from ' +
      'this store.',
  );
};
