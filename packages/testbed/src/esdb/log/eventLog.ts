import { makeIndexing } from './indexing';
import type { Journal } from './journal';
import { GrowingView, type LogView } from './logView';
import { makeRecentIds, type RecentIds } from './recentIds';
import type { LogRecord, ProposedEvent } from './record';
import { leftByScavenge } from './scavenging';

export interface Placed {
  readonly stream: string;
  readonly revision: bigint;
  readonly event: ProposedEvent;
}

/**
 * The events of all streams in one order. Readers see those that are indexed, and the writer judges by what was
 * written: the log is its readers' view, and has the writer's.
 */
export interface EventLog extends LogView {
  readonly written: LogView;
  readonly recentIds: RecentIds;
  /** Writes all of these or none. */
  readonly commit: (events: ReadonlyArray<Placed>) => ReadonlyArray<LogRecord>;
  /** Writes a record that is no event, as for an append of none; gives its position. */
  readonly commitEmpty: (stream: string) => bigint;
  /** Ends when everything that is written now is indexed. */
  readonly indexed: () => Promise<void>;
  /** From now on, readers see what is written so many milliseconds later; `Infinity` for never. */
  readonly setIndexLag: (ms: number) => void;
  /** What a start of the server does: everything is indexed, and no id is remembered. */
  readonly recover: () => void;
  /** Calls back with what readers see from now on, until the function that it returns is called. */
  readonly onIndexed: (listener: (records: ReadonlyArray<LogRecord>) => void) => () => void;
  /** Removes what readers can't see any more: its places are gone, and no record has them again. */
  readonly scavenge: () => void;
  readonly close: () => void;
}

/** Bytes of a record beside its variable parts. */
const RECORD_OVERHEAD = 96;

const sizeOf = (stream: string, { type, data, metadata }: ProposedEvent): bigint =>
  BigInt(
    RECORD_OVERHEAD + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length,
  );

export const openEventLog = (journal: Journal, indexLag: number): EventLog => {
  const written = new GrowingView();
  const readable = new GrowingView();
  const recentIds = makeRecentIds();
  const indexing = makeIndexing(indexLag);
  const listeners = new Set<(records: ReadonlyArray<LogRecord>) => void>();

  const index = (records: ReadonlyArray<LogRecord>): void => {
    records.forEach(readable.add);
    for (const listener of [...listeners]) listener(records);
  };
  for (const record of journal.load()) {
    written.add(record);
    readable.add(record);
  }

  return {
    get records() {
      return readable.records;
    },
    stream: readable.stream,
    end: readable.end,
    scavengedTo: readable.scavengedTo,
    written,
    recentIds,
    commit: (events) => {
      const created = Date.now();
      let position = written.end();
      const records = events.map(({ stream, revision, event }): LogRecord => {
        const begins = position;
        position += sizeOf(stream, event);
        return { ...event, stream, revision, position: begins, next: position, created };
      });
      journal.write(records);
      for (const record of records) {
        written.add(record);
        recentIds.add(record);
      }
      indexing.schedule(() => index(records));
      return records;
    },
    commitEmpty: (stream) => {
      const position = written.end();
      const end = position + BigInt(RECORD_OVERHEAD + Buffer.byteLength(stream));
      written.skipTo(end);
      indexing.schedule(() => readable.skipTo(end));
      return position;
    },
    indexed: indexing.done,
    setIndexLag: indexing.setLag,
    recover: () => {
      indexing.flush();
      recentIds.forget();
    },
    onIndexed: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    scavenge: () => {
      indexing.flush();
      const left = leftByScavenge(readable);
      if (left.length === readable.records.length) return;
      journal.replace(left);
      written.replace(left);
      readable.replace(left);
    },
    close: () => {
      indexing.flush();
      journal.close();
    },
  };
};
