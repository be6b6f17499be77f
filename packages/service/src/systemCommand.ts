import { ActorId, CommandId, type Actor, type Command, type CommandBody } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { newId } from './newId';

/** What a command of Keyturn's own follows from. */
export type Cause = Pick<Command, 'workspaceId' | 'commandId' | 'correlationId' | 'caseId'>;

const stepAfter = (cause: Cause, now: number, actor: Actor, body: CommandBody): Command => ({
  workspaceId: cause.workspaceId,
  commandId: newId(CommandId),
  issuedAt: now,
  unhandledUpTo: Number.POSITIVE_INFINITY,
  time: now,
  actor,
  correlationId: cause.correlationId,
  causationId: cause.commandId,
  ...(cause.caseId === undefined ? {} : { caseId: cause.caseId }),
  body,
});

const actorId = ActorId.decode('keyturn');
if (E.isLeft(actorId)) throw new TypeError('keyturn is no actor id');
/** Who acts where Keyturn does something by itself. */
export const KEYTURN_ITSELF: Actor = { kind: 'system', id: actorId.right };

/** Keyturn's own next step after a command: its actor is `system`, its cause the command it follows. */
export const followUp = (cause: Cause, now: number, body: CommandBody): Command =>
  stepAfter(cause, now, KEYTURN_ITSELF, body);

/** The caller's own next command within one use case: same actor and correlation, caused by the one before. */
export const nextOf = (before: Cause & Pick<Command, 'actor'>, now: number, body: CommandBody): Command =>
  stepAfter(before, now, before.actor, body);
