import type { EventLog } from './eventLog';
import { TOMBSTONE, type LogRecord } from './record';
import { metadataOf } from './streamMetadata';
import { isTombstoned } from './writing';

export type StreamView =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'deleted' }
  /** `records` by revision, of which those from `first` on are shown. */
  | { readonly kind: 'stream'; readonly records: ReadonlyArray<LogRecord>; readonly first: bigint };

const max = (...values: ReadonlyArray<bigint>): bigint => values.reduce((a, b) => (a > b ? a : b));

/** What a reader is shown of a stream now. */
export const viewStream = (log: EventLog, stream: string): StreamView => {
  if (isTombstoned(log, stream)) return { kind: 'deleted' };
  const records = log.stream(stream)?.records ?? [];
  const { maxCount, maxAgeMs, truncateBefore } = metadataOf(log, stream);
  if (records.length === 0 || truncateBefore === TOMBSTONE) return { kind: 'not-found' };
  const count = BigInt(records.length);
  const oldest = maxAgeMs === null ? 0 : Date.now() - maxAgeMs;
  const young = maxAgeMs === null ? 0 : records.findIndex(({ created }) => created >= oldest);
  return {
    kind: 'stream',
    records,
    first: max(
      0n,
      maxCount === null ? 0n : count - maxCount,
      truncateBefore ?? 0n,
      young < 0 ? count : BigInt(young),
    ),
  };
};
