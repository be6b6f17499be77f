import type {
  CallContext,
  Failure,
  Keyturn as Service,
  RunsReleased as ServiceReleased,
} from '@keyturn/service';
import type { TaskEither } from 'fp-ts/TaskEither';
import { makeAct, type Act, type ActParts } from './act';
import type { Reading, RunsPage, RunsQuery } from './reading';
import type { ActContext, QueryOptions } from './context';
import type { RunPin, RunsReleased } from './results';
import type { FinishRunInput, ResumeRunInput, StartRunInput } from './runInputs';
import type { UseRun } from './runUse';

/** Runs, each pinned to one key from its start to its end. */
export interface Runs {
  /**
   * Starts a run, hands its key to a function, renews the run's lease while the function works, and finishes the run as
   * the function ends: `succeeded`, `failed` when it throws, `cancelled` when its signal aborted. What it throws is
   * passed on. A run that is open already is taken over, with the key that it has, unless `run: 'new'` is said.
   *
   * Refuses what `start` does; `run-already-open` with `run: 'new'`. Faults: `frozen` while the key is being
   * hard-deleted, `missing-secret`, `tampered`, `release-too-late`, `contention`, `cancelled`. A run that this call has
   * pinned is finished by it, also when no secret comes; one that somebody else had open is left to them.
   *
   * The hook is asked for `StartRun` or `ResumeRun`, for `ResumeRun` at each renewal, and for `FinishRun`.
   *
   * @example
   * const draft = await keyturn.runs.use(ctx, { runId, projectId }, ({ secret, signal }) =>
   *   fetch(url, { headers: secret.authHeaders(), signal }),
   * );
   */
  readonly use: UseRun;
  /**
   * Pins a run to its key, for work that changes process. The same run with the same input again gives the same pin.
   *
   * Refuses `no-key-on-file`, `no-default`, `default-not-active`, `unknown-key`, `key-not-active`,
   * `vendor-has-no-active-key`, `vendor-is-ambiguous`, `lease-out-of-range`, `too-many-open-runs`,
   * `run-already-pinned`, `run-already-ended`, `run-interrupted`.
   */
  readonly start: Act<StartRunInput, RunPin>;
  /**
   * Renews a run's lease. Refuses `run-not-open`, `run-already-ended`, `run-interrupted`, `lease-out-of-range`,
   * `lease-exhausted`.
   */
  readonly resume: Act<ResumeRunInput, RunPin>;
  /**
   * Ends a run's hold on its key; a retired key whose last run it was is destroyed. A run that is not open needs
   * nothing.
   */
  readonly finish: Act<FinishRunInput, RunsReleased>;
  /**
   * Ends every run of the workspace whose lease is over by this machine's clock, on the caller's word; of a key that is
   * being deleted, when it is over for ten minutes. Housekeeping ends them by itself, and never on one look at one
   * clock. Refuses `clock-departs`.
   */
  readonly expire: Act<void, RunsReleased>;
  /** Runs and the keys that they hold or held, newest first, a page at a time. */
  readonly list: (ctx: ActContext, query?: RunsQuery, options?: QueryOptions) => Promise<RunsPage>;
}

/** Ends lapsed runs chunk by chunk until none is left. */
const expireAll =
  (service: Service) =>
  (context: CallContext): TaskEither<Failure, ServiceReleased> =>
  async () => {
    // The first chunk alone is the caller's own: the others follow from it, at other revisions.
    const { workspaceId, actor, signal } = context;
    const following = { workspaceId, actor, ...(signal === undefined ? {} : { signal }) };
    let all = await service.expireRuns(context)();
    while (all._tag === 'Right') {
      const next = await service.expireRuns(following)();
      // What the chunks before it ended is ended; the next call goes on.
      if (next._tag === 'Left' || next.right.released.length === 0) break;
      all = {
        _tag: 'Right',
        right: {
          ...next.right,
          released: [...all.right.released, ...next.right.released],
          destructions: [...all.right.destructions, ...next.right.destructions],
        },
      };
    }
    return all;
  };

export const makeRuns = (service: Service, use: UseRun, reading: Reading, parts: ActParts): Runs => {
  const act = makeAct(parts);
  const { foresee } = service;
  return {
    use,
    start: act(service.startRun, foresee.startRun, (pin) => pin),
    resume: act(service.resumeRun, foresee.resumeRun, (pin) => pin),
    finish: act(service.finishRun, foresee.finishRun, (released) => released),
    expire: act(expireAll(service), foresee.expireRuns, (released) => released),
    list: reading.listRuns,
  };
};
