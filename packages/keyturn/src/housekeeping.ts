import type { ReadModels } from '@keyturn/projections';
import type {
  Keyturn as Service,
  PendingFinding,
  ServiceLog,
  SweepReport,
  SweepRequest,
} from '@keyturn/service';
import { setTimeout as delay } from 'node:timers/promises';
import type { ActParts } from './act';
import { HOUSEKEEPER, readOnce, type Caller } from './context';
import { ANY, YES_OR_NO, type MembersOf } from './members';
import { guarded, keyturnError, settled } from './settle';

/** A projection that stands still is begun again after a while: what stopped it may have been mended. */
const AGAIN_MS = 30_000;

export interface SweepOptions {
  /** Signs what the sweep does; Keyturn's housekeeping when left out. */
  readonly actor?: Caller;
  /** Only tell what it would do. */
  readonly dryRun?: boolean;
  /**
   * How old something has to be to count as left behind, in milliseconds; 10 minutes when left out. Less only while
   * nothing else runs.
   */
  readonly graceMs?: number;
  /**
   * Your word that every lease that is over by this machine's clock may lapse now, in every workspace; of a key that
   * is being deleted, when it is over for the grace. Look at the clock first: what is ended stays ended. `runs.expire`
   * is the same word for one workspace. The hook is asked for `ExpireRuns`, too.
   */
  readonly expire?: boolean;
  readonly signal?: AbortSignal;
}

/** What keeps a deployment in order. `openKeyturn` does all of it by itself, unless it is told not to. */
export interface Housekeeping {
  /**
   * Repairs what a killed process left half done: sealed rows that no event names, secrets of deleted keys that are
   * not proven gone, rows frozen for a delete that never came, keys without a test result. Safe at any time, also by
   * several at once.
   *
   * A lease lapses when this Keyturn has seen it overdue twice, five minutes apart by a clock that nobody sets: one
   * look at one clock ends no run. Until then the run is told as `overdue`. Of a key in deletion, which goes with
   * its last run, a lease lapses one grace later. `expire` ends them now.
   *
   * Faults: `other-vault`, `other-event-store`, `event-store-behind`; those of vault and store.
   */
  readonly sweep: (options?: SweepOptions) => Promise<SweepReport>;
}

/** What housekeeping has come to, as `health()` tells it. */
export interface HousekeepingState {
  /** When the last sweep ended, milliseconds since 1970; null before the first. */
  readonly sweptAt: number | null;
  /** Why the last sweep came to nothing; null when it went well. */
  readonly sweepFault: string | null;
  /** What the last sweep could not repair, the young left out. */
  readonly pending: number;
  /** Runs whose lease was over at the last sweep. It ends them once it has seen that twice. */
  readonly overdueRuns: number;
  /** Hard-deleted keys whose secret was not proven gone at the last sweep. */
  readonly unconfirmedDestructions: number;
  /** Why the read models stand still in this process; null when they follow. */
  readonly projectionFault: string | null;
}

export interface RunningHousekeeping {
  readonly state: () => HousekeepingState;
  readonly stop: () => Promise<void>;
}

const IN_ORDER: ReadonlyArray<string> = ['within-grace', 'overdue', 'inconclusive', 'rate-limited'];

/** Projects and sweeps until it is stopped. */
export const startHousekeeping = (parts: {
  readonly service: Service;
  readonly readModels: () => Promise<ReadModels>;
  readonly log: ServiceLog;
  readonly clock: () => number;
  /** How old a key's verdict may get; null where no key is asked about again by itself. */
  readonly revalidateAfterMs: number | null;
}): RunningHousekeeping => {
  const { service, readModels, log, clock, revalidateAfterMs } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  let swept: Omit<HousekeepingState, 'projectionFault'> = {
    sweptAt: null,
    sweepFault: null,
    pending: 0,
    overdueRuns: 0,
    unconfirmedDestructions: 0,
  };
  let projectionFault: string | null = null;

  const projecting = async (): Promise<void> => {
    while (!signal.aborted) {
      projectionFault = null;
      try {
        await settled((await readModels()).run(signal));
      } catch (error) {
        const { code, message } = keyturnError(error);
        projectionFault = message;
        log.warn({ actor: HOUSEKEEPER, code }, 'projection stopped');
      }
      await delay(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const sweeping = service.sweepUntil(signal, {
    actor: HOUSEKEEPER,
    onSwept: ({ pending }) => {
      const left = (kind: PendingFinding['kind']): number =>
        pending.filter((finding) => finding.kind === kind).length;
      swept = {
        sweptAt: clock(),
        sweepFault: null,
        pending: pending.filter(({ code }) => !IN_ORDER.includes(code)).length,
        overdueRuns: left('lapsed-run'),
        unconfirmedDestructions: left('undestroyed-secret'),
      };
    },
    onFailed: (failure) => {
      swept = { ...swept, sweepFault: keyturnError(failure).message };
    },
  });
  const revalidating =
    revalidateAfterMs === null
      ? Promise.resolve()
      : service.revalidateUntil(signal, { actor: HOUSEKEEPER, afterMs: revalidateAfterMs });
  const working = Promise.allSettled([projecting(), sweeping, revalidating]);
  return {
    state: () => ({ ...swept, projectionFault }),
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
};

const SWEEP: MembersOf<SweepOptions> = {
  actor: ANY,
  dryRun: YES_OR_NO,
  graceMs: ANY,
  expire: YES_OR_NO,
  signal: ANY,
};

export const makeHousekeeping = (
  service: Service,
  { lifecycle, ownWrites, refuseWrites }: ActParts,
): Housekeeping => {
  const swept = async (request: SweepRequest): Promise<SweepReport> => {
    try {
      return await settled(service.sweep(request));
    } finally {
      ownWrites.doubt();
    }
  };
  return {
    sweep: (given = {}) =>
      guarded(() => {
        const options = readOnce('options', given, SWEEP);
        const { actor = HOUSEKEEPER, dryRun = false, expire = false, graceMs, signal } = options;
        if (!dryRun) refuseWrites();
        return lifecycle.run(() =>
          swept({
            actor,
            dryRun,
            expire,
            ...(graceMs === undefined ? {} : { graceMs }),
            ...(signal === undefined ? {} : { signal }),
          }),
        );
      }),
  };
};
