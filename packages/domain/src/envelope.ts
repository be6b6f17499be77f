import * as t from 'io-ts';
import type { Actor } from './actor';
import type { KeyringEvent } from './events';
import type { CaseId, CommandId, CorrelationId, WorkspaceId } from './ids';
import type { Instant } from './instant';

/** Names what set a command off: a command, an event, or a request of the embedding service. */
export const CausationId = t.refinement(t.string, (s) => /^[A-Za-z0-9_.:@-]{1,128}$/.test(s), 'CausationId');

/** Who, when and why of an event: what every event carries beside its payload. Its event id is the store's. */
export interface Envelope {
  readonly workspaceId: WorkspaceId;
  /** When the deciding service says it happened; the store keeps its own recording time beside it. */
  readonly time: Instant;
  readonly actor: Actor;
  readonly correlationId: CorrelationId;
  readonly causationId: string;
  readonly commandId: CommandId;
  /** Digest of what the command asks and of who asks it: the same id with another digest is refused. */
  readonly commandDigest: string;
  /** The support case that brought it about; left out where there is none. */
  readonly caseId?: CaseId;
  /** When the caller issued the command. */
  readonly issuedAt: Instant;
  /** Position of this event among the `count` events of its command. Invariants hold where `index + 1 === count`. */
  readonly index: number;
  readonly count: number;
}

/** An event with its envelope: what `evolve` folds. */
export interface EnvelopedEvent {
  readonly event: KeyringEvent;
  readonly envelope: Envelope;
}
