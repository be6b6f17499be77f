import * as E from 'fp-ts/Either';
import type { Command } from '../commands';
import type { EnvelopedEvent } from '../envelope';
import type { KeyringEvent } from '../events';
import type { CaseId } from '../ids';
import type { Instant } from '../instant';
import type { Policy } from '../policy';
import { refuse, type Refusal } from '../refusals/refusal';
import type { HandledCommand, Keyring } from '../state/keyring';
import { recall } from '../state/recent';
import { checkCommand, checkEvents } from './checkInput';
import { commandDigest } from './commandDigest';
import { handle } from './handlers';
import { checkStanding } from './standing';

/** What a command comes to when it is not refused. */
export interface Decision {
  /** To be appended together, in this order. Empty when it is so already, or when the command was handled before. */
  readonly events: ReadonlyArray<EnvelopedEvent>;
  /** Where the command's events are when it was handled before: its first outcome is the answer. */
  readonly repeats: HandledCommand | null;
}

const NOTHING: Decision = { events: [], repeats: null };

/** The case that a command is sent under, that an event of it names, or that what it ends began under. */
const caseOf = (
  { leaks }: Keyring,
  { caseId, body }: Command,
  events: ReadonlyArray<KeyringEvent>,
): { readonly caseId?: CaseId } => {
  if (caseId !== undefined) return { caseId };
  for (const { data } of events) if ('caseId' in data && data.caseId !== null) return { caseId: data.caseId };
  const deletedUnder =
    body.type === 'ConfirmDestruction' ? (leaks.get(body.keyId)?.deletedUnder ?? null) : null;
  return deletedUnder === null ? {} : { caseId: deletedUnder };
};

const enveloped = (
  keyring: Keyring,
  command: Command,
  events: ReadonlyArray<KeyringEvent>,
): ReadonlyArray<EnvelopedEvent> => {
  const { workspaceId, time, actor, correlationId, causationId, commandId, issuedAt } = command;
  const digest = commandDigest(command);
  const underCase = caseOf(keyring, command, events);
  return events.map((event, index) => ({
    event,
    envelope: {
      workspaceId,
      time,
      actor,
      correlationId,
      causationId,
      commandId,
      commandDigest: digest,
      issuedAt,
      index,
      count: events.length,
      ...underCase,
    },
  }));
};

/** Revision from which on every handled command is remembered. */
const rememberedFrom = ({ handledCommands, revision }: Keyring): number => {
  const oldest = handledCommands.generations[0]?.entries.values().next();
  return oldest?.done === false ? oldest.value.firstRevision : revision + 1;
};

/** The horizon that a command was issued before, which may have been handled and forgotten; null for none. */
const outlivedBy = (keyring: Keyring, command: Command): Instant | null => {
  const { commandHorizon } = keyring;
  const { issuedAt, unhandledUpTo = Number.NEGATIVE_INFINITY } = command;
  if (commandHorizon === null || issuedAt > commandHorizon) return null;
  return unhandledUpTo + 1 < rememberedFrom(keyring) ? commandHorizon : null;
};

/** Whether it is certain that a command was not handled up to the keyring's revision. */
export const isUnhandled = (keyring: Keyring, command: Command): boolean =>
  recall(keyring.handledCommands, command.commandId) === undefined && outlivedBy(keyring, command) === null;

/** A command id stands for one command: a retry repeats it, another command under the same id is refused. */
const handledBefore = (keyring: Keyring, command: Command): E.Either<Refusal, Decision> | null => {
  const { commandId, issuedAt } = command;
  const handled = recall(keyring.handledCommands, commandId);
  if (handled !== undefined) {
    return handled.commandDigest === commandDigest(command)
      ? E.right({ events: [], repeats: handled })
      : E.left(refuse('command-id-reused', { commandId }));
  }
  const horizon = outlivedBy(keyring, command);
  return horizon === null ? null : E.left(refuse('command-too-old', { commandId, issuedAt, horizon }));
};

const mismatch = (keyring: Keyring, command: Command): Refusal | null => {
  const { expectedRevision } = command;
  return expectedRevision === undefined || expectedRevision === keyring.revision
    ? null
    : refuse('revision-conflict', { expected: expectedRevision, actual: keyring.revision });
};

/** Decides one command on one state. Pure and total. */
export const decideOn = (keyring: Keyring, command: Command, policy: Policy): E.Either<Refusal, Decision> => {
  if (keyring.workspaceId !== null && keyring.workspaceId !== command.workspaceId) {
    return E.left(
      refuse('wrong-workspace', { workspaceId: command.workspaceId, keyringOf: keyring.workspaceId }),
    );
  }
  const malformed = checkCommand(command);
  if (malformed !== null) return E.left(malformed);
  const before = handledBefore(keyring, command);
  if (before !== null) return before;
  const conflict = mismatch(keyring, command);
  if (conflict !== null) return E.left(conflict);
  const standing = checkStanding(keyring, command);
  if (standing !== null) return E.left(standing);
  const verdict = handle(command.body.type, { keyring, command, policy }, command.body);
  if (E.isLeft(verdict)) return verdict;
  if (verdict.right.length === 0) return E.right(NOTHING);
  const unreadable = checkEvents(verdict.right);
  return unreadable === null
    ? E.right({ events: enveloped(keyring, command, verdict.right), repeats: null })
    : E.left(unreadable);
};
