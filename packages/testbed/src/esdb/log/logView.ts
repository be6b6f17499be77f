import { TOMBSTONE, type LogRecord } from './record';

/** What is known of one stream. */
export interface StreamIndex {
  /** Revision of the last event that was written, -1 for none. A scavenge never takes that event. */
  readonly last: bigint;
  /** In the order of their revisions. A scavenge leaves gaps. */
  readonly records: ReadonlyArray<LogRecord>;
  readonly at: (revision: bigint) => LogRecord | undefined;
  /** Where in `records` those from this revision on begin. */
  readonly firstFrom: (revision: bigint) => number;
  /** The event that ended the stream for ever. */
  readonly tombstone: LogRecord | undefined;
}

/** The events of all streams in one order, as those see it who may see so much of it. */
export interface LogView {
  readonly records: ReadonlyArray<LogRecord>;
  readonly stream: (name: string) => StreamIndex | undefined;
  /** Where the next event will begin. */
  readonly end: () => bigint;
  /** Every position before this one has been scavenged over: records need not begin where they were said to. */
  readonly scavengedTo: () => bigint;
}

/** The first position that is given out: what lies before it in a real server's log is no event. */
const FIRST_POSITION = 112n;

class GrowingStream implements StreamIndex {
  readonly #records: LogRecord[] = [];
  #tombstone: LogRecord | undefined;

  get records(): ReadonlyArray<LogRecord> {
    return this.#records;
  }
  get tombstone(): LogRecord | undefined {
    return this.#tombstone;
  }
  get last(): bigint {
    return this.#records.at(-1)?.revision ?? -1n;
  }
  firstFrom(revision: bigint): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.#records[middle];
      if (record !== undefined && record.revision < revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  at(revision: bigint): LogRecord | undefined {
    const record = this.#records[this.firstFrom(revision)];
    return record?.revision === revision ? record : undefined;
  }
  add(record: LogRecord): void {
    if (record.revision === TOMBSTONE) this.#tombstone = record;
    else this.#records.push(record);
  }
}

/** A view that grows with what is added, and loses what is removed. */
export class GrowingView implements LogView {
  #records: LogRecord[] = [];
  #streams = new Map<string, GrowingStream>();
  #end = FIRST_POSITION;
  #scavengedTo = 0n;

  get records(): ReadonlyArray<LogRecord> {
    return this.#records;
  }
  readonly stream = (name: string): StreamIndex | undefined => this.#streams.get(name);
  readonly end = (): bigint => this.#end;
  readonly scavengedTo = (): bigint => this.#scavengedTo;

  readonly add = (record: LogRecord): void => {
    // A record that does not follow on the one before it: what lay between them is gone.
    if (record.position !== this.#end && this.#records.length > 0) this.#scavengedTo = record.position;
    this.#records.push(record);
    const stream = this.#streams.get(record.stream) ?? new GrowingStream();
    stream.add(record);
    this.#streams.set(record.stream, stream);
    this.#end = record.next;
  };

  /** Takes room for a write that leaves no event. */
  readonly skipTo = (position: bigint): void => {
    this.#end = position;
  };

  /** Only these records are left of all, and the log goes on where it would have gone on. */
  readonly replace = (records: ReadonlyArray<LogRecord>): void => {
    const end = this.#end;
    this.#records = [];
    this.#streams = new Map();
    for (const record of records) this.add(record);
    this.#end = end;
    this.#scavengedTo = end;
  };
}
