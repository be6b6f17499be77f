import type {
  AcceptableLoss,
  LogAcceptance as ServiceAcceptance,
  Keyturn as Service,
} from '@keyturn/service';
import { makeAct, type Act, type ActParts } from './act';
import type { ActContext } from './context';
import { guarded, settled } from './settle';

export type { AcceptableLoss };

export interface AcceptLogInput {
  /** Becomes Default wherever a key was whose hard delete has to be repeated. */
  readonly successor?: string;
}

/** What a log had lost, and what was made of it. */
export interface LogAcceptance extends Omit<ServiceAcceptance, 'position'> {
  /** Opaque: see `Written`. */
  readonly position: string | null;
}

/** A workspace's log as a whole: what operators do after a disaster. */
export interface Log {
  /**
   * Accepts that the log lost its end: after a restore of the events, or where somebody cut them off. Until then the
   * workspace is stopped by `event-store-behind`. The loss is recorded, and what the vault remembers stays in force:
   * deleted keys are deleted again, leaked secrets stay banned. Keys that no event names are burned, and housekeeping
   * destroys their secrets. Keys on file without a secret need a new paste. Dry-run it first: it can't be taken back.
   *
   * Refuses `nothing-to-accept`, and `successor-needed` and its like where a deleted key is a Default. Faults:
   * `log-damaged`, which accepting does not mend.
   *
   * @example
   * const { lostKeys, keysWithoutSecret } = await keyturn.log.accept(ctx, {});
   */
  readonly accept: Act<AcceptLogInput, LogAcceptance>;
  /**
   * The workspaces that `accept` has something to do for, and those that could not be looked into, each with why. The
   * hook is asked for `AcceptLog` in each.
   */
  readonly losses: (ctx: Omit<ActContext, 'workspaceId'>) => Promise<ReadonlyArray<AcceptableLoss>>;
}

export const makeLog = (service: Service, parts: ActParts): Log => ({
  accept: makeAct(parts)(service.acceptLog, service.foresee.acceptLog, (accepted) => accepted),
  losses: (ctx) => guarded(() => parts.lifecycle.run(() => settled(service.acceptableLosses(ctx)))),
});
