import type { Actor, Catalogue, Policy } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { Vault } from '@keyturn/vault';
import type { Prober, VendorAdmin } from '@keyturn/vendors';
import type { OnAlive } from './leak/onAlive';
import type { Action, Authorize } from './authorization';
import type { PendingFinding } from './sweep/report';

/** What a line of the log tells: ids, codes and counts. No free text, and nothing of a secret. */
export interface LogFacts {
  /** Who acted: a caller, the sweep in its caller's name, or `system:keyturn` for what Keyturn did by itself. */
  readonly actor: { readonly kind: Actor['kind']; readonly id: string; readonly originRef?: string };
  /** Null where all workspaces are meant. */
  readonly workspaceId?: string | null;
  readonly keyId?: string | null;
  readonly keyIds?: ReadonlyArray<string>;
  readonly runId?: string | null;
  readonly vendor?: string;
  /** One that test calls ask for. */
  readonly model?: string;
  readonly commandId?: string;
  /** The type of the command. */
  readonly command?: string;
  /** What the hook was asked for. */
  readonly action?: Action;
  readonly revision?: number | null;
  /** The code of the refusal. */
  readonly refusal?: string;
  /** The code of the fault. */
  readonly fault?: string;
  /** The code of either, or of what is told of. */
  readonly code?: string;
  /** What a sweep found. */
  readonly kind?: PendingFinding['kind'];
  readonly dryRun?: boolean;
  /** How many of them were looked into. */
  readonly workspaces?: number;
  readonly events?: number;
  readonly repairs?: number;
  readonly pending?: number;
  readonly findings?: number;
}

/**
 * Where the service reports what it does: at `info` every command handled or refused, at `warn` what went wrong and no
 * caller is told. Any pino logger fits.
 */
export interface ServiceLog {
  readonly info: (facts: LogFacts, message: string) => void;
  readonly warn: (facts: LogFacts, message: string) => void;
}

/** Reports nothing. */
export const silent: ServiceLog = { info: () => undefined, warn: () => undefined };

/** What the use cases stand on. */
export interface KeyturnOptions {
  readonly eventStore: EventStore;
  readonly vault: Vault;
  readonly prober: Prober;
  /** Lists and revokes keys at their vendors; when left out, keys are revoked by hand alone (`no-admin-api`). */
  readonly vendorAdmin?: VendorAdmin;
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
  /** Bytes, about, that the folded keyrings of idle workspaces take up in memory at most; 256 MiB when left out. */
  readonly keyringBytesInMemory?: number;
  /**
   * How many test calls a workspace may make in a minute through this instance, and as many more the sweep; 60 when
   * left out.
   */
  readonly testCallsPerMinute?: number;
  /**
   * Milliseconds that a vendor gets for its word on a key before it is hard-deleted, where that is asked for, and
   * before its list shows the key dead; 15,000.
   */
  readonly killCheckWaitMs?: number;
  /** Told of each kill check by which a key lives: that opens its closed cases again. Must not throw. */
  readonly onAlive?: OnAlive;
}
