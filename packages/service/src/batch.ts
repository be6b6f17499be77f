import type { BatchDecision, Decider, KeyId, Keyring, WorkspaceId } from '@keyturn/domain';
import { StoreFault } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import * as NEA from 'fp-ts/NonEmptyArray';
import * as O from 'fp-ts/Option';
import { Turns, type Others } from './contention';
import { ServiceFault, type Fault } from './failure';
import { failAll, settleAll, type Batch, type Waiting } from './batchOutcome';
import type { FrozenRows } from './frozenRows';
import { hardDeletedKeys } from './hardDeletedKeys';
import { headOf, type FoldedKeyring } from './foldedKeyring';
import type { KeyringRepository } from './keyringRepository';
import { isLoss } from './log/damage';
import type { Witnesses } from './log/witnesses';
import type { ServiceLog } from './options';
import { KEYTURN_ITSELF } from './systemCommand';
import { asKnownTo } from './unhandled';
import { untilReadable } from './winner';

/** Each one lost means that another process's command got through. */
const ATTEMPTS = 100;

/** A workspace's keyring in memory: as of some revision, perhaps behind the stream. */
export interface CachedKeyring {
  folded: FoldedKeyring | null;
  /** How far the newest snapshot reaches that was stored, or was tried to be; -1 when there is none. */
  snapshotRevision: number;
  /** Nothing of a stored snapshot is of use, and none was saved since. */
  snapshotAnew: boolean;
  /**
   * Rows that stay frozen since nobody knows whether the hard delete was written, and behind which revision it would
   * be: once the stream has something else there, it can't come any more.
   */
  readonly inDoubt: Map<KeyId, number>;
  readonly others: Others;
}

type Loaded = FoldedKeyring & Pick<CachedKeyring, 'snapshotRevision'>;

const takeLoaded = (cached: CachedKeyring, loaded: Loaded): void => {
  cached.folded = loaded;
  cached.snapshotRevision = loaded.snapshotRevision;
  cached.snapshotAnew = loaded.snapshotRevision < 0;
};

/** Told of each keyring that is folded on the way to the stream's head. */
type OnFolded = (keyring: Keyring) => void;

/** Decides and appends the commands of one workspace that wait together, and settles each of them. */
export type BatchRunner = (
  workspaceId: WorkspaceId,
  cached: CachedKeyring,
  batch: Batch,
  onFolded: OnFolded,
) => Promise<void>;

const notReadable = (workspaceId: WorkspaceId, revision: number): StoreFault =>
  new StoreFault(
    'unavailable',
    `The store refused an append for event ${revision} of workspace ${workspaceId}, ` +
      'and that event can not be read yet. Nothing was written; send the command again.',
  );

const contention = (workspaceId: WorkspaceId): ServiceFault =>
  new ServiceFault(
    'contention',
    `The keyring of workspace ${workspaceId} kept changing under this command; nothing was done. Send it again.`,
  );

const mayHaveBeenWritten = (fault: Fault): boolean =>
  fault instanceof StoreFault && fault.code === 'outcome-unknown';

/** One command of several may be why nothing could be written: each is tried by itself then. */
const concernsOne = ({ code }: Fault): boolean => code === 'too-large' || code === 'unencodable-event';

export const makeBatchRunner = (parts: {
  readonly repository: KeyringRepository;
  readonly decider: Decider;
  readonly rows: FrozenRows;
  readonly log: ServiceLog;
  readonly witnesses: Pick<Witnesses, 'forget' | 'known'>;
}): BatchRunner => {
  const { repository, decider, rows, log, witnesses } = parts;
  const turns = new Turns();

  /** Unfreezes what was frozen for a hard delete, once the stream shows that this delete was not written. */
  const settleDoubts = async (
    workspaceId: WorkspaceId,
    { folded, inDoubt }: CachedKeyring,
  ): Promise<void> => {
    if (folded === null || inDoubt.size === 0) return;
    const { keyring } = folded;
    const settled = [...inDoubt].filter(([, behind]) => keyring.revision > behind).map(([keyId]) => keyId);
    for (const keyId of settled) inDoubt.delete(keyId);
    const alive = settled.filter((keyId) => keyring.keys.get(keyId)?.status !== 'hard-deleted');
    await rows.unfreeze(workspaceId, alive);
  };

  /**
   * The stream as it is now, if an operator has accepted by another process that what this one has in memory is lost:
   * the stream says so by an event, and the vault by its witness. Null otherwise.
   */
  const acceptedElsewhere = async (
    workspaceId: WorkspaceId,
    inMemory: FoldedKeyring,
    fault: Fault,
  ): Promise<Loaded | null> => {
    if (!isLoss(fault)) return null;
    const remember = witnesses.forget(workspaceId);
    const loaded = await repository.load(workspaceId, 'whole')();
    const accepted = E.isRight(loaded) ? loaded.right.keyring.lastRestore : null;
    if (E.isRight(loaded) && accepted !== null && accepted !== inMemory.keyring.lastRestore)
      return loaded.right;
    remember();
    return null;
  };

  /** Brings the cached keyring to the stream's head. */
  const refreshed = async (
    workspaceId: WorkspaceId,
    cached: CachedKeyring,
    onFolded?: OnFolded,
  ): Promise<E.Either<Fault, FoldedKeyring>> => {
    if (cached.folded === null) {
      const loaded = await repository.load(workspaceId, 'snapshot', onFolded)();
      if (E.isLeft(loaded)) return loaded;
      takeLoaded(cached, loaded.right);
      return loaded;
    }
    const inMemory = cached.folded;
    const refreshing = await repository.refresh(workspaceId, inMemory, onFolded)();
    if (E.isRight(refreshing)) {
      cached.folded = refreshing.right;
      const haveAppended = refreshing.right !== inMemory;
      cached.others.saw(haveAppended);
      if (haveAppended) turns.metOthers();
      await settleDoubts(workspaceId, cached);
      return refreshing;
    }
    const accepted = await acceptedElsewhere(workspaceId, inMemory, refreshing.left);
    if (accepted === null) return refreshing;
    takeLoaded(cached, accepted);
    await settleDoubts(workspaceId, cached);
    return E.right(accepted);
  };

  /**
   * Brings the cached keyring past an append that came first. A store may refuse before the event can be read that it
   * refuses for: until then that event is neither missing nor damaged.
   */
  const caughtUp = async (
    workspaceId: WorkspaceId,
    cached: CachedKeyring,
    winner: number,
    onFolded: OnFolded,
  ): Promise<E.Either<Fault, FoldedKeyring>> => {
    const folded = await untilReadable(async () => {
      const read = await refreshed(workspaceId, cached, onFolded);
      return E.isRight(read) && read.right.keyring.revision < winner ? E.right(null) : read;
    });
    if (E.isLeft(folded)) return folded;
    return folded.right === null ? E.left(notReadable(workspaceId, winner)) : E.right(folded.right);
  };

  /** Behind what the vault has told of the stream. A stream that was cut off would take an append there. */
  const isBehind = (workspaceId: WorkspaceId, { keyring }: FoldedKeyring): boolean =>
    (witnesses.known(workspaceId)?.revision ?? -1) > keyring.revision;

  const staysFrozen = (workspaceId: WorkspaceId, frozen: ReadonlySet<KeyId>, { code }: Fault): void =>
    log.warn({ actor: KEYTURN_ITSELF, workspaceId, keyIds: [...frozen], fault: code }, 'rows stay frozen');

  /** Unfreezes what was frozen for a hard delete that the log does not have. */
  const thaw = async (
    workspaceId: WorkspaceId,
    cached: CachedKeyring,
    frozen: ReadonlySet<KeyId>,
  ): Promise<void> => {
    const stillThere = (keyring: Keyring | null): ReadonlyArray<KeyId> =>
      [...frozen].filter(
        (keyId) => !cached.inDoubt.has(keyId) && keyring?.keys.get(keyId)?.status !== 'hard-deleted',
      );
    if (stillThere(cached.folded?.keyring ?? null).length === 0) return;
    const head = await refreshed(workspaceId, cached);
    if (E.isRight(head)) await rows.unfreeze(workspaceId, stillThere(head.right.keyring));
    else staysFrozen(workspaceId, frozen, head.left);
  };

  /** Fails the commands that would hard-delete a key whose row could not be frozen, and returns the others. */
  const withoutDeletions = (batch: Batch, { results }: BatchDecision, fault: Fault): Batch => {
    const deletes = (_: Waiting, index: number): boolean => {
      const result = results[index];
      return result !== undefined && E.isRight(result) && hardDeletedKeys(result.right.events).length > 0;
    };
    failAll(batch.filter(deletes), fault);
    return batch.filter((waiting, index) => !deletes(waiting, index));
  };

  const run: BatchRunner = async (workspaceId, cached, all, onFolded) => {
    let batch = all;
    const frozen = new Set<KeyId>();
    let expected = -1;
    const fail = async (fault: Fault): Promise<void> => {
      if (!mayHaveBeenWritten(fault)) await thaw(workspaceId, cached, frozen);
      else if (frozen.size > 0) {
        staysFrozen(workspaceId, frozen, fault);
        for (const keyId of frozen) cached.inDoubt.set(keyId, expected);
      }
      failAll(batch, fault);
    };
    await turns.wait();
    // A keyring from memory may be behind the stream: good enough to append on (the store would say), not to refuse on.
    let atHead = cached.folded === null || cached.others.areLikely(turns);
    let caught: E.Right<FoldedKeyring> | null = null;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const loaded: E.Either<Fault, FoldedKeyring> =
        caught ??
        (cached.folded === null || atHead || isBehind(workspaceId, cached.folded)
          ? await refreshed(workspaceId, cached, onFolded)
          : E.right(cached.folded));
      if (E.isLeft(loaded)) return fail(loaded.left);
      caught = null;
      const begun = performance.now();
      const { keyring: before } = loaded.right;
      expected = before.revision;
      const decided = decider.decideAll(
        before,
        batch.map((one) => asKnownTo(before, one)),
      );
      const toAppend = NEA.fromArray([...decided.events]);
      if (O.isNone(toAppend)) {
        const head = atHead ? loaded : await refreshed(workspaceId, cached, onFolded);
        if (E.isLeft(head)) return fail(head.left);
        if (head.right.keyring !== before) {
          atHead = true;
          continue;
        }
        await thaw(workspaceId, cached, frozen);
        settleAll(batch, decided, loaded.right, null);
        return;
      }

      const deleted = hardDeletedKeys(decided.events);
      deleted.forEach((keyId) => frozen.add(keyId));
      const freezing = await rows.freeze(workspaceId, deleted);
      if (E.isLeft(freezing)) {
        batch = withoutDeletions(batch, decided, freezing.left);
        continue;
      }

      const appended = await repository.append(workspaceId, headOf(loaded.right), toAppend.value)();
      if (E.isRight(appended)) {
        turns.won(batch.length, performance.now() - begun);
        cached.folded = { keyring: decided.keyring, chain: appended.right.head.chain };
        await settleDoubts(workspaceId, cached);
        await thaw(workspaceId, cached, frozen);
        settleAll(batch, decided, loaded.right, appended.right);
        return;
      }
      if (appended.left._tag !== 'AppendConflict') {
        if (!concernsOne(appended.left) || batch.length === 1) return fail(appended.left);
        for (const one of batch) await run(workspaceId, cached, [one], onFolded);
        return thaw(workspaceId, cached, frozen);
      }
      const { actual } = appended.left;
      const end = actual === 'no-stream' ? -1 : actual;
      cached.others.saw(true);
      turns.lost(batch.length, attempt, performance.now() - begun);
      await turns.wait();
      const winner = await caughtUp(workspaceId, cached, end, onFolded);
      if (E.isLeft(winner)) return fail(winner.left);
      caught = winner;
      atHead = true;
    }
    return fail(contention(workspaceId));
  };
  return run;
};
