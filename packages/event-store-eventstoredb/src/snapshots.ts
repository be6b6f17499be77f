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

const behind = (end: Newest['end']): number => (end === 'no-stream' ? 0 : end + 1);

/** Where the stream may begin from now on. */
const firstNeeded = ({ placed, end }: Newest, parts: number): number =>
  placed === null ? behind(end) - windowOf(parts) : firstOf(placed);

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

  /** Appends parts, wherever the stream ends, and gives their places. */
  const appendParts = async (
    snapshots: string,
    parts: Iterable<readonly [string, PartText]>,
  ): Promise<E.Either<StoreFault, Places>> => {
    const places = new Map<string, number>();
    for (const batch of batchesOf(parts)) {
      const events = batch.map(({ text }) => event(PART, text));
      const appended = await append(snapshots, 'any', events);
      if (E.isLeft(appended)) {
        return E.left(appended.left instanceof StoreFault ? appended.left : neverSaved(snapshots));
      }
      const first = appended.right.revision + 1 - batch.length;
      batch.forEach(({ name }, index) => places.set(name, first + index));
    }
    return E.right(places);
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
      let written: Places = new Map();
      let deleted = false;
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const newest = await readNewest(reading, snapshots);
        const isOutdone = (newest.placed?.revision ?? -1) > snapshot.revision;
        if (isOutdone && snapshot.anew !== true) return E.right(undefined);
        const first = firstNeeded(newest, snapshot.parts.size);
        const kept = await keepFrom(snapshots, first);
        if (E.isLeft(kept)) return kept;
        // What an earlier attempt wrote before the snapshot that came first may be cut off by now.
        const still = [...written].filter(([, place]) => place >= first);
        const there = new Map([...placesThere(newest, snapshot), ...still]);
        const missing = [...snapshot.parts].filter(([name]) => !there.has(name));
        const added = await appendParts(snapshots, missing);
        if (E.isLeft(added)) return added;
        written = new Map([...written, ...added.right]);
        const metadata = placedMetadata(snapshot, new Map([...there, ...added.right]));
        const whole = event(SNAPSHOT, snapshot.data, metadata);
        // Where another one wrote between the parts, the stream ends elsewhere: its snapshot may be the newer one.
        const end = missing.length === 0 ? newest.end : behind(newest.end) + missing.length - 1;
        const appended = await append(snapshots, deleted ? 'any' : end, [whole]);
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
