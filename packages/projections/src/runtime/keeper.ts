import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '@keyturn/event-store';
import { ProjectionFault } from '../faults';
import { faultOfSqlite } from '../database/sqliteFaults';
import { isTransient } from '../faults';
import type { RuntimeContext } from './context';
import { drive, liveCheckpoint } from './drive';
import type { RebuildProgress } from './rebuild';
import { Renewals } from './renewals';
import { singleFlight } from './singleFlight';
import type { Slot } from './slot';
import { newerVersion } from './versionFault';
import { type Patience, waitFor } from './waitFor';

/** What keeps a read model up to date, or watches another process do so. */
export interface Keeper {
  /** Projects up to the head of now, rebuilds of what an older release built included. */
  readonly catchUp: () => Promise<void>;
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly waitFor: (slots: ReadonlyArray<Slot>, position: Position, patience: Patience) => Promise<void>;
  readonly rebuild: (slot: Slot, onProgress: (progress: RebuildProgress) => void) => Promise<void>;
  /** Runs a query on a projection, on its old rows while it is rebuilt. */
  readonly answer: <A>(slot: Slot, query: () => Promise<A>) => Promise<A>;
  readonly close: () => Promise<void>;
}

const PAUSE_MS = 1_000;

/** Keeps these projectors up, in this process. */
export const keeperOf = (context: RuntimeContext, kept: ReadonlyArray<Slot>): Keeper => {
  const renewals = new Renewals(context);
  const catchUpCurrent = singleFlight(() => drive(context, kept));
  const renewed = async (slots: ReadonlyArray<Slot>): Promise<void> => {
    await Promise.all(renewals.outdated(slots).map((slot) => renewals.renew(slot)));
  };

  const renewing = (slot: Slot): Promise<void> | null =>
    renewals.outdated([slot]).length === 0 ? null : renewals.renew(slot);

  /** What the rows of an older release lack, waits for the new ones. */
  const answer = async <A>(slot: Slot, query: () => Promise<A>): Promise<A> => {
    const renewal = renewing(slot);
    try {
      return await query();
    } catch (error) {
      if (faultOfSqlite(error, context.file.file).code !== 'unexpected') throw error;
      if (renewal === null) throw newerVersion(slot.projector, liveCheckpoint(context, slot), error) ?? error;
      await renewal;
      return query();
    }
  };

  return {
    catchUp: async () => {
      const outdated = renewals.outdated(kept);
      if (outdated.length === 0) return catchUpCurrent();
      const done = await Promise.allSettled([catchUpCurrent(), renewed(outdated)]);
      for (const result of done) if (result.status === 'rejected') throw result.reason;
      return catchUpCurrent();
    },
    run: async (signal) => {
      renewals.giveBack();
      const failed = new AbortController();
      const stop = AbortSignal.any([signal, failed.signal]);
      const outdated = renewals.outdated(kept);
      const renewal = Promise.all(
        outdated.map((slot) =>
          patiently(async () => {
            await renewals.renew(slot);
            if (!stop.aborted) await catchUpCurrent();
          }, stop),
        ),
      ).catch((error: unknown) => {
        failed.abort();
        throw error;
      });
      // Nothing to follow for yet: the subscription would begin at the beginning of the store.
      if (outdated.length === kept.length) await renewal;
      const { follow } = await import('./follow.js');
      await Promise.all([follow(context, kept, catchUpCurrent, stop), renewal]);
    },
    waitFor: (slots, position, patience) => {
      const rebuilding = (slot: Slot): boolean => renewing(slot) !== null;
      return waitFor(context, slots, { catchUp: catchUpCurrent, renewed, rebuilding }, position, patience);
    },
    rebuild: async ({ projector }, onProgress) => {
      const { rebuild } = await import('./rebuild.js');
      await rebuild(context, projector, { onProgress });
      const { giveBack } = await import('./giveBack.js');
      await giveBack(context);
    },
    answer,
    close: () => renewals.close(),
  };
};

/** Ends with the signal, too: then the rebuild goes on until the read model is closed. */
const patiently = async (renew: () => Promise<void>, signal: AbortSignal): Promise<void> => {
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  while (!signal.aborted) {
    try {
      await Promise.race([renew(), stopped]);
      return;
    } catch (error) {
      if (!(error instanceof ProjectionFault) || !isTransient(error)) throw error;
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
};
