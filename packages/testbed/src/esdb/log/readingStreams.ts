import type { LogView, StreamIndex } from './logView';
import { TOMBSTONE } from './record';
import { isMetastream, metadataOf, originalOf } from './streamMetadata';

export type StreamView =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'deleted' }
  /** Of its events, those from the revision `first` on are shown. */
  | { readonly kind: 'stream'; readonly index: StreamIndex; readonly first: bigint };

/** A stream that a tombstone ended, or the metastream of one. */
const isTombstoned = (log: LogView, stream: string): boolean =>
  log.stream(isMetastream(stream) ? originalOf(stream) : stream)?.tombstone !== undefined;

const max = (...values: ReadonlyArray<bigint>): bigint => values.reduce((a, b) => (a > b ? a : b));

/** What a reader is shown of a stream now. */
export const viewStream = (log: LogView, stream: string): StreamView => {
  if (isTombstoned(log, stream)) return { kind: 'deleted' };
  const index = log.stream(stream);
  const { maxCount, maxAgeMs, truncateBefore } = metadataOf(log, stream);
  if (index === undefined || index.last < 0n || truncateBefore === TOMBSTONE) return { kind: 'not-found' };
  const behind = index.last + 1n;
  const oldest = maxAgeMs === null ? 0 : Date.now() - maxAgeMs;
  const young = maxAgeMs === null ? 0n : index.records.find(({ created }) => created >= oldest)?.revision;
  return {
    kind: 'stream',
    index,
    first: max(0n, maxCount === null ? 0n : behind - maxCount, truncateBefore ?? 0n, young ?? behind),
  };
};

/** Whether a reader is shown this event of a stream now. */
export const isShown = (log: LogView, stream: string, revision: bigint): boolean => {
  const view = viewStream(log, stream);
  return view.kind === 'stream' && revision >= view.first;
};
