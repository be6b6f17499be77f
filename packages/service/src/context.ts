import {
  ACTOR_ID_RULE,
  ActorId,
  CASE_RULE,
  CaseId,
  CommandId,
  CorrelationId,
  ID_RULE,
  Instant,
  invalidInput,
  looksLikeVendorKey,
  textContainsSecret,
  WorkspaceId,
  type Actor,
  type Command,
  type CommandBody,
  type Refusal,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { givenOnce, type MembersOf } from './given';
import { newId } from './newId';

/** Who calls, for which workspace, and under which ids. Ids that are left out are made. */
export interface CallContext {
  readonly workspaceId: string;
  readonly actor: {
    readonly kind: 'user' | 'service' | 'support';
    /** Opaque, as an identity provider gives it: 1 to 256 characters of ASCII but space, `"`, `<`, `>`, backtick. */
    readonly id: string;
    /** Names an erasable row, kept outside the log, with IP address and user agent. `A-Z a-z 0-9 _ -`, 1 to 64. */
    readonly originRef?: string;
  };
  /** The same id again is the same command again: it changes nothing and gives the first outcome. */
  readonly commandId?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** The support case that this is done under: every event that the command brings about has it. */
  readonly caseId?: string;
  /** When the caller issued the command, milliseconds since 1970. A retry repeats the first one's. */
  readonly issuedAt?: number;
  /** Refuses the command unless the keyring is at exactly this revision. */
  readonly expectedRevision?: number;
  /**
   * Ends the act with the fault `cancelled`, and nothing recorded, when it is aborted before the command is queued.
   * From then on the act runs to its end.
   */
  readonly signal?: AbortSignal;
}

/** A checked call context. */
export interface Caller {
  readonly workspaceId: WorkspaceId;
  readonly actor: Actor;
  readonly commandId: CommandId;
  readonly correlationId: CorrelationId;
  readonly causationId: string;
  readonly caseId?: CaseId;
  readonly issuedAt: number;
  /** Up to which revision it is known not to be handled, as far as is known when this is asked: see `Command`. */
  readonly unhandledUpTo: () => number;
  readonly expectedRevision?: number;
  readonly signal?: AbortSignal;
}

/** Takes one input of a codec that changes nothing, or refuses it by name without repeating what it held. */
export const decoded = <A>(
  codec: t.Type<A, unknown>,
  field: string,
  value: unknown,
  rule: string = ID_RULE,
): E.Either<Refusal, A> => (codec.is(value) ? E.right(value) : E.left(invalidInput(field, rule)));

/** An id that the caller gave, or one that is made in its place. */
const idOr = <A>(
  codec: t.Type<A, unknown>,
  field: string,
  given: string | undefined,
  otherwise: () => A,
): E.Either<Refusal, A> => {
  const id = given ?? null;
  return id === null ? E.right(otherwise()) : decoded(codec, field, id);
};

/** Everyone but `system`, which is Keyturn itself. */
const CallerKind = t.keyof({ user: null, service: null, support: null });

/** An id and nothing else: an address or a user agent itself must not get into a log that does not forget. */
const OriginRef = t.refinement(t.string, (text) => /^[A-Za-z0-9_-]{1,64}$/.test(text), 'OriginRef');

const ACTOR: MembersOf<CallContext['actor']> = { kind: true, id: true, originRef: true };

/** Checks an actor. Refuses `invalid-input`, also for one of kind `system`, which is Keyturn itself. */
export const actorOf = (given: CallContext['actor']): E.Either<Refusal, Actor & CallContext['actor']> => {
  const actor = givenOnce('actor', given, ACTOR);
  if (E.isLeft(actor)) return actor;
  const { kind, id, originRef } = actor.right;
  if (!CallerKind.is(kind)) return E.left(invalidInput('actor.kind', 'user, service or support'));
  const actorId = decoded(ActorId, 'actor.id', id, ACTOR_ID_RULE);
  if (E.isLeft(actorId)) return actorId;
  // Refusals and log lines repeat it, of queries too.
  if (looksLikeVendorKey(actorId.right)) return E.left(textContainsSecret('actor.id'));
  if (originRef !== undefined && !OriginRef.is(originRef)) {
    return E.left(invalidInput('actor.originRef', ID_RULE));
  }
  return E.right({ kind, id: actorId.right, ...(originRef === undefined ? {} : { originRef }) });
};

const CONTEXT: MembersOf<CallContext> = {
  workspaceId: true,
  actor: true,
  commandId: true,
  correlationId: true,
  causationId: true,
  caseId: true,
  issuedAt: true,
  expectedRevision: true,
  signal: true,
};

/** The call context as a plain object, for who looks at it more than once. */
export const contextOnce = (context: CallContext): E.Either<Refusal, CallContext> =>
  givenOnce('context', context, CONTEXT);

const Revision = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= -1, 'Revision');

/** By its shape: a signal may be of another realm. */
const isSignal = (given: unknown): boolean =>
  typeof given === 'object' &&
  given !== null &&
  'aborted' in given &&
  typeof given.aborted === 'boolean' &&
  'addEventListener' in given;

const checkedSignal = (signal: AbortSignal | undefined): E.Either<Refusal, AbortSignal | undefined> => {
  try {
    if (signal === undefined || isSignal(signal)) return E.right(signal);
  } catch {
    // It throws when it is looked at: no signal.
  }
  return E.left(invalidInput('signal', 'an AbortSignal'));
};

const checkedCase = (given: string | undefined): E.Either<Refusal, CaseId | undefined> =>
  given === undefined ? E.right(undefined) : decoded(CaseId, 'caseId', given, CASE_RULE);

/** Of a command that may have been sent before: it may have been handled at any revision. */
export const NOTHING_KNOWN = Number.NEGATIVE_INFINITY;

/** Checks who calls, and makes the ids that were left out. Refuses `invalid-input`. */
export const callerOf = (given: CallContext, now: number): E.Either<Refusal, Caller> => {
  const plain = contextOnce(given);
  if (E.isLeft(plain)) return plain;
  const context = plain.right;
  const actor = actorOf(context.actor);
  if (E.isLeft(actor)) return actor;
  const workspaceId = decoded(WorkspaceId, 'workspaceId', context.workspaceId);
  if (E.isLeft(workspaceId)) return workspaceId;
  const commandId = idOr(CommandId, 'commandId', context.commandId, () => newId(CommandId));
  if (E.isLeft(commandId)) return commandId;
  const correlationId = idOr(CorrelationId, 'correlationId', context.correlationId, () =>
    newId(CorrelationId),
  );
  if (E.isLeft(correlationId)) return correlationId;
  const causationId = decoded(CorrelationId, 'causationId', context.causationId ?? commandId.right);
  if (E.isLeft(causationId)) return causationId;
  const caseId = checkedCase(context.caseId);
  if (E.isLeft(caseId)) return caseId;
  const issuedAt = context.issuedAt ?? now;
  if (!Instant.is(issuedAt)) {
    return E.left(invalidInput('issuedAt', 'a whole number of milliseconds since 1970'));
  }
  const { expectedRevision } = context;
  if (expectedRevision !== undefined && !Revision.is(expectedRevision)) {
    return E.left(invalidInput('expectedRevision', 'a revision: a whole number, -1 or more'));
  }
  const signal = checkedSignal(context.signal);
  if (E.isLeft(signal)) return signal;
  return E.right({
    workspaceId: workspaceId.right,
    actor: actor.right,
    commandId: commandId.right,
    correlationId: correlationId.right,
    causationId: causationId.right,
    issuedAt,
    unhandledUpTo: () => (context.commandId === undefined ? Number.POSITIVE_INFINITY : NOTHING_KNOWN),
    ...(caseId.right === undefined ? {} : { caseId: caseId.right }),
    ...(expectedRevision === undefined ? {} : { expectedRevision }),
    ...(signal.right === undefined ? {} : { signal: signal.right }),
  });
};

/**
 * A command that is not queued yet: what its sender knows of it may change. No decider takes it: whoever decides asks
 * `asKnownNow` first.
 */
export interface Sent extends Omit<Command, 'unhandledUpTo'> {
  readonly unhandledUpTo?: number | (() => number);
}

/** One whose body's type is known. */
export type CommandWith<B extends CommandBody> = Sent & { readonly body: B };

/** With what is known of it now. */
export const asKnownNow = (command: Sent): Command => {
  const { unhandledUpTo = NOTHING_KNOWN } = command;
  return { ...command, unhandledUpTo: typeof unhandledUpTo === 'function' ? unhandledUpTo() : unhandledUpTo };
};

/** The caller's own command. */
export const commandOf = <B extends CommandBody>(caller: Caller, now: number, body: B): CommandWith<B> => ({
  workspaceId: caller.workspaceId,
  actor: caller.actor,
  commandId: caller.commandId,
  correlationId: caller.correlationId,
  causationId: caller.causationId,
  ...(caller.caseId === undefined ? {} : { caseId: caller.caseId }),
  issuedAt: caller.issuedAt,
  unhandledUpTo: caller.unhandledUpTo,
  ...(caller.expectedRevision === undefined ? {} : { expectedRevision: caller.expectedRevision }),
  time: now,
  body,
});
