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

/** What an event disowns: all from a revision on, up to the event itself. Null for an event that disowns nothing. */
export const disownedBy = ({ type, data, revision }: RecordedEvent): DisownedRange | null => {
  const parsed = type === EVENTS_DISOWNED ? fromJsonText(data) : null;
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { from, to, digest }: { readonly from?: unknown; readonly to?: unknown; readonly digest?: unknown } =
    parsed;
  if (!isRevision(from) || !isRevision(to) || typeof digest !== 'string') return null;
  return from <= to && to === revision - 1 ? { first: from, last: to, digest } : null;
};

/** The range that a revision lies in; null for none. */
export const rangeWith = (ranges: ReadonlyArray<DisownedRange>, revision: number): DisownedRange | null =>
  ranges.find(({ first, last }) => first <= revision && revision <= last) ?? null;

/** What an event is chained to that disowns all events behind a head: the head, but for its revision. */
export const headPast = ({ chain }: StreamHead, { last }: DisownedRange): StreamHead => ({
  revision: last,
  chain,
});

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
