import type { EventStore } from '@keyturn/event-store';
import type { StorePairing } from '@keyturn/vault';
import { isLeft, type Either } from 'fp-ts/Either';
import type { HousekeepingState } from './housekeeping';
import type { Projections, ProjectionStatus } from './projections';
import type { RefusalRecorder } from './refusals/refusalRecorder';
import { keyturnError } from './settle';

/** Whether a part answers. */
export interface Reached {
  readonly reachable: boolean;
  /** Why not; else null. */
  readonly fault: string | null;
}

/** How an open Keyturn is. */
export interface Health {
  /** `failing`: acts can't be recorded. `degraded`: something else needs a person. */
  readonly status: 'ok' | 'degraded' | 'failing';
  readonly eventStore: Reached;
  /** Where it is out of reach, no secret is handed out, and no key added or destroyed. */
  readonly vault: Reached;
  /** Empty where they can't be looked at: `projectionFault` says why. */
  readonly projections: ReadonlyArray<ProjectionStatus>;
  readonly projectionFault: string | null;
  /** Null where housekeeping is left to another process. */
  readonly housekeeping: HousekeepingState | null;
  /** Why refused attempts could not be kept for the audit log, since this Keyturn was opened; null where all were. */
  readonly refusalFault: string | null;
  /** Functions of `runs.use` that hold a secret now. */
  readonly secretsInUse: number;
}

const reached = (answer: Either<Error, unknown>): Reached =>
  isLeft(answer) ? { reachable: false, fault: answer.left.message } : { reachable: true, fault: null };

const looked = async (
  projections: Pick<Projections, 'status'>,
): Promise<Pick<Health, 'projections' | 'projectionFault'>> => {
  try {
    return { projections: await projections.status(), projectionFault: null };
  } catch (error) {
    return { projections: [], projectionFault: keyturnError(error).message };
  }
};

export const healthOf = async (parts: {
  readonly eventStore: EventStore;
  readonly vault: Pick<StorePairing, 'pairing'>;
  readonly projections: Pick<Projections, 'status'>;
  readonly housekeeping: HousekeepingState | null;
  readonly refusals: Pick<RefusalRecorder, 'trouble'>;
  readonly secretsInUse: number;
}): Promise<Health> => {
  const { housekeeping, secretsInUse } = parts;
  const refusalFault = parts.refusals.trouble();
  const eventStore = reached(await parts.eventStore.head());
  const vault = reached(await parts.vault.pairing());
  const projected = await looked(parts.projections);
  const failing = !eventStore.reachable || !vault.reachable;
  const troubled =
    refusalFault !== null ||
    projected.projectionFault !== null ||
    projected.projections.some(({ lastError, stopped }) => lastError !== null || stopped.length > 0) ||
    (housekeeping !== null &&
      (housekeeping.pending > 0 ||
        housekeeping.unconfirmedDestructions > 0 ||
        housekeeping.sweepFault !== null ||
        housekeeping.projectionFault !== null));
  return {
    status: failing ? 'failing' : troubled ? 'degraded' : 'ok',
    eventStore,
    vault,
    ...projected,
    housekeeping,
    refusalFault,
    secretsInUse,
  };
};
