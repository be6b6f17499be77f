import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultBackend } from '../backend';
import type { VaultFault } from '../faults';
import type { PostgresPlace } from '../place';
import { type Database, openDatabase, openDatabaseToMigrate } from './connection';
import { createDeployment, readDeployment } from './deploymentRow';
import { migrateTables, readFormatIn } from './migrate';
import { postgresStorage } from './postgresStorage';
import { postgresRotationStorage } from './rotationStorage';
import { checkServer } from './checkServer';
import { requireKnownSchema } from './schemaCheck';

/** A schema of its own in a PostgreSQL database. */
export const postgresBackend = (place: PostgresPlace, busyMs: number): VaultBackend => {
  const withDatabase = <A>(
    use: (database: Database) => TE.TaskEither<VaultFault, A>,
    open: typeof openDatabase = openDatabase,
  ) =>
    pipe(
      open(place, busyMs),
      TE.chain((database) => async () => {
        try {
          return await use(database)();
        } finally {
          await database.close();
        }
      }),
    );

  const opened = <A>(start: (database: Database) => A): TE.TaskEither<VaultFault, A> =>
    pipe(
      openDatabase(place, busyMs),
      TE.chain((database) =>
        pipe(
          // The row first: a vault of a newer version has another schema, and says so.
          readDeployment(database),
          TE.chainFirst(() => database.run((session) => requireKnownSchema(session, database.name))),
          TE.map(() => start(database)),
          TE.orElse((fault) => async () => {
            await database.close();
            return E.left(fault);
          }),
        ),
      ),
    );

  return {
    directory: null,
    readDeployment: withDatabase(readDeployment),
    prepare: (proof) => withDatabase(checkServer(proof)),
    create: (newId, make) => withDatabase((database) => createDeployment(database, () => make(newId))),
    readFormat: withDatabase(readFormatIn, openDatabaseToMigrate),
    migrate: (onStep) => withDatabase((database) => migrateTables(database, onStep), openDatabaseToMigrate),
    open: opened(postgresStorage),
    openForRotation: opened((database) => ({
      storage: postgresRotationStorage(database),
      close: database.close,
    })),
  };
};
