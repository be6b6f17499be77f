import type { Policy } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { Vault } from '@keyturn/vault';
import type { Prober } from '@keyturn/vendor-probes';
import type { Authorize } from './authorization';

/** Where the service reports what no caller is told. Any pino logger fits. */
export interface ServiceLog {
  readonly info: (facts: object, message: string) => void;
  readonly warn: (facts: object, message: string) => void;
}

/** What the use cases stand on. */
export interface KeyturnOptions {
  readonly eventStore: EventStore;
  readonly vault: Vault;
  readonly prober: Prober;
  /** Asked before anything else, for every command, query and release. */
  readonly authorize: Authorize;
  readonly policy?: Policy;
  readonly log?: ServiceLog;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** How many folded keyrings stay in memory. */
  readonly keyringsInMemory?: number;
  /** How many test calls a workspace may make in a minute. */
  readonly testCallsPerMinute?: number;
}
