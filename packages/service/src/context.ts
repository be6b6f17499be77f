import {
  ActorId,
  CommandId,
  CorrelationId,
  ID_RULE,
  invalidInput,
  WorkspaceId,
  type Actor,
  type Command,
  type CommandBody,
  type Refusal,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { newId } from './newId';

/** Who calls, for which workspace, and under which ids. Ids that are left out are made. */
export interface CallContext {
  readonly workspaceId: string;
  readonly actor: {
    readonly kind: 'user' | 'service' | 'support';
    /** Opaque; `A-Z a-z 0-9 _ . @ + -`, 1 to 64. */
    readonly id: string;
    /** Names an erasable row, kept outside the log, with IP address and user agent. `A-Z a-z 0-9 _ -`, 1 to 64. */
    readonly originRef?: string;
  };
  /** The same id again is the same command again: it changes nothing and gives the first outcome. */
  readonly commandId?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** When the caller issued the command, milliseconds since 1970. A retry repeats the first one's. */
  readonly issuedAt?: number;
  /** Refuses the command unless the keyring is at exactly this revision. */
  readonly expectedRevision?: number;
}

/** A checked call context. */
export interface Caller {
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
  readonly commandId: CommandId;
  readonly correlationId: CorrelationId;
  readonly causationId: string;
  readonly issuedAt: number;
  readonly expectedRevision?: number;
}

/** Decodes one input, or refuses it by name without repeating what it held. */
export const decoded = <A>(
  codec: t.Type<A, unknown>,
  field: string,
  value: unknown,
  rule: string = ID_RULE,
): E.Either<Refusal, A> => E.mapLeft(() => invalidInput(field, rule))(codec.decode(value));

/** Everyone but `system`, which is Keyturn itself. */
const CallerKind = t.keyof({ user: null, service: null, support: null });

/** An id and nothing else: an address or a user agent itself must not get into a log that does not forget. */
const OriginRef = t.refinement(t.string, (text) => /^[A-Za-z0-9_-]{1,64}$/.test(text), 'OriginRef');

/** Checks who calls. Refuses `invalid-input`, also for an actor of kind `system`, which is Keyturn itself. */
export const callerOf = (context: CallContext, now: number): E.Either<Refusal, Caller> => {
  const { actor } = context;
  if (!CallerKind.is(actor.kind)) {
    return E.left(invalidInput('actor.kind', 'user, service or support'));
  }
  const workspaceId = decoded(WorkspaceId, 'workspaceId', context.workspaceId);
  if (E.isLeft(workspaceId)) return workspaceId;
  const actorId = decoded(ActorId, 'actor.id', actor.id, '1 to 64 of the characters A-Z a-z 0-9 _ . @ + -');
  if (E.isLeft(actorId)) return actorId;
  if (actor.originRef !== undefined && !OriginRef.is(actor.originRef)) {
    return E.left(invalidInput('actor.originRef', ID_RULE));
  }
  const commandId = decoded(CommandId, 'commandId', context.commandId ?? newId(CommandId));
  if (E.isLeft(commandId)) return commandId;
  const correlationId = decoded(
    CorrelationId,
    'correlationId',
    context.correlationId ?? newId(CorrelationId),
  );
  if (E.isLeft(correlationId)) return correlationId;
  const causationId = decoded(CorrelationId, 'causationId', context.causationId ?? commandId.right);
  if (E.isLeft(causationId)) return causationId;
  return E.right({
    workspaceId: workspaceId.right,
    actor: {
      kind: actor.kind,
      id: actorId.right,
      ...(actor.originRef === undefined ? {} : { originRef: actor.originRef }),
    },
    commandId: commandId.right,
    correlationId: correlationId.right,
    causationId: causationId.right,
    issuedAt: context.issuedAt ?? now,
    ...(context.expectedRevision === undefined ? {} : { expectedRevision: context.expectedRevision }),
  });
};

/** A command whose body's type is known. */
export type CommandWith<B extends CommandBody> = Command & { readonly body: B };

/** The caller's own command. */
export const commandOf = <B extends CommandBody>(caller: Caller, now: number, body: B): CommandWith<B> => ({
  ...caller,
  time: now,
  body,
});
