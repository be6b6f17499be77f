import type { LogRecord } from './record';

/** Where a log is kept between two starts of the server. */
export interface Journal {
  /** Everything written so far, in the order of the log. */
  readonly load: () => Iterable<LogRecord>;
  /** Keeps all of these or none; durable on return. */
  readonly write: (records: ReadonlyArray<LogRecord>) => void;
  /** Keeps these in place of everything that was written so far. */
  readonly replace: (records: ReadonlyArray<LogRecord>) => void;
  readonly close: () => void;
}

/** Keeps nothing: the log lives as long as its server. */
export const noJournal: Journal = {
  load: () => [],
  write: () => undefined,
  replace: () => undefined,
  close: () => undefined,
};
