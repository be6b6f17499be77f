import { fromJsonText, type RecordedEvent } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Reading } from './reading';

const Whole = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= 0, 'Whole');

/** The snapshot's own text is the event's data, byte for byte. Its parts lie in the same stream, each at a revision. */
const Stored = t.strict({
  revision: Whole,
  schemaVersion: Whole,
  parts: t.readonlyArray(t.tuple([t.string, Whole])),
});
type Stored = t.TypeOf<typeof Stored>;

export const SNAPSHOT = 'Snapshot';
export const PART = 'SnapshotPart';

/** Events that are looked at together. Behind the newest snapshot there is at most what was begun and not finished. */
const LOOKED_AT = 32;

/** A snapshot in its stream. */
export interface Placed {
  readonly revision: number;
  readonly schemaVersion: number;
  readonly data: string;
  /** Revisions of its parts, by name. */
  readonly places: ReadonlyMap<string, number>;
  /** Revision of its own event. */
  readonly at: number;
}

/** Where the stream of a stream's snapshots ends, and the newest of them that is whole. */
export interface Newest {
  readonly placed: Placed | null;
  readonly end: number | 'no-stream';
}

export const streamFor = (stream: string): string => `snapshot-${stream}`;

export const placedMetadata = (
  { revision, schemaVersion }: Omit<Stored, 'parts'>,
  places: ReadonlyMap<string, number>,
): string => JSON.stringify({ revision, schemaVersion, parts: [...places] } satisfies Stored);

/** Only ever an aid: a damaged one is as good as none. */
const placedIn = ({ data, metadata, revision: at }: RecordedEvent): Placed | null => {
  const stored = Stored.decode(fromJsonText(metadata));
  if (E.isLeft(stored)) return null;
  const { revision, schemaVersion, parts } = stored.right;
  return { revision, schemaVersion, data, places: new Map(parts), at };
};

/** Revision of the first event that it needs. */
export const firstOf = ({ places, at }: Placed): number =>
  [...places.values()].reduce((first, place) => Math.min(first, place), at);

export const readNewest = async (
  { eventsOf }: Pick<Reading, 'eventsOf'>,
  stream: string,
): Promise<Newest> => {
  let end: number | 'no-stream' = 'no-stream';
  for (let from: number | undefined, count = 1; ; count = LOOKED_AT) {
    const events = await eventsOf({
      stream,
      backwards: true,
      count,
      ...(from === undefined ? {} : { from }),
    });
    if (end === 'no-stream') end = events[0]?.revision ?? end;
    const snapshot = events.find(({ type }) => type === SNAPSHOT);
    if (snapshot !== undefined) return { placed: placedIn(snapshot), end };
    from = (events.at(-1)?.revision ?? 0) - 1;
    if (from < 0) return { placed: null, end };
  }
};

/** The parts of a snapshot, as far as they are there. */
export const readParts = async (
  { eventsOf }: Pick<Reading, 'eventsOf'>,
  stream: string,
  placed: Placed,
): Promise<ReadonlyMap<string, string>> => {
  const from = firstOf(placed);
  const parts = new Map<string, string>();
  if (from === placed.at) return parts;
  const events = await eventsOf({ stream, backwards: false, from, count: placed.at - from });
  const texts = new Map(events.map(({ revision, data }) => [revision, data]));
  for (const [name, place] of placed.places) {
    const text = texts.get(place);
    if (text !== undefined) parts.set(name, text);
  }
  return parts;
};
