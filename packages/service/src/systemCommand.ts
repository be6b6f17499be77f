import { ActorId, CommandId, type Actor, type Command, type CommandBody } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { newId } from './newId';

const stepAfter = (before: Command, now: number, actor: Actor, body: CommandBody): Command => ({
  workspaceId: before.workspaceId,
  commandId: newId(CommandId),
  issuedAt: now,
  time: now,
  actor,
  correlationId: before.correlationId,
  causationId: before.commandId,
  body,
});

const keyturnItself = ActorId.decode('keyturn');

/** Keyturn's own next step after a command: its actor is `system`, its cause the command it follows. */
export const followUp = (cause: Command, now: number, body: CommandBody): Command =>
  stepAfter(
    cause,
    now,
    E.isRight(keyturnItself) ? { kind: 'system', id: keyturnItself.right } : cause.actor,
    body,
  );

/** The caller's own next command within one use case: same actor and correlation, caused by the one before. */
export const nextOf = (before: Command, now: number, body: CommandBody): Command =>
  stepAfter(before, now, before.actor, body);
