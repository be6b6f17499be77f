import { ReadResp, type ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { LogView, StreamIndex } from '../log/logView';
import { viewStream } from '../log/readingStreams';
import type { LogRecord } from '../log/record';
import { readStreamName, writeStreamName } from '../wire/messages';
import { streamDeleted, unexpectedResult } from '../wire/rpcError';
import { PAGE_SIZE } from './filter';
import type { Outlet } from './outlet';

interface StreamRead {
  readonly log: LogView;
  readonly options: ReadReq.Options.StreamOptions;
  readonly backwards: boolean;
  readonly count: number;
  /** Whether the client understands where the stream begins and ends. */
  readonly tellsPositions: boolean;
}

const pageOf = (
  index: StreamIndex,
  first: bigint,
  next: bigint,
  backwards: boolean,
): ReadonlyArray<LogRecord> => {
  if (!backwards) {
    const from = index.firstFrom(next > first ? next : first);
    return index.records.slice(from, from + PAGE_SIZE);
  }
  const end = index.firstFrom(next + 1n);
  return index.records.slice(Math.max(index.firstFrom(first), end - PAGE_SIZE), end).reverse();
};

/** Sends events of a stream, page by page: what is appended meanwhile is read too. */
export const readStream = async (
  { log, options, backwards, count, tellsPositions }: StreamRead,
  outlet: Outlet,
): Promise<void> => {
  const stream = readStreamName(options.getStreamIdentifier());
  const fromEnd = options.hasEnd();
  if (count === 0 || (fromEnd && !backwards)) throw unexpectedResult('ReadStreamResult', 'Error');
  let next = options.hasRevision() ? BigInt(options.getRevision()) : 0n;
  for (let left = count; ;) {
    const view = viewStream(log, stream);
    if (view.kind === 'deleted') throw streamDeleted(stream);
    if (view.kind === 'not-found') {
      const notFound = new ReadResp.StreamNotFound().setStreamIdentifier(writeStreamName(stream));
      return outlet.send(new ReadResp().setStreamNotFound(notFound));
    }
    const { index, first } = view;
    if (backwards && fromEnd && left === count) next = index.last;
    const page = pageOf(index, first, next, backwards).slice(0, left);
    if (tellsPositions && left === count && page.length === 0 && next !== index.last + 1n)
      await outlet.send(new ReadResp().setFirstStreamPosition((index.last + 1n).toString()));
    for (const record of page) {
      if (outlet.closed()) return undefined;
      await outlet.sendEvent(record);
      next = record.revision + (backwards ? -1n : 1n);
      left -= 1;
    }
    if (left > 0 && page.length === PAGE_SIZE) continue;
    if (tellsPositions) await outlet.send(new ReadResp().setLastStreamPosition(index.last.toString()));
    return undefined;
  }
};
