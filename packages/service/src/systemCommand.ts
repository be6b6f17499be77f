import type { Actor, ActorId, Command, CommandBody, CommandId } from '@keyturn/domain';
import { v4 as uuidv4 } from 'uuid';

const system: Actor = { kind: 'system', id: 'keyturn' as ActorId };

/** Keyturn's own next step after a command: its actor is `system`, its cause the command it follows. */
export const followUp = (cause: Command, now: number, body: CommandBody): Command => ({
  workspaceId: cause.workspaceId,
  commandId: uuidv4() as CommandId,
  issuedAt: now,
  time: now,
  actor: system,
  correlationId: cause.correlationId,
  causationId: cause.commandId,
  body,
});

/** The caller's own next command within one use case: same actor and correlation, caused by the one before. */
export const nextOf = (before: Command, now: number, body: CommandBody): Command => ({
  workspaceId: before.workspaceId,
  commandId: uuidv4() as CommandId,
  issuedAt: now,
  time: now,
  actor: before.actor,
  correlationId: before.correlationId,
  causationId: before.commandId,
  body,
});
