import type { Catalogue, Policy } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { Vault } from '@keyturn/vault';
import type { Prober } from '@keyturn/vendors';
import type { Authorize } from './authorization';

/**
 * Where the service reports what it does: at `info` every command handled or refused, at `warn` what went wrong and no
 * caller is told. Facts are ids and codes, no free text and nothing of a secret. Any pino logger fits.
 */
export interface ServiceLog {
  readonly info: (facts: object, message: string) => void;
  readonly warn: (facts: object, message: string) => void;
}

/** Reports nothing. */
export const silent: ServiceLog = { info: () => undefined, warn: () => undefined };

/** What the use cases stand on. */
export interface KeyturnOptions {
  readonly eventStore: EventStore;
  readonly vault: Vault;
  readonly prober: Prober;
  /** Asked before anything else, for every command, query and release. */
  readonly authorize: Authorize;
  readonly policy?: Policy;
  /** The language of labels; English when left out. */
  readonly words?: Catalogue;
  /** Silent when left out. */
  readonly log?: ServiceLog;
  /** Milliseconds since 1970; `Date.now` when left out. */
  readonly clock?: () => number;
  /** Milliseconds since whenever, never back, and set by nobody; `performance.now` when left out. */
  readonly monotonicClock?: () => number;
  /** How many folded keyrings of idle workspaces stay in memory; 1,000 when left out. */
  readonly keyringsInMemory?: number;
  /**
   * How many test calls a workspace may make in a minute through this instance, and as many more the sweep; 60 when
   * left out.
   */
  readonly testCallsPerMinute?: number;
}
