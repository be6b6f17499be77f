import { setImmediate as turn } from 'node:timers/promises';
import { indexStatements, stateStatistics } from '../database/generations';
import { projectorOf } from '../projectors';
import { writeTransaction } from '../database/readModelFile';
import { faultOfSqlite } from '../database/sqliteFaults';
import type { RuntimeContext } from './context';
import type { Target } from './step';

/**
 * Builds a generation's indexes, each in a transaction of its own, so that others get their turn and a crash loses one
 * at most. Sorting once costs a tenth of what keeping an index does while a million rows come in.
 */
export const buildIndexes = async (
  { file, checkpoints }: RuntimeContext,
  { slot, from }: Target,
): Promise<void> => {
  const projector = projectorOf(slot.projector);
  try {
    writeTransaction(file.writer, () => {
      stateStatistics(file.writer, projector, from.generation);
    });
    for (const statement of indexStatements(projector, from.generation)) {
      writeTransaction(file.writer, () => {
        if (checkpoints.of(from.projector, from.generation) !== undefined) file.writer.exec(statement);
      });
      await turn();
    }
    checkpoints.markIndexed(from);
  } catch (error) {
    throw faultOfSqlite(error, file.file);
  }
};
