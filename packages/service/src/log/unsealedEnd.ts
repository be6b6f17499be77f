import { keyringStream, type Decider, type WorkspaceId } from '@keyturn/domain';
import {
  disownedBy,
  DisownedDigest,
  genesisOf,
  headPast,
  type EventStore,
  type RecordedEvent,
  type StreamHead,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { Fault } from '../failure';
import type { FoldedKeyring } from '../foldedKeyring';
import { makeCheckedReading } from './checkedReading';
import { isLoss } from './damage';
import { isSealedInPlace, storedHead, type SealChecking } from './sealChecking';

const PAGE = 1_000;
const SHOWN = 20;

/** An event that nobody with the vault sealed, as it stands in the store. */
export interface UnsealedEvent {
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  /** By the store's clock, milliseconds since 1970. */
  readonly recordedAt: number;
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

const shown = ({ revision, id, type, recordedAt }: RecordedEvent): UnsealedEvent => ({
  revision,
  eventId: id,
  type,
  recordedAt,
});

/**
 * Finds what nobody with the vault sealed at the end of a workspace's stream; null where that ends with a good seal.
 * Everything before that end has to be whole.
 *
 * Faults: as reading the stream up to there. To disown an end mends no damage before it.
 */
export const makeUnsealedEnd =
  (store: Pick<EventStore, 'readStream'>, seals: SealChecking, decider: Decider) =>
  async (workspaceId: WorkspaceId, known: StreamHead | null): Promise<E.Either<Fault, FoundEnd | null>> => {
    const stream = keyringStream(workspaceId);
    const reread = await seals.rereadLogKeys();
    if (E.isLeft(reread)) return reread;
    let sealed = genesisOf(stream);
    let last = -1;
    let digest = new DisownedDigest();
    let events: UnsealedEvent[] = [];
    let before: StreamHead | null = sealed;
    for (let end = false; !end;) {
      const page = await store.readStream(stream, { direction: 'forwards', from: last + 1, limit: PAGE })();
      if (E.isLeft(page)) return page;
      for (const event of page.right.events) {
        last = event.revision;
        const disowned = disownedBy(event);
        if (disowned?.first === sealed.revision + 1) before = headPast(sealed, disowned);
        const isGood = before !== null && isSealedInPlace(seals, before, event);
        before = storedHead(event);
        if (isGood && before !== null) {
          sealed = before;
          digest = new DisownedDigest();
          events = [];
        } else {
          digest.add(event);
          if (events.length < SHOWN) events.push(shown(event));
        }
      }
      end = page.right.end || page.right.events.length === 0;
    }
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
    const { head, value: keyring } = stretch.right;
    return E.right({
      end: { from: sealed.revision + 1, to: last, events },
      digest: digest.toString(),
      folded: { keyring, chain: head.chain },
      reachesKnown,
    });
  };
