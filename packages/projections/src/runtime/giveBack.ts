import { setImmediate as turn } from 'node:timers/promises';
import { isRetired } from '../database/checkpoints';
import { emptyGeneration } from '../database/generations';
import { writeTransaction } from '../database/readModelFile';
import { projectorOf } from '../projectors';
import type { RuntimeContext } from './context';
import { identities } from './projector';

/** Two megabytes: what is moved in one transaction. */
const PAGES_AT_ONCE = 256;

/**
 * Gives the room of tables that others have taken the place of back to the disk, a little at a time, so that whoever
 * projects or asks gets his turn in between. What is cut off goes on where it was.
 *
 * A file that a release before this one made keeps its size: its free room is used again by what is projected next.
 */
export const giveBack = async (
  { file, checkpoints }: Pick<RuntimeContext, 'file' | 'checkpoints'>,
  isOver: () => boolean = () => false,
): Promise<void> => {
  const { writer } = file;
  const emptied = (): boolean =>
    writeTransaction(writer, () => {
      const retired = checkpoints.all().find(isRetired);
      if (retired === undefined) return true;
      const identity = Object.values(identities).find(({ name }) => name === retired.projector);
      const more =
        identity !== undefined && emptyGeneration(writer, projectorOf(identity), retired.generation);
      if (!more) checkpoints.remove(retired);
      return false;
    });
  while (!isOver() && !emptied()) await turn();
  let free = Number(writer.pragma('freelist_count'));
  while (!isOver() && free > 0) {
    // Run to its end: its first row alone would move one page.
    writer.exec(`pragma incremental_vacuum(${PAGES_AT_ONCE})`);
    const left = Number(writer.pragma('freelist_count'));
    if (left >= free) break;
    free = left;
    await turn();
  }
  // The file itself grows shorter when its log is written back.
  writer.pragma('wal_checkpoint(PASSIVE)');
};
