import { setImmediate as turn } from 'node:timers/promises';
import type { Position } from '@keyturn/event-store';
import { type Checkpoint, type Checkpoints, isRetired } from '../database/checkpoints';
import { createGeneration, retireGeneration, showGeneration } from '../database/generations';
import { writeTransaction } from '../database/readModelFile';
import { faultOfSqlite } from '../database/sqliteFaults';
import { stretchesOf } from '../log/streamReading';
import { buildIndexes } from './buildIndexes';
import type { RuntimeContext } from './context';
import { ProjectionFault } from '../faults';
import { hasReached, headOf } from './drive';
import { projectorOf } from '../projectors';
import type { ProjectionName, Projector, ProjectorIdentity } from './projector';
import { Slot } from './slot';
import { step } from './step';
import { takeUp } from './takeUp';
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

export interface RebuildOptions {
  readonly onProgress?: (progress: RebuildProgress) => void;
  /** Cuts it off between two batches. */
  readonly signal?: AbortSignal;
  /** Nothing is done where another process has rebuilt it by the time that this one begins. */
  readonly onlyIfOutdated?: boolean;
}

/**
 * Builds a projection anew, in tables beside the live ones, and swaps them in one transaction: readers see the old list
 * until the new one is whole, and the old one keeps following meanwhile. Cut off by a crash, the next rebuild takes it
 * up. Two processes that rebuild at once work on the same tables. The room of the old tables is given back apart.
 */
export const rebuild = async (
  context: RuntimeContext,
  identity: ProjectorIdentity,
  { onProgress, signal, onlyIfOutdated = false }: RebuildOptions,
): Promise<void> => {
  const projector = projectorOf(identity);
  const slot = new Slot(identity);
  const { file, checkpoints } = context;
  try {
    const head = await headOf(context);
    const beginAt = (place: Position | null, without: number | null = null): Checkpoint | null =>
      begin(context, projector, { head: place, onlyIfOutdated, without });
    let begun = beginAt(head);
    if (begun !== null && !(await isWorthwhile(context, begun, onlyIfOutdated)))
      begun = beginAt(head, begun.generation);
    const report = ({ position, events }: Checkpoint): void => {
      onProgress?.({ projection: projector.name, ...shareOf(position, head), events });
    };
    while (begun !== null) {
      const { generation } = begun;
      const stored = storedOf(checkpoints, projector);
      const from = stored.find((c) => c.generation === generation);
      const live = stored.find((c) => c.live);
      // Another process has finished it.
      if (live !== undefined && live.generation >= generation) return;
      if (from === undefined) {
        // Another process has dropped it, and the tables that it began in their place are taken up.
        begun = beginAt(await headOf(context));
        continue;
      }
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

/** Every generation of a projection. Throws where a newer release has begun one: it may come at any moment. */
const storedOf = (checkpoints: Checkpoints, projector: Projector): ReadonlyArray<Checkpoint> => {
  const stored = checkpoints.all().filter((c) => c.projector === projector.name && !isRetired(c));
  for (const checkpoint of stored) {
    const fault = newerVersion(projector, checkpoint);
    if (fault !== null) throw fault;
  }
  return stored;
};

/**
 * Takes up a rebuild of this version that was cut off, or starts one on empty tables. One that has gone beyond the
 * store's head is of before the store was put back to an older copy: its rows tell of what never happened. Null where
 * nothing is to be done.
 */
const begin = (
  { file, checkpoints, clock }: RuntimeContext,
  projector: Projector,
  {
    head,
    onlyIfOutdated,
    without,
  }: {
    readonly head: Position | null;
    readonly onlyIfOutdated: boolean;
    /** A generation that is not taken up. */
    readonly without: number | null;
  },
): Checkpoint | null =>
  writeTransaction(file.writer, () => {
    const stored = storedOf(checkpoints, projector);
    if (onlyIfOutdated && stored.some((c) => c.live && c.version === projector.version)) return null;
    const building = stored.filter((c) => !c.live);
    const unfinished = building.find(
      (c) => c.version === projector.version && !isBeyond(c, head) && c.generation !== without,
    );
    if (unfinished !== undefined) return unfinished;
    // Before the others go: a number is never given again, so that nobody takes these tables for those.
    const begun = createGeneration(file.writer, checkpoints, projector, { live: false, now: clock() });
    for (const outdated of building) {
      retireGeneration(file.writer, checkpoints, projector, outdated);
    }
    return begun;
  });

/**
 * Whether a rebuild that was cut off is taken up: it has to be of this log still. One that somebody asks for begins
 * anew also where it met damage: that may have been mended since.
 */
const isWorthwhile = async (
  context: RuntimeContext,
  begun: Checkpoint,
  onlyIfOutdated: boolean,
): Promise<boolean> => {
  if (begun.position === null) return true;
  if (!onlyIfOutdated && context.streams.damaged(begun).length > 0) return false;
  try {
    await takeUp(context, begun, stretchesOf(context.store));
    return true;
  } catch (error) {
    if (error instanceof ProjectionFault && error.code === 'store-behind') return false;
    throw error;
  }
};

const isBeyond = ({ position }: Checkpoint, head: Position | null): boolean =>
  position !== null && (head === null || position > head);

/**
 * Shows the new tables in place of the old; null when the old ones have gone further meanwhile, or the new ones are
 * dropped. Old ones that have gone beyond the store's own head (it was put back to an older copy) are what a rebuild is
 * to replace.
 */
const swap = (
  { file, checkpoints }: RuntimeContext,
  projector: Projector,
  generation: number,
  head: Position | null,
): Checkpoint | null =>
  writeTransaction(file.writer, () => {
    const stored = storedOf(checkpoints, projector);
    const built = stored.find((c) => c.generation === generation);
    const live = stored.find((c) => c.live);
    if (built === undefined || built.live) return built ?? null;
    if (live !== undefined) {
      if (!isBeyond(live, head) && !hasReached(built, live.position)) return null;
      retireGeneration(file.writer, checkpoints, projector, live);
    }
    checkpoints.markLive(built);
    showGeneration(file.writer, projector, generation);
    return built;
  });
