import { isRetired } from '../database/checkpoints';
import { faultOfSqlite } from '../database/sqliteFaults';
import { ProjectionFault } from '../faults';
import type { RuntimeContext } from './context';
import { headOf, liveCheckpoint } from './drive';
import type { Keeper } from './keeper';
import type { Slot } from './slot';
import { isOutdated, newerVersion } from './versionFault';
import { waitFor } from './waitFor';

const nothingToDo = (): Promise<void> => Promise.resolve();

/** Reads what another process keeps up: waits for it, and writes nothing. */
export const onlookerOf = (
  context: RuntimeContext,
  watched: ReadonlyArray<Slot>,
  patienceMs: number,
): Keeper => {
  const { file } = context.file;
  /** Until the process that serves it rebuilds them, an older one may bring the old rows on. */
  const rebuilding = (slot: Slot): boolean =>
    isOutdated(slot.projector, liveCheckpoint(context, slot)) &&
    context.checkpoints.all().some((c) => c.projector === slot.projector.name && !c.live && !isRetired(c));
  const wait: Keeper['waitFor'] = (slots, position, patience) =>
    waitFor(context, slots, { catchUp: nothingToDo, renewed: nothingToDo, rebuilding }, position, patience);
  const refuse = async (): Promise<never> => {
    throw new ProjectionFault(
      'not-writable',
      `The read model ${file} was opened for reading alone: let the process that serves it do this.`,
    );
  };
  return {
    catchUp: async () => {
      const head = await headOf(context);
      if (head !== null) await wait(watched, head, { timeoutMs: patienceMs });
    },
    run: refuse,
    waitFor: wait,
    rebuild: refuse,
    answer: async (slot, query) => {
      try {
        return await query();
      } catch (error) {
        if (faultOfSqlite(error, file).code !== 'unexpected') throw error;
        const live = liveCheckpoint(context, slot);
        if (!isOutdated(slot.projector, live)) throw newerVersion(slot.projector, live, error) ?? error;
        throw new ProjectionFault(
          'rebuild-needed',
          `The projection ${slot.projector.name} was built by an older release, and lacks what is asked for. The ` +
            'process that serves it rebuilds it by itself once it is upgraded: ask again then.',
          { cause: error },
        );
      }
    },
    close: nothingToDo,
  };
};
