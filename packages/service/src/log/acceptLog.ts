import {
  KeyId,
  nothingToAccept,
  type CommandBody,
  type Decider,
  type Keyring,
  type KeyringEvent,
  type RememberedRemoval,
  type WorkspaceId,
} from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { DisownedRanges, StreamHead } from '@keyturn/event-store';
import type { LogWitnessing, RemovalMemory, RowListing, StorePairing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as NEA from 'fp-ts/NonEmptyArray';
import * as O from 'fp-ts/Option';
import type { TaskEither } from 'fp-ts/TaskEither';
import { EVERY_DEFAULT, targetOf } from '../authorization';
import { permitted, type Commanding } from '../commanding';
import type { CommandHandler } from '../commandHandler';
import { asKnownNow, commandOf, decoded, type CallContext, type Caller } from '../context';
import { isRefusal, ServiceFault, type Failure } from '../failure';
import type { Foreseen } from '../foresight';
import type { FrozenRows } from '../frozenRows';
import { givenOnce, type MembersOf } from '../given';
import { hardDeletedKeys } from '../hardDeletedKeys';
import { headOf, type FoldedKeyring } from '../foldedKeyring';
import type { KeyringRepository } from '../keyringRepository';
import { keysWithoutSecret } from '../sweep/findings';
import { forgottenRemovals } from './remembered';
import type { Witnesses } from './witnesses';

const WORKSPACES_PER_PAGE = 100;

export interface AcceptLogRequest {
  /** Becomes Default wherever a key was whose hard delete is repeated. */
  readonly successor?: string;
}

/** What a log had lost, and what was made of it. */
export interface LogAcceptance {
  /** The revision that the log was known to reach. */
  readonly known: number;
  /** The revision that was left of it; -1 for none. */
  readonly left: number;
  /** Keys that the vault had and no event names: none ever will, and a sweep removes their rows. */
  readonly lostKeys: ReadonlyArray<string>;
  /** Keys that the restored log had on file, and whose hard delete was repeated. */
  readonly hardDeletedAgain: ReadonlyArray<string>;
  /** Keys on file that the vault has no secret of: they need a new paste. */
  readonly keysWithoutSecret: ReadonlyArray<string>;
  /** Revision of the last event of this act. */
  readonly revision: number;
  readonly position: bigint | null;
}

/** A workspace whose log may lack something. */
export interface AcceptableLoss {
  readonly workspaceId: string;
  /** Why it could not be looked into; null where there is something to accept. */
  readonly obstacle: string | null;
}

export interface AcceptLogParts extends Commanding {
  readonly decider: Decider;
  readonly eventStore: Pick<EventStore, 'head'>;
  readonly handler: Pick<CommandHandler, 'forget'>;
  readonly repository: Pick<
    KeyringRepository,
    'append' | 'load' | 'loadUnwitnessed' | 'reaches' | 'saveSnapshot' | 'snapshotHead'
  >;
  readonly rows: FrozenRows;
  readonly vault: LogWitnessing & RemovalMemory & RowListing & Pick<StorePairing, 'lowerHighWater'>;
  readonly witnesses: Pick<Witnesses, 'lowered'>;
}

type AcceptBody = Extract<CommandBody, { readonly type: 'AcceptLog' }>;

/** What the vault knows and the log lacks. */
interface Lack {
  readonly folded: FoldedKeyring;
  readonly known: number;
  readonly left: number;
  /** The vault's witness is damaged or missing: it lets nothing be frozen until another is in its place. */
  readonly isDamaged: boolean;
  readonly hasSnapshot: boolean;
  readonly lostKeys: ReadonlyArray<KeyId>;
  readonly removals: ReadonlyArray<RememberedRemoval>;
  readonly keysWithoutSecret: ReadonlyArray<KeyId>;
}

const ACCEPT: MembersOf<AcceptLogRequest> = { successor: true };

/**
 * The way on after a restore of the events, or a cut of their end: an operator accepts that what the vault knows and
 * the log lacks is lost. The loss is recorded as LogRestored, then how far the vault saw store and stream reach is
 * lowered to it. A cut in between leaves the workspace stopped, and the act is done again. Keys that no event names any
 * more are burned, hard deletes that the vault remembers are repeated, and leaked secrets stay banned.
 */
export const makeAcceptLog = (parts: AcceptLogParts) => {
  const { clock, decider, eventStore, handler, repository, rows, vault, witnesses } = parts;

  /** The first of some known heads that the stream does not have; null where it has all. */
  const firstMissing = async (
    workspaceId: WorkspaceId,
    heads: ReadonlyArray<StreamHead | null>,
  ): Promise<E.Either<Failure, StreamHead | null>> => {
    for (const head of heads) {
      const reached = head === null ? E.right(true) : await repository.reaches(workspaceId, head)();
      if (E.isLeft(reached)) return reached;
      if (!reached.right) return E.right(head);
    }
    return E.right(null);
  };

  const lackOf = async (workspaceId: WorkspaceId): Promise<E.Either<Failure, Lack | null>> => {
    const witness = await vault.witnessOf(workspaceId)();
    // A witness that is damaged or missing tells nothing: accepting puts another in its place.
    const isDamaged = E.isLeft(witness) && witness.left.code === 'witness-damaged';
    if (E.isLeft(witness) && !isDamaged) return witness;
    const kept = await repository.snapshotHead(workspaceId)();
    if (E.isLeft(kept)) return kept;
    const witnessed = E.isRight(witness) ? witness.right : null;
    const held = await vault.rowsOf(workspaceId)();
    if (E.isLeft(held)) return held;
    const remembered = await vault.removalsOf(workspaceId)();
    if (E.isLeft(remembered)) return remembered;
    const folded = await repository.loadUnwitnessed(workspaceId)();
    if (E.isLeft(folded)) return folded;
    const { keyring } = folded.right;
    const lostKeys = held.right
      .filter(({ named }) => named)
      .map(({ keyId }) => keyId)
      .filter(KeyId.is)
      .filter((keyId) => !keyring.keys.has(keyId) && !keyring.abandonedKeyIds.has(keyId));
    const removals = forgottenRemovals(keyring, remembered.right);
    const missing = await firstMissing(workspaceId, [witnessed, kept.right]);
    if (E.isLeft(missing)) return missing;
    const reached = missing.right === null && !isDamaged;
    const known = missing.right ?? witnessed;
    if (reached && lostKeys.length === 0 && removals.length === 0) return E.right(null);
    return E.right({
      folded: folded.right,
      known: known?.revision ?? keyring.revision,
      left: reached ? keyring.revision : leftOf(folded.right, known?.revision ?? -1),
      isDamaged,
      hasSnapshot: kept.right !== null,
      lostKeys,
      removals,
      keysWithoutSecret: [...keysWithoutSecret(held.right, keyring)],
    });
  };

  /** One that lies beyond what is left would be taken for a loss again. Where this fails, it is: nothing else is. */
  const replaceSnapshot = async (workspaceId: WorkspaceId): Promise<void> => {
    const folded = await repository.load(workspaceId, 'whole')();
    if (E.isRight(folded)) await repository.saveSnapshot(workspaceId, folded.right, true)();
  };

  const decided = (
    caller: Caller,
    { folded, known, left, lostKeys, removals }: Lack,
    successor: KeyId | null,
  ) => {
    const body: AcceptBody = { type: 'AcceptLog', known, left, lostKeys, removals, successor };
    return decider.decide(folded.keyring, asKnownNow(commandOf(caller, clock(), body)));
  };

  const asked = (context: CallContext, given: AcceptLogRequest) => {
    const request = givenOnce('request', given, ACCEPT);
    const permission = permitted(parts, context, {
      action: 'AcceptLog',
      impliedEffects: EVERY_DEFAULT,
      target: targetOf({}),
    });
    return async (): Promise<
      E.Either<Failure, { readonly caller: Caller; readonly lack: Lack; readonly successor: KeyId | null }>
    > => {
      const caller = await permission();
      if (E.isLeft(caller)) return caller;
      if (E.isLeft(request)) return request;
      const successor =
        request.right.successor === undefined
          ? E.right(null)
          : decoded(KeyId, 'successor', request.right.successor);
      if (E.isLeft(successor)) return successor;
      const lack = await lackOf(caller.right.workspaceId);
      if (E.isLeft(lack)) return lack;
      return lack.right === null
        ? E.left(nothingToAccept(caller.right.workspaceId))
        : E.right({ caller: caller.right, lack: lack.right, successor: successor.right });
    };
  };

  const acceptLog =
    (context: CallContext, given: AcceptLogRequest): TaskEither<Failure, LogAcceptance> =>
    async () => {
      const about = await asked(context, given)();
      if (E.isLeft(about)) return about;
      const { caller, lack, successor } = about.right;
      const { workspaceId } = caller;
      const decision = decided(caller, lack, successor);
      if (E.isLeft(decision)) return decision;
      const events = NEA.fromArray([...decision.right.events]);
      if (O.isNone(events)) return E.left(nothingToAccept(workspaceId));
      const hardDeletedAgain = hardDeletedKeys(events.value);
      const frozen = lack.isDamaged ? E.right(undefined) : await rows.freeze(workspaceId, hardDeletedAgain);
      if (E.isLeft(frozen)) return frozen;
      const appended = await repository.append(workspaceId, headOf(lack.folded), events.value)();
      if (E.isLeft(appended)) {
        const fault = appended.left._tag === 'AppendConflict' ? moved(workspaceId) : appended.left;
        // What may have been written all the same stays frozen: a sweep looks again.
        if (fault.code !== 'outcome-unknown') await rows.unfreeze(workspaceId, hardDeletedAgain);
        return E.left(fault);
      }
      const { head, position } = appended.right;
      const reached = await eventStore.head();
      if (E.isLeft(reached)) return reached;
      // Before the witness, which has the act done again: else sweeps would wait until the log is as long again.
      const seen = await vault.lowerHighWater(reached.right)();
      if (E.isLeft(seen)) return seen;
      const lowered = await vault.lowerWitness(workspaceId, head)();
      if (E.isLeft(lowered)) return lowered;
      witnesses.lowered(workspaceId, head);
      handler.forget(workspaceId);
      if (lack.hasSnapshot) await replaceSnapshot(workspaceId);
      return E.right({
        known: lack.known,
        left: lack.left,
        lostKeys: lack.lostKeys,
        hardDeletedAgain,
        keysWithoutSecret: lack.keysWithoutSecret.filter((keyId) => !hardDeletedAgain.includes(keyId)),
        revision: head.revision,
        position,
      });
    };

  /** What `acceptLog` would record. Nothing is written. */
  const foreseeAcceptLog =
    (context: CallContext, given: AcceptLogRequest): TaskEither<Failure, Foreseen> =>
    async () => {
      const about = await asked(context, given)();
      if (E.isLeft(about)) return about;
      const { caller, lack, successor } = about.right;
      const decision = decided(caller, lack, successor);
      if (E.isLeft(decision)) return decision;
      const events: ReadonlyArray<KeyringEvent> = decision.right.events.map(({ event }) => event);
      return E.right({ keyringRevision: lack.folded.keyring.revision, events });
    };

  /**
   * The workspaces whose log lacks something that the vault knows of, and those that could not be looked into, each
   * with why. The hook is asked about each.
   */
  const acceptableLosses =
    (context: Omit<CallContext, 'workspaceId'>): TaskEither<Failure, ReadonlyArray<AcceptableLoss>> =>
    async () => {
      const found: AcceptableLoss[] = [];
      for (let after: string | null = null; ;) {
        const page: E.Either<Failure, ReadonlyArray<string>> = await vault.workspaceIds(
          after,
          WORKSPACES_PER_PAGE,
        )();
        if (E.isLeft(page)) return page;
        for (const workspaceId of page.right) {
          const about = await asked({ ...context, workspaceId }, {})();
          if (E.isRight(about)) found.push({ workspaceId, obstacle: null });
          else if (!isNothing(about.left)) found.push({ workspaceId, obstacle: about.left.message });
        }
        after = page.right.at(-1) ?? null;
        if (after === null) return E.right(found);
      }
    };

  return { acceptLog, foreseeAcceptLog, acceptableLosses };
};

/** The last revision that is left of what was known: where that ended among what was disowned, all before it. */
const leftOf = (
  { keyring, disowned }: { readonly keyring: Keyring; readonly disowned: DisownedRanges },
  known: number,
): number => {
  const gone = disowned.around(known) ?? disowned.lastBefore(known);
  if (gone === null) return keyring.revision;
  return gone.last + 1 >= Math.min(keyring.revision, known) ? gone.first - 1 : keyring.revision;
};

const isNothing = (failure: Failure): boolean => isRefusal(failure) && failure.code === 'nothing-to-accept';

const moved = (workspaceId: string): ServiceFault =>
  new ServiceFault(
    'contention',
    `The log of workspace ${workspaceId} changed while its loss was being accepted; nothing was done. Send it again.`,
  );
