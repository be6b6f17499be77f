import { randomUUID } from 'node:crypto';
import * as E from 'fp-ts/Either';
import type { EventLog, Placed } from './eventLog';
import type { LogView } from './logView';
import { isShown } from './readingStreams';
import { METADATA_TYPE, STREAM_DELETED_TYPE, TOMBSTONE, type LogRecord, type ProposedEvent } from './record';
import { isMetastream, jsonFields, metadataOf, metastreamOf, originalOf } from './streamMetadata';

/** Where a writer believes the stream ends. */
export type Expected = 'any' | 'no-stream' | 'stream-exists' | bigint;

export interface Written {
  /** Of the last event of the stream that this write is about; null for none. */
  readonly revision: bigint | null;
  /** Null where it was written before, and readers are not shown it. */
  readonly position: bigint | null;
}

export type WriteRefusal =
  /** `current` is the revision of the stream's last event, null for none. */
  | { readonly kind: 'wrong-expected-version'; readonly current: bigint | null }
  | { readonly kind: 'stream-deleted' }
  /** Repeats what is not indexed yet: the real server drops it without a word, until the sender's time is up. */
  | { readonly kind: 'unanswered' };

type Checked = E.Either<WriteRefusal, 'write' | Written>;

const lastRevision = (view: LogView, stream: string): bigint => view.stream(stream)?.last ?? -1n;

/**
 * A stream that a tombstone ended, or the metastream of one. The writer goes by what it wrote itself, so that it still
 * writes to a metastream that was begun before the tombstone (`GetStreamLastEventNumber` in IndexWriter.cs).
 */
const isEnded = (view: LogView, stream: string): boolean =>
  view.stream(stream)?.tombstone !== undefined ||
  (isMetastream(stream) &&
    lastRevision(view, stream) < 0n &&
    view.stream(originalOf(stream))?.tombstone !== undefined);

const isDeleted = (view: LogView, stream: string): boolean =>
  metadataOf(view, stream).truncateBefore === TOMBSTONE;

const wrong = (last: bigint): Checked =>
  E.left({ kind: 'wrong-expected-version', current: last < 0n ? null : last });

const writtenBefore = (log: EventLog, { stream, revision, position }: LogRecord): Checked => {
  if (position >= log.end()) return E.left({ kind: 'unanswered' });
  return E.right({ revision, position: isShown(log, stream, revision) ? position : null });
};

/** Where no revision is expected, a repetition is known by the ids alone. */
const checkAnywhere = (
  log: EventLog,
  stream: string,
  expected: 'any' | 'stream-exists',
  ids: ReadonlyArray<string>,
): Checked => {
  const { written, recentIds } = log;
  const last = lastRevision(written, stream);
  if (expected === 'stream-exists') {
    if (isDeleted(written, stream)) return E.left({ kind: 'stream-deleted' });
    if (last < 0n && lastRevision(written, metastreamOf(stream)) < 0n) return wrong(last);
  }
  const found = ids.map((id) => recentIds.find(id, stream));
  const lastFound = found.at(-1);
  if (found[0] === undefined) return E.right('write');
  return lastFound === undefined || found.includes(undefined) ? wrong(last) : writtenBefore(log, lastFound);
};

/** Where a revision is expected, a repetition is what stands in the places that it was to be written to. */
const checkAfter = (
  log: EventLog,
  stream: string,
  expected: 'no-stream' | bigint,
  ids: ReadonlyArray<string>,
): Checked => {
  const { written, recentIds } = log;
  const last = lastRevision(written, stream);
  const before = expected === 'no-stream' ? -1n : expected;
  if (before === last) return E.right('write');
  if (before > last) return wrong(last);
  const there = ids.map((id, index) => {
    const revision = before + 1n + BigInt(index);
    const recent = recentIds.find(id, stream);
    const record = recent?.revision === revision ? recent : written.stream(stream)?.at(revision);
    return record?.id === id ? record : undefined;
  });
  const lastThere = there.at(-1);
  if (lastThere !== undefined && !there.includes(undefined)) return writtenBefore(log, lastThere);
  const isNew = ids.length > 0 && there[0] === undefined;
  return expected === 'no-stream' && isNew && isDeleted(written, stream) ? E.right('write') : wrong(last);
};

/** What the real server decides before it writes, by what was written, whether or not readers see it yet. */
const check = (log: EventLog, stream: string, expected: Expected, ids: ReadonlyArray<string>): Checked => {
  if (isEnded(log.written, stream)) return E.left({ kind: 'stream-deleted' });
  return expected === 'any' || expected === 'stream-exists'
    ? checkAnywhere(log, stream, expected, ids)
    : checkAfter(log, stream, expected, ids);
};

const metadataEvent = (json: string): ProposedEvent => ({
  id: randomUUID(),
  type: METADATA_TYPE,
  isJson: true,
  data: Buffer.from(json),
  metadata: new Uint8Array(),
});

/** The metadata that brings a deleted stream back, from the given revision on: what it was, but for `$tb`. */
const undeletion = (metastream: string, revision: bigint, raw: Uint8Array, from: bigint): Placed => ({
  stream: metastream,
  revision,
  event: metadataEvent(JSON.stringify(Object.fromEntries(new Map(jsonFields(raw)).set('$tb', Number(from))))),
});

/** Writing to a deleted stream, or writing its metadata, brings it back. */
const undeletions = (
  { written }: EventLog,
  stream: string,
  placed: ReadonlyArray<Placed>,
): ReadonlyArray<Placed> => {
  const last = placed.at(-1);
  if (last === undefined) return [];
  if (isMetastream(stream)) {
    const original = originalOf(stream);
    if (!isDeleted(written, original)) return [];
    return [undeletion(stream, last.revision + 1n, last.event.data, lastRevision(written, original) + 1n)];
  }
  const metastream = metastreamOf(stream);
  const raw = written.stream(metastream)?.records.at(-1);
  if (raw === undefined || !isDeleted(written, stream)) return [];
  return [undeletion(metastream, raw.revision + 1n, raw.data, lastRevision(written, stream) + 1n)];
};

/** Appends all of the events or none, or finds that just they were appended before. */
export const append = (
  log: EventLog,
  stream: string,
  expected: Expected,
  events: ReadonlyArray<ProposedEvent>,
): E.Either<WriteRefusal, Written> => {
  const checked = check(
    log,
    stream,
    expected,
    events.map(({ id }) => id),
  );
  if (E.isLeft(checked)) return checked;
  if (checked.right !== 'write') return E.right(checked.right);
  const last = lastRevision(log.written, stream);
  if (events.length === 0)
    return E.right({ revision: last < 0n ? null : last, position: log.commitEmpty(stream) });
  const placed = events.map((event, index) => ({ stream, revision: last + 1n + BigInt(index), event }));
  const committed = log.commit([...placed, ...undeletions(log, stream, placed)]);
  const newest = committed[placed.length - 1];
  return E.right({ revision: newest?.revision ?? null, position: newest?.position ?? null });
};

/** Hides all events of a stream; a later append brings it back, with revisions that go on. */
export const deleteStream = (
  log: EventLog,
  stream: string,
  expected: Expected,
): E.Either<WriteRefusal, bigint> => {
  const checked = check(log, stream, expected, [randomUUID()]);
  if (E.isLeft(checked)) return checked;
  const metastream = metastreamOf(stream);
  if (lastRevision(log.written, stream) < 0n && lastRevision(log.written, metastream) < 0n) {
    return E.left({ kind: 'wrong-expected-version', current: null });
  }
  const [written] = log.commit([
    {
      stream: metastream,
      revision: lastRevision(log.written, metastream) + 1n,
      event: metadataEvent(`{"$tb":${TOMBSTONE.toString()}}`),
    },
  ]);
  return E.right(written?.position ?? log.written.end());
};

/** Ends a stream for ever: it can be neither read nor written again. */
export const tombstoneStream = (
  log: EventLog,
  stream: string,
  expected: Expected,
): E.Either<WriteRefusal, bigint> => {
  const id = randomUUID();
  const checked = check(log, stream, expected, [id]);
  if (E.isLeft(checked)) return checked;
  const empty = new Uint8Array();
  const [written] = log.commit([
    {
      stream,
      revision: TOMBSTONE,
      event: { id, type: STREAM_DELETED_TYPE, isJson: false, data: empty, metadata: empty },
    },
  ]);
  return E.right(written?.position ?? log.written.end());
};
