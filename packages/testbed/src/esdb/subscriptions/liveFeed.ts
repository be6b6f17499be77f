import type { EventLog } from '../log/eventLog';
import { at, type Position } from '../log/position';
import type { LogRecord } from '../log/record';

/** What a subscription is told while it is live. The numbers count up, so that a gap shows what was dropped. */
type LiveItem =
  | { readonly kind: 'event'; readonly number: number; readonly record: LogRecord }
  | { readonly kind: 'checkpoint'; readonly number: number; readonly position: Position };

export interface LiveFeed {
  /** The oldest item that is kept, which is kept no longer. */
  readonly take: () => LiveItem | undefined;
  /** More came than was kept. */
  readonly overflowed: () => boolean;
  readonly close: () => void;
}

interface FeedOptions {
  readonly log: EventLog;
  readonly matches: (record: LogRecord) => boolean;
  /** After so many events that were looked at comes a checkpoint. */
  readonly checkpointInterval: number;
  /** How many were looked at since the last checkpoint. */
  readonly considered: number;
  /** How many items are kept: of more, the newest. */
  readonly capacity: number;
  /** Is called when something came. */
  readonly wake: () => void;
}

/** Keeps what is indexed from now on, for a subscription that takes it when its client does. */
export const openLiveFeed = (options: FeedOptions): LiveFeed => {
  const { log, matches, checkpointInterval, capacity, wake } = options;
  const kept: LiveItem[] = [];
  let considered = options.considered;
  let number = 0;
  let overflowed = false;

  const keep = (item: LiveItem): void => {
    kept.push(item);
    if (kept.length <= capacity) return;
    kept.shift();
    overflowed = true;
  };
  const close = log.onIndexed((records) => {
    for (const record of records) {
      if (matches(record)) keep({ kind: 'event', number: (number += 1), record });
      considered += 1;
      if (considered < checkpointInterval) continue;
      considered = 0;
      keep({ kind: 'checkpoint', number: (number += 1), position: at(record.position) });
    }
    wake();
  });
  return { take: () => kept.shift(), overflowed: () => overflowed, close };
};
