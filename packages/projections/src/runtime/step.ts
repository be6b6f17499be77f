import type { RecordedEvent } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import type { Checkpoint } from '../database/checkpoints';
import { builderOf } from '../database/queryBuilder';
import { writeTransaction } from '../database/readModelFile';
import { faultOfSqlite } from '../database/sqliteFaults';
import { storeFailed } from '../faults';
import { eventsReadOnce } from '../log/eventReading';
import { type Examined, examine } from '../log/examination';
import { findingDisowned } from '../log/disownedEvents';
import { sealCheckOf } from '../log/sealChecking';
import { stretchesOf } from '../log/streamReading';
import { projectorOf } from '../projectors';
import type { RuntimeContext } from './context';
import { KEYRING_STREAMS } from './keyringStreams';
import type { Projection } from './projector';
import type { Slot } from './slot';

/** A projector and the checkpoint that it goes on from. */
export interface Target {
  readonly slot: Slot;
  readonly from: Checkpoint;
}

/** What lies behind a checkpoint. */
export interface Batch {
  readonly events: ReadonlyArray<RecordedEvent>;
  /** Where the checkpoint stands once they are projected. */
  readonly to: bigint;
}

export interface Step {
  /** Nothing lay behind this batch when it was read. */
  readonly end: boolean;
  /** Where its projectors stand when this process, or another one, has written it. */
  readonly to: bigint | null;
}

/** Reads one batch for projectors at the same position, and projects it. Rejects with a `ProjectionFault`. */
export const step = async (context: RuntimeContext, targets: ReadonlyArray<Target>): Promise<Step> => {
  const position = targets[0]?.from.position ?? null;
  const page = await context.store.readAll({
    ...(position === null ? {} : { after: position }),
    ...KEYRING_STREAMS,
    limit: context.batchSize,
  })();
  if (isLeft(page)) throw storeFailed(page.left);
  const { events, readTo, end } = page.right;
  if (readTo !== null && readTo !== position) await project(context, targets, { events, to: readTo });
  return { end, to: readTo ?? position };
};

/**
 * Projects a batch for projectors that stand at the same position: examined once for each, written in one transaction
 * together with their checkpoints and streams. A projector that another process has moved meanwhile keeps that
 * process's work and drops this. Rejects with a `ProjectionFault`.
 */
export const project = (
  context: RuntimeContext,
  targets: ReadonlyArray<Target>,
  batch: Batch,
): Promise<void> => {
  const projections = targets.map(({ slot }) => slot.projector.name);
  const watched = { projections, events: batch.events.length };
  return context.around(watched, () => projectBatch(context, targets, batch));
};

const projectBatch = async (
  context: RuntimeContext,
  targets: ReadonlyArray<Target>,
  { events, to }: Batch,
): Promise<void> => {
  const { store, streams, seals } = context;
  const stretch = stretchesOf(store);
  const checkSeal = seals === null ? null : sealCheckOf(seals);
  const findDisowned = findingDisowned(store, checkSeal);
  const following = { read: eventsReadOnce(), stretch, checkSeal, findDisowned };
  const examined: Array<readonly [Target, Examined]> = [];
  for (const target of targets) {
    const stateOf = (stream: string) => streams.of(target.from, stream);
    examined.push([target, await examine(events, stateOf, following)]);
  }
  write(context, examined, to);
};

const write = (
  { file, checkpoints, streams, clock }: RuntimeContext,
  examined: ReadonlyArray<readonly [Target, Examined]>,
  to: bigint,
): void => {
  const moved: Target[] = [];
  try {
    writeTransaction(file.writer, () => {
      for (const [{ slot, from }, { events, states }] of examined) {
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
        for (const state of states) streams.put(now, state);
        checkpoints.advance(now, to, events.length, clock());
        moved.push({ slot, from });
      }
    });
  } catch (error) {
    for (const [{ slot }] of examined) slot.forget();
    throw faultOfSqlite(error, file.file);
  }
  for (const { slot, from } of moved) slot.movedTo(from, to);
};
