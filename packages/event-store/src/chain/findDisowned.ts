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

/** What is under a good seal: by the revision of the event that disowns it. */
const sealedRanges = async <F>(
  read: ReadStretch<F>,
  isGood: (event: RecordedEvent) => boolean | Promise<boolean>,
): Promise<E.Either<F, ReadonlyMap<number, DisownedRange>>> => {
  const sealed = new Map<number, DisownedRange>();
  let before: StreamHead | null = null;
  /** On the unbroken chain up to here: a seal behind them vouches for them, whichever log key sealed them. */
  let waiting: Array<readonly [number, DisownedRange]> = [];
  const done = await read(0, Number.MAX_SAFE_INTEGER, async (event) => {
    if (waiting.length > 0 && (before === null || E.isLeft(followChain(before, event)))) waiting = [];
    const range = disownedBy(event);
    if (range !== null) waiting.push([event.revision, range]);
    if (waiting.length > 0 && (await isGood(event))) {
      for (const [revision, one] of waiting) sealed.set(revision, one);
      waiting = [];
    }
    before = storedHead(event);
  });
  return E.map(() => sealed)(done);
};

/** Those of which the event is chained to what stands before its range: a seal that was copied fits nowhere else. */
const fitting = async <F>(
  stream: string,
  read: ReadStretch<F>,
  sealed: ReadonlyMap<number, DisownedRange>,
): Promise<E.Either<F, ReadonlyArray<DisownedRange>>> => {
  const heads = new Map<number, StreamHead | null>([[-1, genesisOf(stream)]]);
  for (const { first } of sealed.values()) if (first > 0) heads.set(first - 1, null);
  const fit: DisownedRange[] = [];
  const done = await read(0, Number.MAX_SAFE_INTEGER, (event) => {
    if (heads.has(event.revision)) heads.set(event.revision, storedHead(event));
    const range = sealed.get(event.revision);
    const head = range === undefined ? null : heads.get(range.first - 1);
    if (range === undefined || head === null || head === undefined) return;
    if (E.isRight(followChain({ revision: range.last, chain: head.chain }, event))) fit.push(range);
  });
  return E.map(() => fit)(done);
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
  const sealed = await sealedRanges(read, isGood);
  if (E.isLeft(sealed)) return sealed;
  if (sealed.right.size === 0) return E.right(new DisownedRanges());
  const fit = await fitting(stream, read, sealed.right);
  if (E.isLeft(fit)) return fit;
  for (let kept = fit.right; ;) {
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
