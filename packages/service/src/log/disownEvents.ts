import {
  invalidInput,
  nothingToDisown,
  type Decider,
  type Decision,
  type WorkspaceId,
} from '@keyturn/domain';
import type { EventStore, StreamHead } from '@keyturn/event-store';
import type { LogSealing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as NEA from 'fp-ts/NonEmptyArray';
import * as O from 'fp-ts/Option';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from '../authorization';
import { permitted, type Commanding } from '../commanding';
import type { CommandHandler } from '../commandHandler';
import { asKnownNow, commandOf, type CallContext, type Caller } from '../context';
import { ServiceFault, type Failure } from '../failure';
import type { Foreseen } from '../foresight';
import { flagGiven, givenOnce, type MembersOf } from '../given';
import type { KeyringRepository } from '../keyringRepository';
import { makeUnsealedEnd, type FoundEnd, type UnsealedEnd } from './unsealedEnd';
import type { Witnesses } from './witnesses';

export interface DisownEventsRequest {
  /** The first revision that no good seal lies over: see `unsealedEnd`. It has to be said, so that nobody guesses. */
  readonly from: number;
  /** Also where honest events are among them: see `isHonestInPart`. No is meant when left out. */
  readonly honestToo?: boolean;
}

/** What was disowned. */
export interface DisownedEvents {
  readonly from: number;
  readonly to: number;
  /** Of the events as they stand in the store. */
  readonly digest: string;
  /** The vault knows of events at these revisions, or of others in their place: their loss is still to be accepted. */
  readonly lossToAccept: boolean;
  /** Of the event that records it. */
  readonly revision: number;
  readonly position: bigint | null;
}

export interface DisownEventsParts extends Commanding {
  readonly decider: Decider;
  readonly eventStore: EventStore;
  readonly handler: Pick<CommandHandler, 'forget'>;
  readonly repository: Pick<KeyringRepository, 'append'>;
  readonly vault: LogSealing;
  readonly witnesses: Pick<Witnesses, 'asked'>;
}

const DISOWN: MembersOf<DisownEventsRequest> = { from: true, honestToo: true };

/**
 * The way on where somebody without the vault wrote to the end of a workspace's log, and the store does not let it be
 * taken out: an operator disowns it. The events stay where they are, and count for nothing. What the vault knows of the
 * log stays in force: where that lies among them, the loss has to be accepted next.
 */
export const makeDisownEvents = (parts: DisownEventsParts) => {
  const { clock, decider, eventStore, handler, repository, vault, witnesses } = parts;
  const findEnd = makeUnsealedEnd(eventStore, vault, decider);

  const found = async (workspaceId: WorkspaceId): Promise<E.Either<Failure, FoundEnd | null>> => {
    const witness = await witnesses.asked(workspaceId);
    // What a damaged witness knew nobody can tell: accepting a loss puts another in its place.
    const isDamaged = E.isLeft(witness) && witness.left.code === 'witness-damaged';
    if (E.isLeft(witness) && !isDamaged) return witness;
    return findEnd(workspaceId, E.isRight(witness) ? witness.right : 'unknown');
  };

  const asked = (context: CallContext) =>
    permitted(parts, context, { action: 'DisownEvents', impliedEffects: [], target: targetOf({}) });

  const decided = (
    caller: Caller,
    { end: { from, to }, digest, folded }: FoundEnd,
  ): E.Either<Failure, Decision> => {
    const command = commandOf(caller, clock(), { type: 'DisownEvents', from, to, digest });
    return decider.decide(folded.keyring, asKnownNow(command));
  };

  const about = (context: CallContext, given: DisownEventsRequest) => {
    const request = givenOnce('request', given, DISOWN);
    const permission = asked(context);
    return async (): Promise<
      E.Either<Failure, { readonly found: FoundEnd; readonly decision: Decision }>
    > => {
      const caller = await permission();
      if (E.isLeft(caller)) return caller;
      if (E.isLeft(request)) return request;
      const end = await found(caller.right.workspaceId);
      if (E.isLeft(end)) return end;
      if (end.right === null) return E.left(nothingToDisown(caller.right.workspaceId));
      const { from, isHonestInPart } = end.right.end;
      const honestToo = flagGiven('honestToo', request.right.honestToo);
      if (E.isLeft(honestToo)) return honestToo;
      if (request.right.from !== from) {
        return E.left(
          invalidInput('from', `the first revision that no good seal lies over, which is ${from}`),
        );
      }
      if (isHonestInPart && !honestToo.right) return E.left(honestAmong(caller.right.workspaceId, from));
      const decision = decided(caller.right, end.right);
      return E.isLeft(decision) ? decision : E.right({ found: end.right, decision: decision.right });
    };
  };

  const disownEvents =
    (context: CallContext, given: DisownEventsRequest): TaskEither<Failure, DisownedEvents> =>
    async () => {
      const asked = await about(context, given)();
      if (E.isLeft(asked)) return asked;
      const { end, digest, folded, reachesKnown } = asked.right.found;
      const events = NEA.fromArray([...asked.right.decision.events]);
      if (O.isNone(events)) return E.left(nothingToDisown(context.workspaceId));
      const { workspaceId } = events.value[0].envelope;
      // The next reading tells the vault, once it has asked what is known by then: none of that is hidden.
      const head: StreamHead = { revision: end.to, chain: folded.chain };
      const appended = await repository.append(workspaceId, head, events.value, 'untold')();
      if (E.isLeft(appended)) {
        return E.left(appended.left._tag === 'AppendConflict' ? moved(workspaceId) : appended.left);
      }
      handler.forget(workspaceId);
      const { head: reached, position } = appended.right;
      const { from, to } = end;
      return E.right({ from, to, digest, lossToAccept: !reachesKnown, revision: reached.revision, position });
    };

  /** What `disownEvents` would record. Nothing is written. */
  const foreseeDisownEvents =
    (context: CallContext, given: DisownEventsRequest): TaskEither<Failure, Foreseen> =>
    async () => {
      const asked = await about(context, given)();
      if (E.isLeft(asked)) return asked;
      const {
        found: { folded },
        decision,
      } = asked.right;
      const events = decision.events.map(({ event }) => event);
      return E.right({ keyringRevision: folded.keyring.revision, events });
    };

  /** What there is to disown; null where the log ends with a good seal. The hook is asked for `DisownEvents`. */
  const unsealedEnd =
    (context: CallContext): TaskEither<Failure, UnsealedEnd | null> =>
    async () => {
      const caller = await asked(context)();
      if (E.isLeft(caller)) return caller;
      const end = await found(caller.right.workspaceId);
      return E.map((one: FoundEnd | null) => one?.end ?? null)(end);
    };

  return { disownEvents, foreseeDisownEvents, unsealedEnd };
};

const moved = (workspaceId: string): ServiceFault =>
  new ServiceFault(
    'contention',
    `The log of workspace ${workspaceId} changed while events were being disowned; nothing was done. Send it again.`,
  );

const honestAmong = (workspaceId: string, from: number): ServiceFault =>
  new ServiceFault(
    'log-damaged',
    `Event ${from} of workspace ${workspaceId} has no good seal, and seals of this deployment lie over events behind ` +
      'it, or may: they are honest, or of a past that a restore took away, or sealed by another log key than the ' +
      'vault has. Nothing was disowned. Restore the events from a backup, or the newer vault. Where there is none, ' +
      'say that honest ones are to be disowned, too: they are lost then.',
  );
