const MINUTE_MS = 60_000;
const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;

/** The limits that a deployment may set. Every one bounds what a keyring holds or how long a run may hold a key. */
export interface Policy {
  /** Pending, active and failed keys of one workspace. */
  readonly maxKeysOnFile: number;
  /**
   * Open pins of one workspace. A hard delete lists the runs that it interrupts, and moves every Default of its key, in
   * one append: with the usual limits that stays under 1 MiB, which is what EventStoreDB takes unless it is told
   * otherwise.
   */
  readonly maxOpenRuns: number;
  /** Projects of one workspace that have a Default of their own. */
  readonly maxProjectDefaults: number;
  /** The lease of a run that asks for none. */
  readonly defaultLeaseSeconds: number;
  /** The longest lease that one start or resume may ask for. */
  readonly maxLeaseSeconds: number;
  /** The longest that a run may hold its key, all its leases together. */
  readonly maxTotalLeaseSeconds: number;
  /** Handled commands, and ended runs, that are remembered at most. */
  readonly memoryLimit: number;
  /** Event time that the memories span. */
  readonly memoryWindowMs: number;
  /** How far the clock of an expiry may be from the event store's. */
  readonly clockToleranceMs: number;
  /** Pins that one ExpireRuns releases at most, so that its append stays far below 1 MiB. */
  readonly maxExpiriesPerCommand: number;
}

/** What applies where a deployment says nothing else. */
export const defaultPolicy: Policy = {
  maxKeysOnFile: 20,
  maxOpenRuns: 10_000,
  maxProjectDefaults: 250,
  defaultLeaseSeconds: DAY_S,
  maxLeaseSeconds: 7 * DAY_S,
  maxTotalLeaseSeconds: 30 * DAY_S,
  memoryLimit: 2_000,
  memoryWindowMs: DAY_S * 1_000,
  clockToleranceMs: 5 * MINUTE_MS,
  maxExpiriesPerCommand: 500,
};
