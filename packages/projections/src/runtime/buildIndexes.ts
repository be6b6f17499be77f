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
  /** Nothing is done to tables that another process has dropped, or taken over, meanwhile. */
  const whileOurs = (body: () => void): void =>
    writeTransaction(file.writer, () => {
      if (checkpoints.of(from.projector, from.generation)?.version === from.version) body();
    });
  try {
    whileOurs(() => stateStatistics(file.writer, projector, from.generation));
    for (const statement of indexStatements(projector, from.generation)) {
      whileOurs(() => file.writer.exec(statement));
      await turn();
    }
    whileOurs(() => checkpoints.markIndexed(from));
  } catch (error) {
    throw faultOfSqlite(error, file.file);
  }
};
