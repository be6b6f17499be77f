import { createHash } from 'node:crypto';
import type { RecordedEvent } from '../eventStore';
import { fromJsonText } from '../json';
import { chainAfter, type StreamHead } from './chainValue';

/** The type of the event that disowns those before it: they count for nothing, though they stand in the stream. */
const EVENTS_DISOWNED = 'EventsDisowned';

/** Revisions that an event disowns, both ends included. */
export interface DisownedRange {
  readonly first: number;
  readonly last: number;
  /** Of the events as they were: see {@link DisownedDigest}. */
  readonly digest: string;
}

const isRevision = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Longer than any event of ours: what is longer disowns nothing, and is held by nobody. */
const LONGEST = 8_192;
const DIGEST = /^[\w-]{43}$/;

/** What an event disowns: all from a revision on, up to the event itself. Null for an event that disowns nothing. */
export const disownedBy = ({ type, data, metadata, revision }: RecordedEvent): DisownedRange | null => {
  if (type !== EVENTS_DISOWNED || data.length + metadata.length > LONGEST) return null;
  const parsed = fromJsonText(data);
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { from, to, digest }: { readonly from?: unknown; readonly to?: unknown; readonly digest?: unknown } =
    parsed;
  if (!isRevision(from) || !isRevision(to) || typeof digest !== 'string' || !DIGEST.test(digest)) return null;
  return from <= to && to === revision - 1 ? { first: from, last: to, digest } : null;
};

/** What is disowned in a stream, as far as that is known. */
export class DisownedRanges {
  private readonly byFirst: ReadonlyMap<number, DisownedRange>;

  /** @param all - in their order: none overlaps another */
  constructor(readonly all: ReadonlyArray<DisownedRange> = []) {
    this.byFirst = new Map(all.map((range) => [range.first, range]));
  }

  /** The range that begins behind a head; null for none. */
  behind({ revision }: StreamHead): DisownedRange | null {
    return this.byFirst.get(revision + 1) ?? null;
  }

  /** The range that a revision lies in; null for none. */
  around(revision: number): DisownedRange | null {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.all[middle]?.last ?? 0) < revision) low = middle + 1;
      else high = middle;
    }
    const range = this.all[low];
    return range !== undefined && range.first <= revision ? range : null;
  }

  /** The last range before a revision; null for none. */
  lastBefore(revision: number): DisownedRange | null {
    return [...this.all].reverse().find(({ last }) => last < revision) ?? null;
  }

  /** What the next event is chained to: the head itself, or that with the revision where its disowned range ends. */
  past(head: StreamHead): StreamHead {
    const range = this.behind(head);
    return range === null ? head : { revision: range.last, chain: head.chain };
  }
}

/** Of ranges in the order of their events, those whose event lies in no later one's range. */
export const rangesInForce = (ranges: ReadonlyArray<DisownedRange>): ReadonlyArray<DisownedRange> => {
  const inForce: DisownedRange[] = [];
  let before = Number.POSITIVE_INFINITY;
  for (const range of [...ranges].reverse()) {
    if (range.last + 1 >= before) continue;
    inForce.push(range);
    before = range.first;
  }
  return inForce.reverse();
};

/**
 * What events of a stream that are vouched for disown.
 *
 * @param events - in their order; others among them don't matter
 */
export const disownedIn = (events: ReadonlyArray<RecordedEvent>): DisownedRanges =>
  new DisownedRanges(rangesInForce(events.flatMap((event) => disownedBy(event) ?? [])));

const BEGINNING = 'keyturn/disowned/1\0';

/**
 * A digest of events as they are stored, whatever they are: it says what was disowned. It begins with
 * SHA-256(`keyturn/disowned/1\0`), and goes on by the chain's own step, over all of each event's metadata.
 */
export class DisownedDigest {
  private value: Uint8Array = createHash('sha256').update(BEGINNING).digest();

  add(event: RecordedEvent): void {
    this.value = chainAfter(this.value, { ...event, rest: event.metadata });
  }

  /** 43 base64url characters. */
  toString(): string {
    return Buffer.from(this.value).toString('base64url');
  }
}
