import { type Checkpoints, checkpointsOf } from './database/checkpoints';
import { requireKnownSchema } from './database/schemaCheck';
import type { ReadModelFile } from './database/readModelFile';
import { ProjectionFault } from './faults';
import { hasInfo } from './readModelInfo';
import type { ProjectorIdentity } from './runtime/projector';

/** Makes a file ready. One that has been begun is only looked at. Rejects with a `ProjectionFault`. */
export const prepareReadModel = async (
  file: ReadModelFile,
  projectors: ReadonlyArray<ProjectorIdentity>,
  storeId: string,
  now: number,
): Promise<Checkpoints> => {
  const begun = begunIn(file, projectors, storeId);
  if (begun !== null) return begun;
  const { beginReadModel } = await import('./beginReadModel.js');
  const made = beginReadModel(file, projectors, storeId, now);
  requireKnownSchema(file, made);
  return made;
};

/**
 * Checks a file that another process keeps up: it has to be of this store, with every projection begun. Writes nothing.
 * Throws a `ProjectionFault`.
 */
export const checkReadModel = (
  file: ReadModelFile,
  projectors: ReadonlyArray<ProjectorIdentity>,
  storeId: string,
): Checkpoints => {
  const begun = begunIn(file, projectors, storeId);
  if (begun !== null) return begun;
  throw new ProjectionFault(
    'rebuild-needed',
    `The read model ${file.file} has not been begun. Open it where it may be written, then read it.`,
  );
};

/** Null where the file, or a projection in it, has yet to be begun. */
const begunIn = (
  { writer, file }: ReadModelFile,
  projectors: ReadonlyArray<ProjectorIdentity>,
  storeId: string,
): Checkpoints | null => {
  if (!hasInfo(writer, file, storeId)) return null;
  const checkpoints = checkpointsOf(writer);
  if (projectors.some(({ name }) => checkpoints.live(name) === undefined)) return null;
  requireKnownSchema({ writer, file }, checkpoints);
  return checkpoints;
};
