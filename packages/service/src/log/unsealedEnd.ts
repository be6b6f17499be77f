import { keyringStream, type Decider, type WorkspaceId } from '@keyturn/domain';
import {
  DisownedDigest,
  DisownedSearch,
  followChain,
  followPast,
  genesisOf,
  linkOf,
  type EventStore,
  type StreamHead,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { ServiceFault, type Fault } from '../failure';
import type { FoldedKeyring } from '../foldedKeyring';
import type { NumberedSeals } from '../verify/judge';
import { makeCheckedReading } from './checkedReading';
import { isLoss, logDamaged } from './damage';
import { bearsGoodSeal } from './sealChecking';
import { eventsOf } from './streamPages';

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
  /** The last event that bears a good seal over itself and the one before it, whatever lies before; -1 for none. */
  readonly lastInPlace: number;
  /** The last event of all; -1 for none. */
  readonly last: number;
}

const sealedPartOf = async (
  store: Pick<EventStore, 'readStream'>,
  seals: NumberedSeals,
  stream: string,
): Promise<E.Either<Fault, SealedPart>> => {
  const reread = await seals.rereadLogKeys();
  if (E.isLeft(reread)) return reread;
  const search = new DisownedSearch();
  let before: StreamHead | null = genesisOf(stream);
  let [last, lastInPlace] = [-1, -1];
  const searched = await eventsOf(store, stream, 0, (event) => {
    const isGood = bearsGoodSeal(seals, event);
    search.take(event, isGood);
    last = event.revision;
    if (isGood && before !== null && E.isRight(followChain(before, event))) lastInPlace = last;
    const link = linkOf(event.metadata);
    before = link === null ? null : { revision: last, chain: link.chain };
  });
  if (E.isLeft(searched)) return searched;
  const disowned = search.found();
  let head = genesisOf(stream);
  let sealed = head;
  let [replacedTo, sealKey] = [-1, 0];
  let fits = true;
  const followed = await eventsOf(store, stream, 0, (event) => {
    if (!fits || event.revision <= (disowned.behind(head)?.last ?? -1)) return;
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
  });
  return E.isLeft(followed) ? followed : E.right({ sealed, replacedTo, lastInPlace, last });
};

const lostRenewal = (workspaceId: string, revision: number): ServiceFault =>
  new ServiceFault(
    'log-damaged',
    `The log of workspace ${workspaceId} ends at revision ${revision}, sealed by a log key that was replaced since: ` +
      'newer events are missing. Restore them from a backup; nothing of it can be disowned.',
  );

/**
 * Finds what nobody with the vault sealed at the end of a workspace's stream; null where that ends with a good seal.
 * Everything before that end has to be whole.
 *
 * Faults: as reading the stream up to there: to disown an end mends no damage before it. `log-damaged`, too, where a
 * good seal in its place lies behind the damage, and the vault knows of more than lies before it.
 */
export const makeUnsealedEnd =
  (store: Pick<EventStore, 'readStream'>, seals: NumberedSeals, decider: Decider) =>
  async (workspaceId: WorkspaceId, known: StreamHead | null): Promise<E.Either<Fault, FoundEnd | null>> => {
    const stream = keyringStream(workspaceId);
    const found = await sealedPartOf(store, seals, stream);
    if (E.isLeft(found)) return found;
    const { sealed, replacedTo, lastInPlace, last } = found.right;
    if (replacedTo > sealed.revision) return E.left(lostRenewal(workspaceId, replacedTo));
    const read = makeCheckedReading(storeUpTo(store, sealed.revision), seals);
    const fold = (reach: StreamHead | null) =>
      read({
        workspaceId,
        from: { revision: -1, chain: null },
        known: reach,
        initial: decider.initialState,
        onPage: (keyring, page) => decider.replay(keyring, page),
      });
    let stretch = await fold(known);
    const reachesKnown = E.isRight(stretch);
    if (E.isLeft(stretch) && isLoss(stretch.left)) stretch = await fold(null);
    if (E.isLeft(stretch)) return stretch;
    if (sealed.revision === last) return E.right(null);
    const from = sealed.revision + 1;
    if (lastInPlace > sealed.revision && !reachesKnown) {
      return E.left(logDamaged(workspaceId, { stream, revision: from, differs: 'chain' }));
    }
    const digest = new DisownedDigest();
    const events: UnsealedEvent[] = [];
    let to = sealed.revision;
    const shown = await eventsOf(store, stream, from, (event) => {
      to = event.revision;
      digest.add(event);
      const { revision, id, type, recordedAt } = event;
      const isCopy = bearsGoodSeal(seals, event);
      if (events.length < SHOWN) events.push({ revision, eventId: id, type, recordedAt, isCopy });
    });
    if (E.isLeft(shown)) return shown;
    const { head, value: keyring } = stretch.right;
    return E.right({
      end: { from, to, events },
      digest: digest.toString(),
      folded: { keyring, chain: head.chain },
      reachesKnown,
    });
  };
