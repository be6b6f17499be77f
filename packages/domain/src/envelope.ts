import type { Actor } from './actor';
import type { KeyringEvent } from './events';
import type { CommandId, CorrelationId, WorkspaceId } from './ids';
import type { Instant } from './instant';

/** Who, when and why of an event: what every event carries beside its payload. Its event id is the store's. */
export interface Envelope {
  readonly workspaceId: WorkspaceId;
  /** When the deciding service says it happened; the store keeps its own recording time beside it. */
  readonly time: Instant;
  readonly actor: Actor;
  readonly correlationId: CorrelationId;
  readonly causationId: string;
  readonly commandId: CommandId;
  /** Digest of the command's body: the same id with another body is refused. */
  readonly commandDigest: string;
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
