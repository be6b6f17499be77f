import { keyringStream, type Decider, type WorkspaceId } from '@keyturn/domain';
import {
  DisownedDigest,
  eventsOf,
  followChain,
  followPast,
  genesisOf,
  linkOf,
  type EventStore,
  type RecordedEvent,
  type StreamHead,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { ServiceFault, type Fault } from '../failure';
import type { FoldedKeyring } from '../foldedKeyring';
import type { NumberedSeals } from '../verify/judge';
import { makeCheckedReading } from './checkedReading';
import { isLoss } from './damage';
import { disownedOf } from './pastDisowned';
import { bearsGoodSeal } from './sealChecking';

const SHOWN = 20;

/** An event that nobody with the vault sealed, as it stands in the store. */
export interface UnsealedEvent {
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  /** By the store's clock, milliseconds since 1970. */
  readonly recordedAt: number;
  /** It bears a seal of this deployment: it was copied from elsewhere, or the log has another past than it had. */
  readonly isCopy: boolean;
}

/** The events of a stream behind its last good seal. */
export interface UnsealedEnd {
  readonly from: number;
  readonly to: number;
  /** The first of them. */
  readonly events: ReadonlyArray<UnsealedEvent>;
  /**
   * Seals of this deployment lie over some of them in their places: an event was changed and those behind it are
   * honest, or they are of a past that a restore took away. Or another log key than this vault has may have sealed
   * them: then the vault was put back to before a renewal, or the log lacks the renewal. A backup brings honest ones
   * back; to disown them is to lose them.
   */
  readonly isHonestInPart: boolean;
}

/** The same, with what stands before it. */
export interface FoundEnd {
  readonly end: UnsealedEnd;
  readonly digest: string;
  /** The keyring up to the last good seal. */
  readonly folded: FoldedKeyring;
  /** Whether the stream has what is known of it, up to there. */
  readonly reachesKnown: boolean;
}

/** The stream as far as a revision. */
const storeUpTo = (
  store: Pick<EventStore, 'readStream'>,
  revision: number,
): Pick<EventStore, 'readStream'> => ({
  readStream: (stream, options) => async () => {
    const page = await store.readStream(stream, options)();
    if (E.isLeft(page)) return page;
    const events = page.right.events.filter((event) => event.revision <= revision);
    return E.right({ events, end: page.right.end || events.length < page.right.events.length });
  },
});

/** How far a stream is what the vault's holder made of it. */
interface SealedPart {
  /** Up to here a good seal lies over everything. */
  readonly sealed: StreamHead;
  /** Behind that: up to here it fits, under a seal of a log key that was replaced; -1 for nowhere. */
  readonly replacedTo: number;
  /**
   * The last event that bears a good seal over itself and the one before it, whatever lies before, or a seal of a newer
   * log key than is known; -1 for none.
   */
  readonly lastInPlace: number;
  /** The last event of all; -1 for none. */
  readonly last: number;
}

/** A vault that was put back to before a renewal can't check what was sealed since. */
const isOfNewerKey = (seals: NumberedSeals, { metadata }: RecordedEvent): boolean => {
  const seal = linkOf(metadata)?.seal ?? null;
  return seal !== null && seal.sealKey > seals.logKeyNumber();
};

const sealedPartOf = async (
  store: Pick<EventStore, 'readStream'>,
  seals: NumberedSeals,
  stream: string,
): Promise<E.Either<Fault, SealedPart>> => {
  const found = await disownedOf(store, seals, stream);
  if (E.isLeft(found)) return found;
  const disowned = found.right;
  let head = genesisOf(stream);
  let sealed = head;
  let before: StreamHead | null = head;
  let [replacedTo, lastInPlace, last, sealKey] = [-1, -1, -1, 0];
  let fits = true;
  const follow = (event: RecordedEvent): void => {
    const next = followPast(disowned, head, event);
    fits = E.isRight(next);
    if (E.isLeft(next)) return;
    const { seal } = next.right;
    ({ head } = next.right);
    if (seal === null) return;
    const verdict = seals.verifySeal(head.chain, seal);
    fits = seal.sealKey >= sealKey && verdict !== 'bad';
    if (!fits) return;
    if (verdict === 'good') sealed = head;
    else if (seal.sealKey < seals.logKeyNumber()) replacedTo = head.revision;
    ({ sealKey } = seal);
  };
  const followed = await eventsOf(store, stream, { from: 0 }, (event) => {
    last = event.revision;
    if (last <= (disowned.behind(head)?.last ?? -1)) return;
    if (fits) follow(event);
    const mayBeOurs = bearsGoodSeal(seals, event) || isOfNewerKey(seals, event);
    if (mayBeOurs && before !== null && E.isRight(followChain(before, event))) lastInPlace = last;
    const link = linkOf(event.metadata);
    before = link === null ? null : { revision: last, chain: link.chain };
  });
  return E.isLeft(followed) ? followed : E.right({ sealed, replacedTo, lastInPlace, last });
};

/** No store counts as far by itself. Who disowns an event here goes on behind it, and needs room for that. */
const BEYOND = 2 ** 52;

const noRoomBehind = (workspaceId: string, revision: number): ServiceFault =>
  new ServiceFault(
    'log-damaged',
    `Event ${revision} of workspace ${workspaceId} has a revision that no store gives, and leaves no room behind it: ` +
      'it can’t be disowned. Take it out of the store.',
  );

/**
 * Finds what nobody with the vault sealed at the end of a workspace's stream; null where that ends with a good seal.
 * Everything before that end has to be whole.
 *
 * Faults: as reading the stream up to there: to disown an end mends no damage before it.
 *
 * @param known - what is known of the stream's head; null for nothing, `unknown` where nobody can tell
 */
export const makeUnsealedEnd =
  (store: Pick<EventStore, 'readStream'>, seals: NumberedSeals, decider: Decider) =>
  async (
    workspaceId: WorkspaceId,
    known: StreamHead | null | 'unknown',
  ): Promise<E.Either<Fault, FoundEnd | null>> => {
    const stream = keyringStream(workspaceId);
    const found = await sealedPartOf(store, seals, stream);
    if (E.isLeft(found)) return found;
    const { sealed, replacedTo, lastInPlace, last } = found.right;
    const knownTo = known === 'unknown' ? Number.POSITIVE_INFINITY : (known?.revision ?? -1);
    const lacksRenewal = replacedTo > sealed.revision && knownTo > sealed.revision;
    const isHonestInPart = lacksRenewal || lastInPlace > sealed.revision;
    const read = makeCheckedReading(storeUpTo(store, sealed.revision), seals);
    const fold = (reach: StreamHead | null) =>
      read({
        workspaceId,
        from: { revision: -1, chain: null },
        known: reach,
        initial: decider.initialState,
        onPage: (keyring, page) => decider.replay(keyring, page),
      });
    let stretch = await fold(known === 'unknown' ? null : known);
    const reachesKnown = known !== 'unknown' && E.isRight(stretch);
    if (E.isLeft(stretch) && isLoss(stretch.left)) stretch = await fold(null);
    if (E.isLeft(stretch)) return stretch;
    if (sealed.revision === last) return E.right(null);
    const from = sealed.revision + 1;
    const digest = new DisownedDigest();
    const events: UnsealedEvent[] = [];
    let to = sealed.revision;
    const shown = await eventsOf(store, stream, { from }, (event) => {
      to = event.revision;
      digest.add(event);
      const { revision, id, type, recordedAt } = event;
      const isCopy = bearsGoodSeal(seals, event);
      if (events.length < SHOWN) events.push({ revision, eventId: id, type, recordedAt, isCopy });
    });
    if (E.isLeft(shown)) return shown;
    if (to >= BEYOND) return E.left(noRoomBehind(workspaceId, to));
    const { head, value: keyring } = stretch.right;
    return E.right({
      end: { from, to, events, isHonestInPart },
      digest: digest.toString(),
      folded: { keyring, chain: head.chain },
      reachesKnown,
    });
  };
