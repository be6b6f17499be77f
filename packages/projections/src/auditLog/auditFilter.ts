import type { ActorKind, KeyringEventType } from '@keyturn/domain';
import type { AnyOf } from './anyOf';
import type { TimeWindow } from './auditWindow';

/** An actor by its id, and by its kind too where ids of several kinds are equal. */
export interface AuditActor {
  readonly id: string;
  readonly kind?: ActorKind;
}

/** Which entries: those for which everything named here is so. Of several of a kind, any. Nothing named: all. */
export interface AuditFilter extends TimeWindow {
  readonly workspaceId?: AnyOf<string>;
  /** Entries about the key, and those by which a Default moved away from it. */
  readonly keyId?: AnyOf<string>;
  /** The same of every key whose last 4 characters these are. */
  readonly last4?: AnyOf<string>;
  readonly runId?: string;
  /** A project's name means something in its workspace alone: `workspaceId` has to be named with it. */
  readonly projectId?: string;
  readonly actor?: AnyOf<AuditActor>;
  readonly action?: AnyOf<KeyringEventType>;
  /** All that came about under the case. */
  readonly caseId?: string;
  readonly correlationId?: string;
  readonly originRef?: string;
}
