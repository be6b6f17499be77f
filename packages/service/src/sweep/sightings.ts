import type { Pin, RunId } from '@keyturn/domain';

/** A lease that is over by the clock: of this run, and until this time. */
export type OverdueLease = Pick<Pin, 'runId' | 'leaseUntil'>;

/** Which leases were seen overdue, and for how long. All times are of a clock that only goes forward. */
export interface Sightings {
  /** Notes every lease of a workspace that is overdue in this look. The others are forgotten. */
  readonly note: (workspaceId: string, overdue: ReadonlyArray<OverdueLease>, now: number) => void;
  /** Milliseconds since a lease was first seen overdue, and in every look since; null for one that was not. */
  readonly seenFor: (workspaceId: string, lease: OverdueLease, now: number) => number | null;
}

interface Sighting {
  readonly leaseUntil: number;
  readonly since: number;
}

/** Remembered in this process alone: another one, or the next, has to see for itself. */
export const makeSightings = (): Sightings => {
  const seen = new Map<string, ReadonlyMap<RunId, Sighting>>();

  const sightingOf = (workspaceId: string, { runId, leaseUntil }: OverdueLease): Sighting | null => {
    const sighting = seen.get(workspaceId)?.get(runId);
    return sighting?.leaseUntil === leaseUntil ? sighting : null;
  };

  return {
    note: (workspaceId, overdue, now) => {
      const noted = new Map(
        overdue.map((lease) => [
          lease.runId,
          sightingOf(workspaceId, lease) ?? { leaseUntil: lease.leaseUntil, since: now },
        ]),
      );
      if (noted.size === 0) seen.delete(workspaceId);
      else seen.set(workspaceId, noted);
    },
    seenFor: (workspaceId, lease, now) => {
      const sighting = sightingOf(workspaceId, lease);
      return sighting === null ? null : now - sighting.since;
    },
  };
};
