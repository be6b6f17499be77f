import { rotationDue, type RotationDue } from '@keyturn/domain';
import type { KnownKey as ProjectedKey, LogStanding } from '@keyturn/projections';
import { faultError } from './errors';
import { NO_FAULT, type FaultTeller, type ToldFault } from './whoseFault';

/** A key that is or once was on file. Times in milliseconds since 1970. */
export interface KnownKey extends ProjectedKey, ToldFault {
  /** When it is to be replaced: at the age that keys should get, or at its expiry. Null once it is on its way out. */
  readonly rotateBy: number | null;
  readonly rotateBecause: RotationDue['because'] | null;
}

export interface KeysQuery {
  /** Hard-deleted keys as well: every key that ever was on file. */
  readonly includeHardDeleted?: boolean;
}

export interface KeysDueQuery {
  /** Due so many days from now, too; what is due now when left out. */
  readonly withinDays?: number;
  /** 1 to 1,000; 50 when left out. */
  readonly limit?: number;
  /** The `next` of the page before. */
  readonly cursor?: string;
}

export interface KeysDuePage {
  /** The age, in days, that they were compared with. */
  readonly rotateAfterDays: number;
  /** What vouches for it; of all workspaces also which of them stand. */
  readonly log: LogStanding;
  readonly keys: ReadonlyArray<KnownKey>;
  /** Where this page ended; null only when there was nothing at all. */
  readonly next: string | null;
  readonly more: boolean;
}

/** A hundred years. */
const MOST_DAYS = 36_500;
const DAY_MS = 86_400_000;

/** A time ahead that a person may mean. @throws KeyturnFault `invalid-query` */
const daysAhead = (days: number): number => {
  if (Number.isSafeInteger(days) && days >= 0 && days <= MOST_DAYS) return days;
  throw faultError('invalid-query', 'read-models', `\`withinDays\` takes a whole number, 0 to ${MOST_DAYS}.`);
};

/** What a query of due keys is about, in milliseconds. @throws KeyturnFault `invalid-query` */
export const dueWindow = (
  rotateAfterDays: number,
  withinDays: number,
): { readonly rotateAfterMs: number; readonly until: number } => ({
  rotateAfterMs: rotateAfterDays * DAY_MS,
  until: Date.now() + daysAhead(withinDays) * DAY_MS,
});

/** Says of keys when they are to be replaced, and of those that do not work whose fault that is. */
export const tellingKeys =
  (rotateAfterDays: number, { ofKeys }: FaultTeller) =>
  async (keys: ReadonlyArray<ProjectedKey>): Promise<ReadonlyArray<KnownKey>> => {
    const faults = await ofKeys(keys);
    return keys.map((key, place) => {
      const due = rotationDue(key, rotateAfterDays);
      return {
        ...key,
        rotateBy: due?.rotateBy ?? null,
        rotateBecause: due?.because ?? null,
        ...(faults[place] ?? NO_FAULT),
      };
    });
  };
