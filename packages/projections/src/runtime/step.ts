import type { Checkpoint } from '../database/checkpoints';
import { builderOf } from '../database/queryBuilder';
import { writeTransaction } from '../database/readModelFile';
import { faultOfSqlite } from '../database/sqliteFaults';
import { projectorOf } from '../projectors';
import type { RuntimeContext } from './context';
import type { Projection } from './projector';
import { type Batch, readBatch } from './readBatch';
import type { Slot } from './slot';

/** A projector and the checkpoint that it goes on from. */
export interface Target {
  readonly slot: Slot;
  readonly from: Checkpoint;
}

export interface Step {
  /** Nothing lay behind this batch when it was read. */
  readonly end: boolean;
  /** Where its projectors stand when this process, or another one, has written it. */
  readonly to: bigint | null;
}

/**
 * One batch for projectors that stand at the same position: read once, written in one transaction together with their
 * checkpoints. A projector that another process has moved meanwhile keeps that process's work and drops this. Rejects
 * with a `ProjectionFault`; whole commands before an event that stops everything are kept.
 */
export const step = async (context: RuntimeContext, targets: ReadonlyArray<Target>): Promise<Step> => {
  const position = targets[0]?.from.position ?? null;
  const batch = await readBatch(context.store, position, context.batchSize);
  write(context, targets, batch);
  if (batch.stop !== null) throw batch.stop;
  return { end: batch.end, to: batch.to ?? position };
};

const write = (
  { file, checkpoints, clock }: RuntimeContext,
  targets: ReadonlyArray<Target>,
  { events, to }: Batch,
): void => {
  if (to === null) return;
  const moved: Target[] = [];
  try {
    writeTransaction(file.writer, () => {
      for (const { slot, from } of targets) {
        const now = checkpoints.of(from.projector, from.generation);
        if (now === undefined || now.version !== from.version || now.position !== from.position) {
          slot.forget();
          continue;
        }
        if (events.length > 0) {
          const projector = projectorOf(slot.projector);
          const begin = (): Projection =>
            projector.start(file.writer, builderOf(projector.tables, now.generation));
          slot.projectionAt(now, begin).apply(events);
        }
        checkpoints.advance(now, to, events.length, clock());
        moved.push({ slot, from });
      }
    });
  } catch (error) {
    for (const { slot } of targets) slot.forget();
    throw faultOfSqlite(error, file.file);
  }
  for (const { slot, from } of moved) slot.movedTo(from, to);
};
