import { setImmediate as turn } from 'node:timers/promises';
import type { Position } from '@keyturn/event-store';
import type { Checkpoint } from '../database/checkpoints';
import { createGeneration, dropGeneration, showGeneration } from '../database/generations';
import { writeTransaction } from '../database/readModelFile';
import { faultOfSqlite } from '../database/sqliteFaults';
import { buildIndexes } from './buildIndexes';
import type { RuntimeContext } from './context';
import { ProjectionFault } from '../faults';
import { hasReached, headOf } from './drive';
import { projectorOf } from '../projectors';
import type { ProjectionName, Projector, ProjectorIdentity } from './projector';
import { Slot } from './slot';
import { step } from './step';
import { newerVersion } from './versionFault';

/** How far a rebuild has come: for a progress bar. */
export interface RebuildProgress {
  readonly projection: ProjectionName;
  /** Where it is and where it goes, in the store's own measure of positions. */
  readonly done: number;
  readonly total: number;
  /** Events projected so far, those of a rebuild that was cut off and is now taken up included. */
  readonly events: number;
}

/**
 * Builds a projection anew, in tables beside the live ones, and swaps them in one transaction: readers see the old list
 * until the new one is whole, and the old one keeps following meanwhile. Cut off by a crash, the next rebuild takes it
 * up; `signal` cuts it off between two batches. Two processes that rebuild at once work on the same tables.
 */
export const rebuild = async (
  context: RuntimeContext,
  identity: ProjectorIdentity,
  onProgress: (progress: RebuildProgress) => void,
  signal?: AbortSignal,
): Promise<void> => {
  const projector = projectorOf(identity);
  const slot = new Slot(identity);
  const { file, checkpoints } = context;
  try {
    const { generation } = begin(context, projector);
    const head = await headOf(context);
    const report = ({ position, events }: Checkpoint): void => {
      onProgress({ projection: projector.name, ...shareOf(position, head), events });
    };
    for (;;) {
      const from = checkpoints.of(projector.name, generation);
      // Another process has finished it.
      if (from === undefined || from.live) return;
      report(from);
      await turn();
      if (signal?.aborted === true) throw cutOff(projector);
      const { end } = hasReached(from, head) ? { end: true } : await step(context, [{ slot, from }]);
      if (!end) continue;
      if (!from.indexed) await buildIndexes(context, { slot, from });
      const swapped = swap(context, projector, generation, await headOf(context));
      if (swapped !== null) {
        report(swapped);
        return;
      }
      // The live tables have gone further than the head of then: follow them.
      await step(context, [{ slot, from: checkpoints.of(projector.name, generation) ?? from }]);
    }
  } catch (error) {
    throw faultOfSqlite(error, file.file);
  }
};

const cutOff = ({ name }: Projector): ProjectionFault =>
  new ProjectionFault(
    'closed',
    `The rebuild of ${name} was cut off. The next process to open the file goes on with it.`,
  );

const shareOf = (
  position: Position | null,
  head: Position | null,
): { readonly done: number; readonly total: number } => {
  const total = Number(head ?? 0n);
  return { done: Math.min(Number(position ?? 0n), total), total };
};

/** Takes up a rebuild of this version that was cut off, or starts one on empty tables. */
const begin = ({ file, checkpoints, clock }: RuntimeContext, projector: Projector): Checkpoint =>
  writeTransaction(file.writer, () => {
    const stored = checkpoints.all().filter((c) => c.projector === projector.name);
    for (const checkpoint of stored) {
      const fault = newerVersion(projector, checkpoint);
      if (fault !== null) throw fault;
    }
    const unfinished = stored.find((c) => !c.live && c.version === projector.version);
    if (unfinished !== undefined) return unfinished;
    for (const outdated of stored.filter((c) => !c.live)) {
      checkpoints.remove(outdated);
      dropGeneration(file.writer, projector, outdated.generation);
    }
    return createGeneration(file.writer, checkpoints, projector, { live: false, now: clock() });
  });

/**
 * Shows the new tables in place of the old; null when the old ones have gone further meanwhile. Old ones that have gone
 * beyond the store's own head (it was put back to an older copy) are what a rebuild is to replace.
 */
const swap = (
  { file, checkpoints }: RuntimeContext,
  projector: Projector,
  generation: number,
  head: Position | null,
): Checkpoint | null =>
  writeTransaction(file.writer, () => {
    const built = checkpoints.of(projector.name, generation);
    const live = checkpoints.live(projector.name);
    if (built === undefined || built.live) return live ?? null;
    if (live !== undefined) {
      const beyondHead = live.position !== null && (head === null || live.position > head);
      if (!beyondHead && !hasReached(built, live.position)) return null;
      checkpoints.remove(live);
      dropGeneration(file.writer, projector, live.generation);
    }
    checkpoints.markLive(built);
    showGeneration(file.writer, projector, generation);
    return built;
  });
