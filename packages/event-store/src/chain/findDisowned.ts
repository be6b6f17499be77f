import * as E from 'fp-ts/Either';
import type { RecordedEvent } from '../eventStore';
import { genesisOf, type StreamHead } from './chainValue';
import { disownedBy, DisownedDigest, DisownedRanges, rangesInForce, type DisownedRange } from './disowned';
import { followChain } from './following';
import { linkOf } from './link';

/** Gives the events of a stream from one revision to another, as far as it has them. */
export type ReadStretch<F> = (
  from: number,
  to: number,
  onEvent: (event: RecordedEvent) => void | Promise<void>,
) => Promise<E.Either<F, void>>;

const storedHead = ({ revision, metadata }: RecordedEvent): StreamHead | null => {
  const link = linkOf(metadata);
  return link === null ? null : { revision, chain: link.chain };
};

/** An event that disowns, chained to the one before its range: a seal that was copied fits nowhere else. */
interface Disowning {
  readonly range: DisownedRange;
  /** The last one before it on its chain that still waited for a good seal. */
  readonly before: Disowning | null;
  /** A good seal lies over it, and over all before it. */
  isSealed: boolean;
}

/** An event that a chain has come to. */
interface Reached {
  readonly head: StreamHead;
  /** The last event up to here that disowns, while no good seal is known to lie over it. */
  readonly waiting: Disowning | null;
}

/** What events say that they disown, by the revision of the event that says so. Nothing vouches for it yet. */
const claimedRanges = async <F>(
  read: ReadStretch<F>,
): Promise<E.Either<F, ReadonlyMap<number, DisownedRange>>> => {
  const claimed = new Map<number, DisownedRange>();
  const done = await read(0, Number.MAX_SAFE_INTEGER, (event) => {
    const range = disownedBy(event);
    if (range !== null) claimed.set(event.revision, range);
  });
  return E.map(() => claimed)(done);
};

/**
 * Those under a good seal. It lies over them or behind them on an unbroken chain, which passes over what events on it
 * disown: whichever log key sealed the first of them, the seal behind the last one vouches for all.
 */
const sealedRanges = async <F>(
  stream: string,
  read: ReadStretch<F>,
  claimed: ReadonlyMap<number, DisownedRange>,
  isGood: (event: RecordedEvent) => boolean | Promise<boolean>,
): Promise<E.Either<F, ReadonlyArray<DisownedRange>>> => {
  const reached = new Map<number, Reached | null>([[-1, { head: genesisOf(stream), waiting: null }]]);
  for (const { first } of claimed.values()) if (first > 0) reached.set(first - 1, null);
  const found: Disowning[] = [];
  let last: Reached | null = null;
  /** The last event that waits once this one is read: this one itself, or that of the event before. */
  const waitingAt = (event: RecordedEvent): Disowning | null => {
    const range = claimed.get(event.revision);
    const start = range === undefined ? null : (reached.get(range.first - 1) ?? null);
    if (range !== undefined && start !== null) {
      if (E.isRight(followChain({ revision: range.last, chain: start.head.chain }, event))) {
        const disowning = { range, before: start.waiting, isSealed: false };
        found.push(disowning);
        return disowning;
      }
    }
    if (last === null || last.waiting === null || last.waiting.isSealed) return null;
    return E.isRight(followChain(last.head, event)) ? last.waiting : null;
  };
  const done = await read(0, Number.MAX_SAFE_INTEGER, async (event) => {
    const waiting = waitingAt(event);
    if (waiting !== null && (await isGood(event))) {
      for (let one: Disowning | null = waiting; one !== null && !one.isSealed; one = one.before)
        one.isSealed = true;
    }
    const head = storedHead(event);
    last = head === null ? null : { head, waiting };
    if (reached.has(event.revision)) reached.set(event.revision, last);
  });
  return E.map(() => found.filter(({ isSealed }) => isSealed).map(({ range }) => range))(done);
};

/** Whether in a range stand the events that were disowned, or none of them any more. */
const isUnchanged = async <F>(
  read: ReadStretch<F>,
  { first, last, digest }: DisownedRange,
): Promise<E.Either<F, boolean>> => {
  const found = new DisownedDigest();
  let events = 0;
  const done = await read(first, last, (event) => {
    events += 1;
    found.add(event);
  });
  return E.map(() => events === 0 || found.toString() === digest)(done);
};

/**
 * Finds what the events of a stream disown: those that do so stand behind what they disown. One is believed when it is
 * chained to the event before its range, when a good seal lies over it or behind it on an unbroken chain, and when in
 * its range stand the events that it disowned, or none: an old one that is appended again takes nothing else out.
 *
 * @param isGood - whether the seal that an event bears is a good one for the chain value that it bears
 */
export const findDisowned = async <F>(
  stream: string,
  read: ReadStretch<F>,
  isGood: (event: RecordedEvent) => boolean | Promise<boolean>,
): Promise<E.Either<F, DisownedRanges>> => {
  const claimed = await claimedRanges(read);
  if (E.isLeft(claimed)) return claimed;
  if (claimed.right.size === 0) return E.right(new DisownedRanges());
  const sealed = await sealedRanges(stream, read, claimed.right, isGood);
  if (E.isLeft(sealed)) return sealed;
  for (let kept = sealed.right; ;) {
    const ranges = rangesInForce(kept);
    const changed = new Set<DisownedRange>();
    for (const range of ranges) {
      const unchanged = await isUnchanged(read, range);
      if (E.isLeft(unchanged)) return unchanged;
      if (!unchanged.right) changed.add(range);
    }
    if (changed.size === 0) return E.right(new DisownedRanges(ranges));
    kept = kept.filter((range) => !changed.has(range));
  }
};
