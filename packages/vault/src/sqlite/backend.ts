import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultBackend } from '../backend';
import { ensureDirectory } from '../directories';
import type { VaultFault } from '../faults';
import type { Connections } from './connection';
import { closeFiles, createFiles, openFiles, readDeploymentOf } from './files';
import { migrateFiles, readFormatOf } from './migrate';
import { sqliteRotationStorage } from './rotationStorage';
import { attempt } from './sqliteFaults';
import { sqliteStorage } from './sqliteStorage';

/** Two SQLite files in a directory of this machine. */
export const sqliteBackend = (directory: string, busyMs: number): VaultBackend => {
  const opened = <A>(start: (connections: Connections) => A): TE.TaskEither<VaultFault, A> =>
    pipe(
      openFiles(directory, busyMs),
      TE.chain((connections) =>
        pipe(
          attempt(directory, () => start(connections)),
          TE.mapLeft((fault) => {
            closeFiles(connections);
            return fault;
          }),
        ),
      ),
    );
  return {
    directory,
    readDeployment: readDeploymentOf(directory, busyMs),
    prepare: () => ensureDirectory(directory),
    create: (newId, make) => createFiles(directory, busyMs, newId, make),
    readFormat: readFormatOf(directory, busyMs),
    migrate: (onStep) => migrateFiles(directory, busyMs, onStep),
    open: opened(sqliteStorage),
    openForRotation: opened((connections) => ({
      storage: sqliteRotationStorage(connections),
      close: () => {
        closeFiles(connections);
        return Promise.resolve();
      },
    })),
  };
};
