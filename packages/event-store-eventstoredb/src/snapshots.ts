import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fromJsonText, StoreFault, type StoredSnapshot } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Appending } from './appending';
import { troubleOf } from './connection';
import type { Reading } from './reading';
import { backoffMs } from './retrying';

/** The snapshot's own text is the event's data, byte for byte. */
const Stored = t.strict({ revision: t.number, schemaVersion: t.number });

/** A snapshot that others keep replacing is newer each time: no need to insist. */
const ATTEMPTS = 5;
const LONGEST_WAIT_MS = 500;
const REMEMBERED_STREAMS = 10_000;

export interface Snapshots {
  readonly load: (stream: string) => Promise<StoredSnapshot | null>;
  readonly save: (stream: string, snapshot: StoredSnapshot) => Promise<E.Either<StoreFault, void>>;
}

const streamFor = (stream: string): string => `snapshot-${stream}`;

export const makeSnapshots = ({ append }: Appending, { newestOf }: Reading): Snapshots => {
  const bounded = new Set<string>();

  /** Has the server keep the newest snapshot alone. Once there it is left, so that an operator may keep more. */
  const keepNewest = async (snapshots: string): Promise<E.Either<StoreFault, void>> => {
    if (bounded.has(snapshots)) return E.right(undefined);
    const metadata = {
      id: randomUUID(),
      type: '$metadata',
      data: JSON.stringify({ $maxCount: 1 }),
      metadata: '{}',
    };
    const set = await append(`$$${snapshots}`, 'no-stream', [metadata]);
    if (E.isLeft(set) && set.left instanceof StoreFault) return E.left(set.left);
    if (bounded.size >= REMEMBERED_STREAMS) bounded.clear();
    bounded.add(snapshots);
    return E.right(undefined);
  };

  /** What is stored, and the revision of the event that holds it. */
  const newest = async (
    snapshots: string,
  ): Promise<{ readonly snapshot: StoredSnapshot | null; readonly at: number | 'no-stream' }> => {
    const event = await newestOf(snapshots);
    if (event === null) return { snapshot: null, at: 'no-stream' };
    const { data, metadata, revision: at } = event;
    const stored = Stored.decode(fromJsonText(metadata));
    // Only ever an aid: a damaged one is as good as none.
    return { snapshot: E.isRight(stored) ? { ...stored.right, data } : null, at };
  };

  return {
    load: async (stream) => {
      try {
        return (await newest(streamFor(stream))).snapshot;
      } catch (error) {
        if (troubleOf(error).kind === 'stream-deleted') return null;
        throw error;
      }
    },
    save: async (stream, { revision, schemaVersion, data }) => {
      const snapshots = streamFor(stream);
      const kept = await keepNewest(snapshots);
      if (E.isLeft(kept)) return kept;
      const event = {
        id: randomUUID(),
        type: 'Snapshot',
        data,
        metadata: JSON.stringify({ revision, schemaVersion }),
      };
      let deleted = false;
      for (let attempt = 1; ; attempt += 1) {
        const { snapshot, at } = await newest(snapshots);
        if (snapshot !== null && snapshot.revision > revision) return E.right(undefined);
        const appended = await append(snapshots, deleted ? 'any' : at, [event]);
        if (E.isRight(appended)) return E.right(undefined);
        if (appended.left instanceof StoreFault) {
          // Snapshots may be deleted at any time. Their stream then takes new ones, though not as one that never was.
          if (deleted || appended.left.code !== 'stream-deleted') return E.left(appended.left);
          deleted = true;
        }
        // The one that came first is refused for before it can be read.
        else await delay(backoffMs(attempt, LONGEST_WAIT_MS));
        if (attempt === ATTEMPTS) {
          return E.left(
            new StoreFault(
              'unavailable',
              `The snapshot of stream ${stream} was not saved: others kept replacing it.`,
            ),
          );
        }
      }
    },
  };
};
