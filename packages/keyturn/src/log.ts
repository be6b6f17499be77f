import type {
  AcceptableLoss,
  DisownedEvents as ServiceDisowned,
  LogAcceptance as ServiceAcceptance,
  Keyturn as Service,
  UnsealedEnd,
  UnsealedEvent,
} from '@keyturn/service';
import { makeAct, type Act, type ActParts } from './act';
import { callContext, type ActContext } from './context';
import { guarded, settled } from './settle';

export type { AcceptableLoss, UnsealedEnd, UnsealedEvent };

export interface AcceptLogInput {
  /** Becomes Default wherever a key was whose hard delete has to be repeated. */
  readonly successor?: string;
}

/** What a log had lost, and what was made of it. */
export interface LogAcceptance extends Omit<ServiceAcceptance, 'position'> {
  /** Opaque: see `Written`. */
  readonly position: string | null;
}

export interface DisownEventsInput {
  /** The first revision to disown, as `unsealed` tells it: nothing else is taken. */
  readonly from: number;
  /**
   * Also where `unsealed` says `isHonestInPart`: an event was changed, and honest ones stand behind it. They are lost
   * then. For a store that can't be restored.
   */
  readonly honestToo?: boolean;
}

/** What was disowned. */
export interface DisownedEvents extends Omit<ServiceDisowned, 'position'> {
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
  /**
   * Disowns what somebody without the vault wrote to the end of the log: the workspace is stopped by `log-damaged`, and
   * a store such as EventStoreDB lets nothing be taken out. The events stay where they are and count for nothing, for
   * services and for read models; the act is in the audit log, with a digest of what was disowned. Where the vault
   * knows of events in their place (`lossToAccept`), their loss has to be accepted next. Where seals of this deployment
   * lie over some of them, a backup is to bring those back: such an end is disowned with `honestToo` alone. Read models
   * that had stopped are rebuilt afterwards.
   *
   * Refuses `nothing-to-disown`, and `invalid-input` for any other revision. Faults: `log-damaged` where the log is
   * damaged before that end, `contention` where somebody wrote to it meanwhile.
   *
   * @example
   * const end = await keyturn.log.unsealed(ctx);
   * if (end !== null) await keyturn.log.disown(ctx, { from: end.from });
   */
  readonly disown: Act<DisownEventsInput, DisownedEvents>;
  /** What `disown` would disown; null where the log ends with a good seal. The hook is asked for `DisownEvents`. */
  readonly unsealed: (ctx: ActContext) => Promise<UnsealedEnd | null>;
}

export const makeLog = (service: Service, parts: ActParts): Log => ({
  accept: makeAct(parts)(service.acceptLog, service.foresee.acceptLog, (accepted) => accepted),
  disown: makeAct(parts)(service.disownEvents, service.foresee.disownEvents, (disowned) => disowned),
  unsealed: (ctx) => guarded(() => parts.lifecycle.run(() => settled(service.unsealedEnd(callContext(ctx))))),
  losses: (ctx) => guarded(() => parts.lifecycle.run(() => settled(service.acceptableLosses(ctx)))),
});
