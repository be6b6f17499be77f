import type { Journal } from './journal';
import { TOMBSTONE, type LogRecord, type ProposedEvent } from './record';

/** What the log knows of one stream. */
interface StreamIndex {
  /** In the order of their revisions, which are their indexes. */
  readonly records: ReadonlyArray<LogRecord>;
  /** The newest record of each event id. */
  readonly byId: ReadonlyMap<string, LogRecord>;
  /** Ended for ever by a tombstone. */
  readonly tombstoned: boolean;
}

export interface Placed {
  readonly stream: string;
  readonly revision: bigint;
  readonly event: ProposedEvent;
}

/** The events of all streams in one order, appended to and never changed: nothing is ever scavenged. */
export interface EventLog {
  readonly records: ReadonlyArray<LogRecord>;
  readonly stream: (name: string) => StreamIndex | undefined;
  /** Where the next event will begin. */
  readonly end: () => bigint;
  /** Appends all of these or none. */
  readonly commit: (events: ReadonlyArray<Placed>) => ReadonlyArray<LogRecord>;
  /** Calls back after each commit, until the function that it returns is called. */
  readonly onCommit: (listener: () => void) => () => void;
  readonly close: () => void;
}

interface GrowingStream extends StreamIndex {
  readonly records: LogRecord[];
  readonly byId: Map<string, LogRecord>;
  tombstoned: boolean;
}

/** The first position that is given out: what lies before it in a real server's log is no event. */
const FIRST_POSITION = 112n;
/** Bytes of a record beside its variable parts. */
const RECORD_OVERHEAD = 96;

const sizeOf = (stream: string, { type, data, metadata }: ProposedEvent): bigint =>
  BigInt(
    RECORD_OVERHEAD + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length,
  );

export const openEventLog = (journal: Journal): EventLog => {
  const records: LogRecord[] = [];
  const streams = new Map<string, GrowingStream>();
  const listeners = new Set<() => void>();

  const streamOf = (name: string): GrowingStream => {
    const known = streams.get(name);
    if (known !== undefined) return known;
    const stream: GrowingStream = { records: [], byId: new Map(), tombstoned: false };
    streams.set(name, stream);
    return stream;
  };
  const index = (record: LogRecord): void => {
    records.push(record);
    const stream = streamOf(record.stream);
    if (record.revision === TOMBSTONE) stream.tombstoned = true;
    else stream.records.push(record);
    stream.byId.set(record.id, record);
  };
  const end = (): bigint => records.at(-1)?.next ?? FIRST_POSITION;

  for (const record of journal.load()) index(record);

  return {
    records,
    stream: (name) => streams.get(name),
    end,
    commit: (events) => {
      const created = Date.now();
      let position = end();
      const placed = events.map(({ stream, revision, event }): LogRecord => {
        const begins = position;
        position += sizeOf(stream, event);
        return { ...event, stream, revision, position: begins, next: position, created };
      });
      journal.write(placed);
      placed.forEach(index);
      for (const listener of [...listeners]) listener();
      return placed;
    },
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: journal.close,
  };
};
