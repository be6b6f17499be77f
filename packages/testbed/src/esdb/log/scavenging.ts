import type { LogView } from './logView';
import { viewStream } from './readingStreams';
import { TOMBSTONE, type LogRecord } from './record';
import { isMetastream, originalOf } from './streamMetadata';

/**
 * What a scavenge leaves: what readers are shown, and the last event of each stream, by which its revisions go on. Of a
 * stream with a tombstone only that is left, and nothing of its metadata.
 */
export const leftByScavenge = (view: LogView): ReadonlyArray<LogRecord> => {
  const firsts = new Map<string, bigint>();
  const firstOf = (stream: string): bigint => {
    const known = firsts.get(stream);
    if (known !== undefined) return known;
    const shown = viewStream(view, stream);
    const last = view.stream(stream)?.last ?? -1n;
    const first = shown.kind === 'stream' && shown.first <= last ? shown.first : last;
    firsts.set(stream, first);
    return first;
  };
  return view.records.filter(({ stream, revision }) => {
    if (revision === TOMBSTONE) return true;
    const owner = isMetastream(stream) ? originalOf(stream) : stream;
    return view.stream(owner)?.tombstone === undefined && revision >= firstOf(stream);
  });
};
