import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  fromJsonText,
  StoreFault,
  textOfPart,
  type EventData,
  type PartText,
  type SnapshotToSave,
  type StoredSnapshot,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Appending } from './appending';
import { troubleOf } from './connection';
import type { Reading } from './reading';
import { backoffMs } from './retrying';
import {
  firstOf,
  PART,
  placedMetadata,
  readNewest,
  readParts,
  SNAPSHOT,
  streamFor,
  type Newest,
} from './snapshotStream';

/** A snapshot that others keep replacing is newer each time: no need to insist. */
const ATTEMPTS = 5;
const LONGEST_WAIT_MS = 500;

const PARTS_AT_ONCE = 16;
/** Below the 1 MiB that a server takes as one append unless configured otherwise. */
const BYTES_AT_ONCE = 900_000;

/** What a stream of snapshots is let grow to, in events: parts that are of use, as many that are not, and some. */
const windowOf = (parts: number): number => 2 * parts + 64;

export interface Snapshots {
  readonly load: (stream: string) => Promise<StoredSnapshot | null>;
  readonly save: (stream: string, snapshot: SnapshotToSave) => Promise<E.Either<StoreFault, void>>;
}

interface Part {
  readonly name: string;
  readonly text: string;
}

const event = (type: string, data: string, metadata = '{}'): EventData => ({
  id: randomUUID(),
  type,
  data,
  metadata,
});

/** As many as one append takes; a text is asked for when its turn comes. */
function* batchesOf(parts: Iterable<readonly [string, PartText]>): Generator<ReadonlyArray<Part>> {
  let batch: Part[] = [];
  let bytes = 0;
  for (const [name, part] of parts) {
    const text = textOfPart(part);
    const size = Buffer.byteLength(text);
    if (batch.length === PARTS_AT_ONCE || (batch.length > 0 && bytes + size > BYTES_AT_ONCE)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push({ name, text });
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

const neverSaved = (stream: string): StoreFault =>
  new StoreFault('unavailable', `The snapshot of stream ${stream} was not saved: others kept replacing it.`);

type Places = ReadonlyMap<string, number>;

/** Where parts are that need not be written again. */
const placesThere = ({ placed, end }: Newest, { parts, anew }: SnapshotToSave): Places => {
  if (placed === null || end === 'no-stream' || anew === true) return new Map();
  const from = end - windowOf(parts.size);
  return new Map([...placed.places].filter(([name, place]) => place > from && parts.has(name)));
};

/** Where the stream may begin from now on. */
const firstNeeded = ({ placed, end }: Newest, parts: number): number =>
  placed === null ? Number(end === 'no-stream' ? 0 : end) + 1 - windowOf(parts) : firstOf(placed);

/**
 * Parts and snapshots lie in one stream: the parts that are new, then the snapshot, which says where each of its parts
 * is. What was written longer ago than a window is written again when it is named again, so that the server can be told
 * to cut off what lies before.
 */
export const makeSnapshots = ({ append }: Appending, reading: Reading): Snapshots => {
  /** Has the server keep what lies from there on. What else the stream's metadata says stays as it is. */
  const keepFrom = async (snapshots: string, first: number): Promise<E.Either<StoreFault, void>> => {
    if (first <= 0) return E.right(undefined);
    const known = await reading.newestOf(`$$${snapshots}`);
    const read = t.UnknownRecord.decode(known === null ? {} : fromJsonText(known.data));
    const fields = E.isRight(read) ? read.right : {};
    if (first <= Number(fields['$tb'] ?? 0)) return E.right(undefined);
    const metadata = event('$metadata', JSON.stringify({ ...fields, $tb: first }));
    const set = await append(`$$${snapshots}`, known?.revision ?? 'no-stream', [metadata]);
    // A conflict: another one has just seen to it.
    return E.isLeft(set) && set.left instanceof StoreFault ? E.left(set.left) : E.right(undefined);
  };

  /** Appends the parts that are nowhere yet, notes where they were written, and gives the stream's end. */
  const appendParts = async (
    snapshots: string,
    before: Newest['end'],
    { parts }: SnapshotToSave,
    places: Places,
    written: Map<string, number>,
  ): Promise<E.Either<StoreFault, Newest['end']>> => {
    let end = before;
    for (const batch of batchesOf([...parts].filter(([name]) => !places.has(name)))) {
      const appended = await append(
        snapshots,
        'any',
        batch.map(({ text }) => event(PART, text)),
      );
      if (E.isLeft(appended)) {
        return E.left(appended.left instanceof StoreFault ? appended.left : neverSaved(snapshots));
      }
      end = appended.right.revision;
      const first = end + 1 - batch.length;
      batch.forEach(({ name }, index) => written.set(name, first + index));
    }
    return E.right(end);
  };

  const load: Snapshots['load'] = async (stream) => {
    const snapshots = streamFor(stream);
    for (let before = -1; ;) {
      const { placed } = await readNewest(reading, snapshots);
      if (placed === null) return null;
      const { revision, schemaVersion, data, places, at } = placed;
      const parts = await readParts(reading, snapshots, placed);
      // One that was replaced meanwhile may have lost parts to its successor.
      if (parts.size === places.size || at === before) return { revision, schemaVersion, data, parts };
      before = at;
    }
  };

  return {
    load: async (stream) => {
      try {
        return await load(stream);
      } catch (error) {
        if (troubleOf(error).kind === 'stream-deleted') return null;
        throw error;
      }
    },
    save: async (stream, snapshot) => {
      const snapshots = streamFor(stream);
      const written = new Map<string, number>();
      let deleted = false;
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const newest = await readNewest(reading, snapshots);
        const isOutdone = (newest.placed?.revision ?? -1) > snapshot.revision;
        if (isOutdone && snapshot.anew !== true) return E.right(undefined);
        const kept = await keepFrom(snapshots, firstNeeded(newest, snapshot.parts.size));
        if (E.isLeft(kept)) return kept;
        const places = new Map([...placesThere(newest, snapshot), ...written]);
        const end = await appendParts(snapshots, newest.end, snapshot, places, written);
        if (E.isLeft(end)) return end;
        const whole = event(
          SNAPSHOT,
          snapshot.data,
          placedMetadata(snapshot, new Map([...places, ...written])),
        );
        const appended = await append(snapshots, deleted ? 'any' : end.right, [whole]);
        if (E.isRight(appended)) return E.right(undefined);
        if (appended.left instanceof StoreFault) {
          // Snapshots may be deleted at any time. Their stream then takes new ones, though not as one that never was.
          if (deleted || appended.left.code !== 'stream-deleted') return E.left(appended.left);
          deleted = true;
        }
        // The one that came first is refused for before it can be read.
        else await delay(backoffMs(attempt, LONGEST_WAIT_MS));
      }
      return E.left(neverSaved(stream));
    },
  };
};
