import { randomUUID } from 'node:crypto';
import * as E from 'fp-ts/Either';
import type { EventLog, Placed } from './eventLog';
import { METADATA_TYPE, STREAM_DELETED_TYPE, TOMBSTONE, type LogRecord, type ProposedEvent } from './record';
import { isMetastream, jsonFields, metadataOf, metastreamOf, originalOf } from './streamMetadata';

/** Where a writer believes the stream ends. */
export type Expected = 'any' | 'no-stream' | 'stream-exists' | bigint;

export interface Written {
  /** Of the last event written; null when nothing was. */
  readonly revision: bigint | null;
  readonly position: bigint | null;
}

export type WriteRefusal =
  /** `current` is the revision of the stream's last event, null for none. */
  | { readonly kind: 'wrong-expected-version'; readonly current: bigint | null }
  | { readonly kind: 'stream-deleted' };

type Checked = E.Either<WriteRefusal, 'write' | Written>;

const recordsOf = (log: EventLog, stream: string): ReadonlyArray<LogRecord> =>
  log.stream(stream)?.records ?? [];

/** A stream that a tombstone ended, or the metastream of one. */
export const isTombstoned = (log: EventLog, stream: string): boolean =>
  log.stream(stream)?.tombstoned === true ||
  (isMetastream(stream) && log.stream(originalOf(stream))?.tombstoned === true);

const isDeleted = (log: EventLog, stream: string): boolean =>
  metadataOf(log, stream).truncateBefore === TOMBSTONE;

const lastRevision = (log: EventLog, stream: string): bigint => BigInt(recordsOf(log, stream).length) - 1n;

const alreadyWritten = (record: LogRecord): Checked =>
  E.right({ revision: record.revision, position: record.position });

/**
 * What the real server decides before it writes. Events that are already where they were to be written are answered as
 * written; with a revision expected, their places are compared, else their ids alone.
 */
const check = (log: EventLog, stream: string, expected: Expected, ids: ReadonlyArray<string>): Checked => {
  const last = lastRevision(log, stream);
  const wrong: Checked = E.left({
    kind: 'wrong-expected-version',
    current: last < 0n ? null : last,
  });
  if (isTombstoned(log, stream)) return E.left({ kind: 'stream-deleted' });

  if (expected === 'any' || expected === 'stream-exists') {
    if (expected === 'stream-exists') {
      if (isDeleted(log, stream)) return E.left({ kind: 'stream-deleted' });
      if (last < 0n && lastRevision(log, metastreamOf(stream)) < 0n) return wrong;
    }
    const found = ids.map((id) => log.stream(stream)?.byId.get(id));
    const lastFound = found.at(-1);
    if (found[0] === undefined) return E.right('write');
    return lastFound === undefined || found.includes(undefined) ? wrong : alreadyWritten(lastFound);
  }

  const expectedLast = expected === 'no-stream' ? -1n : expected;
  if (expectedLast === last) return E.right('write');
  if (expectedLast > last) return wrong;
  const there = ids.map((id, index) => {
    const record = recordsOf(log, stream)[Number(expectedLast) + 1 + index];
    return record?.id === id ? record : undefined;
  });
  const lastThere = there.at(-1);
  if (lastThere !== undefined && !there.includes(undefined)) return alreadyWritten(lastThere);
  return expected === 'no-stream' && isDeleted(log, stream) && there[0] === undefined
    ? E.right('write')
    : wrong;
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
const undeletions = (log: EventLog, stream: string, placed: ReadonlyArray<Placed>): ReadonlyArray<Placed> => {
  const last = placed.at(-1);
  if (last === undefined) return [];
  if (isMetastream(stream)) {
    const original = originalOf(stream);
    if (!isDeleted(log, original)) return [];
    return [undeletion(stream, last.revision + 1n, last.event.data, lastRevision(log, original) + 1n)];
  }
  const metastream = metastreamOf(stream);
  const raw = recordsOf(log, metastream).at(-1);
  if (raw === undefined || !isDeleted(log, stream)) return [];
  return [undeletion(metastream, raw.revision + 1n, raw.data, lastRevision(log, stream) + 1n)];
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
  const first = lastRevision(log, stream) + 1n;
  const placed = events.map((event, index) => ({ stream, revision: first + BigInt(index), event }));
  const committed = log.commit([...placed, ...undeletions(log, stream, placed)]);
  const last = committed[placed.length - 1];
  return E.right({
    revision: last?.revision ?? (first > 0n ? first - 1n : null),
    position: last?.position ?? null,
  });
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
  if (recordsOf(log, stream).length === 0 && recordsOf(log, metastream).length === 0) {
    return E.left({ kind: 'wrong-expected-version', current: null });
  }
  const [written] = log.commit([
    {
      stream: metastream,
      revision: lastRevision(log, metastream) + 1n,
      event: metadataEvent(`{"$tb":${TOMBSTONE.toString()}}`),
    },
  ]);
  return E.right(written?.position ?? log.end());
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
  return E.right(written?.position ?? log.end());
};
