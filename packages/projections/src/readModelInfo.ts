import type { SqliteConnection } from '@keyturn/sqlite';
import { ProjectionFault } from './faults';

/** Raised when the tables that all projections share change. */
const FORMAT = 2;

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

const infoOf = (database: SqliteConnection): Info | undefined => {
  const table = database.prepare("select 1 from sqlite_master where name = 'read_model_info'").get();
  return table === undefined
    ? undefined
    : database.prepare<[], Info>('select store_id, format from read_model_info').get();
};

/**
 * Whether a file says, in the present format, of which event store it is. Throws a `ProjectionFault` where it is not of
 * this one.
 */
export const hasInfo = (database: SqliteConnection, file: string, storeId: string): boolean => {
  const info = infoOf(database);
  if (info === undefined) return false;
  check(file, info, storeId);
  return info.format === FORMAT;
};

/** Empties a file of an older format: read models are built anew, never migrated. In the caller's transaction. */
export const dropOlderFormat = (database: SqliteConnection): void => {
  if ((infoOf(database)?.format ?? FORMAT) >= FORMAT) return;
  const made = database.prepare<[], { readonly type: 'table' | 'view'; readonly name: string }>(
    "select type, name from sqlite_master where type in ('view', 'table') and name not like 'sqlite!_%' escape '!'",
  );
  // Views first: they are of the tables.
  const objects = [...made.all()].sort((a, b) => b.type.localeCompare(a.type));
  for (const { type, name } of objects) database.exec(`drop ${type} "${name.replaceAll('"', '""')}"`);
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
