import type { EventStore } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import type { HousekeepingState } from './housekeeping';
import type { Projections, ProjectionStatus } from './projections';

/** How an open Keyturn is. */
export interface Health {
  /** `failing`: acts can't be recorded. `degraded`: something else needs a person. */
  readonly status: 'ok' | 'degraded' | 'failing';
  readonly eventStore: { readonly reachable: boolean; readonly fault: string | null };
  readonly projections: ReadonlyArray<ProjectionStatus>;
  /** Null where housekeeping is left to another process. */
  readonly housekeeping: HousekeepingState | null;
  /** Functions of `runs.use` that hold a secret now. */
  readonly secretsInUse: number;
}

export const healthOf = async (parts: {
  readonly eventStore: EventStore;
  readonly projections: Projections;
  readonly housekeeping: HousekeepingState | null;
  readonly secretsInUse: number;
}): Promise<Health> => {
  const { eventStore, housekeeping, secretsInUse } = parts;
  const head = await eventStore.head();
  const reachable = !isLeft(head);
  const projections = reachable ? await parts.projections.status() : [];
  const troubled =
    projections.some(({ lastError }) => lastError !== null) ||
    (housekeeping !== null && (housekeeping.pending > 0 || housekeeping.projectionFault !== null));
  return {
    status: !reachable ? 'failing' : troubled ? 'degraded' : 'ok',
    eventStore: { reachable, fault: isLeft(head) ? head.left.message : null },
    projections,
    housekeeping,
    secretsInUse,
  };
};
