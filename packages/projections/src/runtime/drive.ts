import { setImmediate as turn } from 'node:timers/promises';
import type { Position } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import type { Checkpoint } from '../database/checkpoints';
import { ProjectionFault, storeFailed } from '../faults';
import { faultOfSqlite } from '../database/sqliteFaults';
import { stretchesOf } from '../log/streamReading';
import type { RuntimeContext } from './context';
import { takeUp } from './takeUp';
import type { Slot } from './slot';
import type { Target } from './step';
import { isOutdated, newerVersion } from './versionFault';

/** Whether a checkpoint has come to a place in the store. */
export const hasReached = ({ position }: Pick<Checkpoint, 'position'>, place: Position | null): boolean =>
  place === null || (position !== null && position >= place);

/** The checkpoint of a projector's live tables. */
export const liveCheckpoint = ({ file, checkpoints }: RuntimeContext, { projector }: Slot): Checkpoint => {
  const live = checkpoints.live(projector.name);
  if (live !== undefined) return live;
  throw new ProjectionFault(
    'corrupt',
    `The read model ${file.file} has lost its projection ${projector.name}. Move the file away and open again: ` +
      'everything in it is rebuilt from the event store.',
  );
};

export const headOf = async ({ store }: RuntimeContext): Promise<Position | null> => {
  const head = await store.head();
  if (isLeft(head)) throw storeFailed(head.left);
  return head.right;
};

/**
 * Brings projectors to the head of the store as of this call. One that can't go on does not hold up the others; then
 * the fault of the first one is thrown once the others are there. What an older release built is left as it is: a
 * rebuild brings that on.
 */
export const drive = async (context: RuntimeContext, slots: ReadonlyArray<Slot>): Promise<void> => {
  const places = slots.map((slot) => liveCheckpoint(context, slot));
  const head = await headOf(context);
  for (const [i, slot] of slots.entries()) {
    const place = places[i];
    if (place !== undefined && !isOutdated(slot.projector, place)) refuseStoreBehind(place.position, head);
  }
  const failed = new Map<Slot, ProjectionFault>();
  const arrived = new Set<Slot>();
  const fail = ({ slot, from }: Target, error: unknown): void => {
    const fault = faultOfSqlite(error, context.file.file);
    failed.set(slot, fault);
    rememberFault(context, from, fault);
  };
  const stretch = stretchesOf(context.store);
  for (const [i, slot] of slots.entries()) {
    const from = places[i];
    if (from === undefined || from.version !== slot.projector.version || slot.tookUp(from)) continue;
    try {
      await takeUp(context, from, stretch);
      slot.takenUp(from);
    } catch (error) {
      fail({ slot, from }, error);
    }
  }
  for (;;) {
    const targets: Target[] = [];
    for (const slot of slots) {
      if (failed.has(slot) || arrived.has(slot)) continue;
      const from = liveCheckpoint(context, slot);
      const fault = newerVersion(slot.projector, from);
      if (fault !== null) failed.set(slot, fault);
      else if (isOutdated(slot.projector, from)) arrived.add(slot);
      else if (hasReached(from, head)) await arrive(context, { slot, from }, arrived);
      else targets.push({ slot, from });
    }
    if (targets.length === 0) break;
    for (const group of byPosition(targets)) {
      // An embedded store answers at once: without this a long catch-up would let nothing else run.
      await turn();
      try {
        const { step } = await import('./step.js');
        const { end, to } = await step(context, group);
        if (!end) continue;
        for (const { slot } of group) {
          const from = liveCheckpoint(context, slot);
          // Another process may have written a shorter batch in place of this one.
          if (hasReached(from, to)) await arrive(context, { slot, from }, arrived);
        }
      } catch (error) {
        for (const target of group) fail(target, error);
      }
    }
  }
  for (const fault of failed.values()) throw fault;
};

const arrive = async (context: RuntimeContext, target: Target, arrived: Set<Slot>): Promise<void> => {
  if (!target.from.indexed) {
    const { buildIndexes } = await import('./buildIndexes.js');
    await buildIndexes(context, target);
  }
  arrived.add(target.slot);
};

/** Projectors at the same place read the store once. */
export const byPosition = (targets: ReadonlyArray<Target>): ReadonlyArray<ReadonlyArray<Target>> => {
  const groups = new Map<bigint | null, Target[]>();
  for (const target of targets) {
    const group = groups.get(target.from.position);
    if (group === undefined) groups.set(target.from.position, [target]);
    else group.push(target);
  }
  return [...groups.values()];
};

/** For `status`, which another process may ask. A file that can't be written keeps nothing, and says so elsewhere. */
export const rememberFault = (
  { checkpoints, clock }: RuntimeContext,
  of: Checkpoint,
  fault: ProjectionFault,
): void => {
  try {
    checkpoints.recordFault(of.projector, of.generation, fault.message, clock());
  } catch {
    return;
  }
};

const refuseStoreBehind = (place: bigint | null, head: Position | null): void => {
  if (place === null || (head !== null && head >= place)) return;
  throw new ProjectionFault(
    'store-behind',
    `The read model has seen events up to position ${place}, and the event store ends at ` +
      `${head ?? 'nothing'}. It was put back to an older copy, or is another one: bring back the right store, ` +
      'or rebuild each projection from this one.',
  );
};
