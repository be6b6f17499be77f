import { type Checkpoints, checkpointsOf, createCheckpointTable } from './database/checkpoints';
import { createStreamTable } from './database/streamStates';
import { createGeneration, showGeneration } from './database/generations';
import { type ReadModelFile, writeTransaction } from './database/readModelFile';
import { projectorOf } from './projectors';
import { dropOlderFormat, hasInfo, writeInfo } from './readModelInfo';
import type { ProjectorIdentity } from './runtime/projector';

/**
 * Begins a file: its own tables, the store that it is built from, and empty tables for each projection that it does not
 * have yet. In one transaction, so that two processes may begin a new file at once. Throws a `ProjectionFault`.
 */
export const beginReadModel = (
  { writer, file }: ReadModelFile,
  projectors: ReadonlyArray<ProjectorIdentity>,
  storeId: string,
  now: number,
): Checkpoints =>
  writeTransaction(writer, () => {
    dropOlderFormat(writer);
    if (!hasInfo(writer, file, storeId)) writeInfo(writer, storeId);
    createCheckpointTable(writer);
    createStreamTable(writer);
    const checkpoints = checkpointsOf(writer);
    for (const projector of projectors.map(projectorOf)) {
      if (checkpoints.live(projector.name) !== undefined) continue;
      const { generation } = createGeneration(writer, checkpoints, projector, { live: true, now });
      showGeneration(writer, projector, generation);
    }
    return checkpoints;
  });
