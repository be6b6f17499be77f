import {
  keyringStream,
  type Decider,
  type EnvelopedEvent,
  type Keyring,
  type KeyringEvent,
  type RecordedKeyringEvent,
  type WorkspaceId,
} from '@keyturn/domain';
import { type StoreFault, type DisownedRanges, type EventStore, type StreamHead } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { headOf, type FoldedKeyring } from './foldedKeyring';
import type { Fault } from './failure';
import {
  makeCheckedReading,
  type CheckedReading,
  type CheckedStretch,
  type StartOfReading,
} from './log/checkedReading';
import { isDamage, isLoss } from './log/damage';
import { readNewest } from './log/partialReading';
import { makeSealedAppend, noGuard, type LogGuard, type SealedAppend } from './log/sealedAppend';
import { openSnapshot, sealedSnapshot } from './log/sealedSnapshot';
import type { ServiceLog } from './options';
import { KEYTURN_ITSELF } from './systemCommand';

/** A folded keyring and how far its newest stored snapshot reaches (-1: there is none). */
interface LoadedKeyring extends FoldedKeyring {
  readonly snapshotRevision: number;
}

/** Told of the keyring of a snapshot, and of the keyring after each page of events. */
type OnFolded = (keyring: Keyring) => void;

/** Reads and appends the event streams of keyrings. Holds no keyring. */
export interface KeyringRepository {
  /**
   * Folds the stream: from its newest snapshot, or `whole` from its beginning, which is what nothing irreversible is
   * done without. Faults `log-damaged` and `event-store-behind`, for this workspace alone.
   */
  readonly load: (
    workspaceId: WorkspaceId,
    from?: 'snapshot' | 'whole',
    onFolded?: OnFolded,
  ) => TaskEither<Fault, LoadedKeyring>;
  /**
   * Folds the whole stream as far as the log itself goes, whatever is known of it, and tells nobody: to accept a loss.
   * Gives what of it was disowned, too.
   */
  readonly loadUnwitnessed: (
    workspaceId: WorkspaceId,
  ) => TaskEither<Fault, FoldedKeyring & { readonly disowned: DisownedRanges }>;
  /** The head at the newest snapshot whose seal is good; null where there is none. */
  readonly snapshotHead: (workspaceId: WorkspaceId) => TaskEither<Fault, StreamHead | null>;
  /** Folds what was appended since; the very same object when nothing was. Faults as `load`. */
  readonly refresh: (
    workspaceId: WorkspaceId,
    folded: FoldedKeyring,
    onFolded?: OnFolded,
  ) => TaskEither<Fault, FoldedKeyring>;
  readonly append: SealedAppend;
  /** The events from one revision to another, both included, as far as the stream has them. Faults as `load`. */
  readonly between: (
    workspaceId: WorkspaceId,
    first: number,
    last: number,
  ) => TaskEither<Fault, ReadonlyArray<EnvelopedEvent>>;
  /** Whether the stream is whole, and has an event with this chain value at its revision that nobody disowned. */
  readonly reaches: (workspaceId: WorkspaceId, head: StreamHead) => TaskEither<Fault, boolean>;
  /** `anew`: nothing of a stored one is relied on. */
  readonly saveSnapshot: (
    workspaceId: WorkspaceId,
    folded: FoldedKeyring,
    anew: boolean,
  ) => TaskEither<Fault, void>;
  /** The event store's own clock, milliseconds since 1970. */
  readonly storeTime: TaskEither<StoreFault, number>;
  /**
   * What every event of the stream behind an event comes to, page by page, with the store's recording time. The event
   * itself is read again and compared. `onPage` changes nothing else. Faults as `load`.
   */
  readonly foldPages: <A>(
    workspaceId: WorkspaceId,
    from: StartOfReading,
    initial: A,
    onPage: (value: A, events: ReadonlyArray<RecordedKeyringEvent>) => A,
  ) => TaskEither<Fault, A>;
  /** The newest event up to a revision that a test picks, as the test gives it; null when there is none. */
  readonly newest: <A>(
    workspaceId: WorkspaceId,
    upToRevision: number,
    pick: (event: KeyringEvent) => A | null,
  ) => TaskEither<Fault, A | null>;
}

/** What a repository stands on. */
export interface RepositoryParts {
  readonly store: EventStore;
  readonly decider: Decider;
  /** Null where no vault is open: the chain alone is followed, and nothing can be appended. */
  readonly guard: LogGuard | null;
  readonly log: ServiceLog;
}

const BEGINNING = { revision: -1, chain: null };

export const makeKeyringRepository = ({ store, decider, guard, log }: RepositoryParts): KeyringRepository => {
  const read = makeCheckedReading(store, guard?.seals ?? null);
  const known = (workspaceId: WorkspaceId): StreamHead | null => guard?.witnesses.known(workspaceId) ?? null;

  /**
   * Reads by what is known. Where something was passed over, what the vault knows may be lost with it, and this process
   * may know less than the vault: so it is asked, before anybody goes on.
   */
  const readKnowing = async <A>(
    reading: Omit<CheckedReading<A>, 'known'>,
  ): Promise<E.Either<Fault, CheckedStretch<A>>> => {
    const { workspaceId } = reading;
    const stretch = await read({ ...reading, known: known(workspaceId) });
    if (guard === null || E.isLeft(stretch) || stretch.right.disowned.all.length === 0) return stretch;
    const asked = await guard.witnesses.asked(workspaceId);
    return E.isLeft(asked) ? asked : read({ ...reading, known: asked.right });
  };

  const foldingOn = (
    workspaceId: WorkspaceId,
    folded: FoldedKeyring | null,
    onFolded: OnFolded = () => undefined,
  ) => {
    const initial = folded?.keyring ?? decider.initialState;
    return {
      workspaceId,
      from: { revision: initial.revision, chain: folded?.chain ?? null },
      initial,
      onPage: (keyring: Keyring, events: ReadonlyArray<RecordedKeyringEvent>) => {
        if (events.length === 0) return keyring;
        const next = decider.replay(keyring, events);
        onFolded(next);
        return next;
      },
    };
  };

  const foldOn = async (
    workspaceId: WorkspaceId,
    folded: FoldedKeyring | null,
    onFolded?: OnFolded,
  ): Promise<E.Either<Fault, FoldedKeyring>> => {
    const stretch = await readKnowing(foldingOn(workspaceId, folded, onFolded));
    if (E.isLeft(stretch)) return stretch;
    const { head, value: keyring } = stretch.right;
    if (head.revision >= 0) guard?.witnesses.moved(workspaceId, head);
    return E.right(folded !== null && keyring === folded.keyring ? folded : { keyring, chain: head.chain });
  };

  const refresh: KeyringRepository['refresh'] = (workspaceId, folded, onFolded) => () =>
    foldOn(workspaceId, folded.keyring.revision < 0 ? null : folded, onFolded);

  /** A snapshot is only an aid: one that is of no use gives way to the events themselves. */
  const snapshotOf = async (workspaceId: WorkspaceId): Promise<E.Either<Fault, FoldedKeyring | null>> => {
    if (guard === null) return E.right(null);
    const stored = await store.loadSnapshot(keyringStream(workspaceId))();
    if (E.isLeft(stored) || stored.right === null) return E.map(() => null)(stored);
    const snapshot = await openSnapshot(guard.seals, workspaceId, stored.right);
    if (E.isLeft(snapshot)) return snapshot;
    if (typeof snapshot.right === 'object') return E.right(snapshot.right);
    const { revision } = stored.right;
    if (snapshot.right === 'forged') {
      log.warn({ actor: KEYTURN_ITSELF, workspaceId, revision }, 'snapshot ignored: its seal does not fit');
    }
    if (snapshot.right === 'damaged') {
      log.warn(
        { actor: KEYTURN_ITSELF, workspaceId, revision },
        'snapshot ignored: its parts are not those that were sealed',
      );
    }
    return E.right(null);
  };

  const load: KeyringRepository['load'] =
    (workspaceId, from = 'snapshot', onFolded = () => undefined) =>
    async () => {
      // Before the stream is read: what the vault knows then, the stream has to have.
      const witness = (await guard?.witnesses.asked(workspaceId)) ?? E.right(null);
      if (E.isLeft(witness)) return witness;
      const snapshot = from === 'whole' ? E.right(null) : await snapshotOf(workspaceId);
      if (E.isLeft(snapshot)) return snapshot;
      if (snapshot.right !== null) {
        onFolded(snapshot.right.keyring);
        const folded = await foldOn(workspaceId, snapshot.right, onFolded);
        const snapshotRevision = snapshot.right.keyring.revision;
        if (E.isRight(folded)) return E.right({ ...folded.right, snapshotRevision });
        if (!isLoss(folded.left)) return folded;
        const whole = await foldOn(workspaceId, null, onFolded);
        // A snapshot beyond the stream's end tells that the end is lost, unless that loss was accepted since.
        const isAccepted =
          E.isRight(whole) && whole.right.keyring.lastRestore !== snapshot.right.keyring.lastRestore;
        if (!isDamage(folded.left) && !isAccepted) return folded;
        log.warn(
          { actor: KEYTURN_ITSELF, workspaceId, revision: snapshotRevision },
          'snapshot ignored: it does not fit the stream',
        );
        return E.isLeft(whole) ? whole : E.right({ ...whole.right, snapshotRevision: -1 });
      }
      const folded = await foldOn(workspaceId, null, onFolded);
      return E.isLeft(folded) ? folded : E.right({ ...folded.right, snapshotRevision: -1 });
    };

  const loadUnwitnessed: KeyringRepository['loadUnwitnessed'] = (workspaceId) => async () => {
    const stretch = await read(foldingOn(workspaceId, null));
    return E.map(({ value, head, disowned }: CheckedStretch<Keyring>) => ({
      keyring: value,
      chain: head.chain,
      disowned,
    }))(stretch);
  };

  const saveSnapshot: KeyringRepository['saveSnapshot'] = (workspaceId, folded, anew) => async () => {
    if (guard === null) return E.left(noGuard());
    const snapshot = await sealedSnapshot(guard.seals, workspaceId, folded);
    return store.saveSnapshot(keyringStream(workspaceId), { ...snapshot, anew })();
  };

  const foldPages: KeyringRepository['foldPages'] = (workspaceId, from, initial, onPage) => async () => {
    const stretch = await readKnowing({ workspaceId, from, initial, onPage });
    return E.map(({ value }: CheckedStretch<typeof initial>) => value)(stretch);
  };

  /** The whole stream behind them is read, too: the seal at its end vouches for what lies in between. */
  const between: KeyringRepository['between'] = (workspaceId, first, last) => {
    const wanted = last - first + 1;
    return foldPages<ReadonlyArray<RecordedKeyringEvent>>(
      workspaceId,
      { revision: first - 1, chain: null },
      [],
      (events, page) =>
        events.length < wanted ? [...events, ...page.slice(0, wanted - events.length)] : events,
    );
  };

  const reaches: KeyringRepository['reaches'] = (workspaceId, head) => async () => {
    const stretch = await read({
      workspaceId,
      from: BEGINNING,
      known: head,
      initial: null,
      onPage: () => null,
    });
    if (E.isRight(stretch)) return E.right(true);
    return isLoss(stretch.left) ? E.right(false) : stretch;
  };

  return {
    load,
    loadUnwitnessed,
    snapshotHead: (workspaceId) => async () =>
      E.map((kept: FoldedKeyring | null) => (kept === null ? null : headOf(kept)))(
        await snapshotOf(workspaceId),
      ),
    reaches,
    refresh,
    append: makeSealedAppend(store, guard),
    saveSnapshot,
    foldPages,
    between,
    newest: readNewest(store),
    storeTime: store.clock,
  };
};
