import { ReadResp, type ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { EventLog } from '../log/eventLog';
import { viewStream } from '../log/readingStreams';
import { readStreamName, writeStreamName } from '../wire/messages';
import { streamDeleted } from '../wire/rpcError';
import { PAGE_SIZE } from './filter';
import type { Outlet } from './outlet';

interface StreamRead {
  readonly log: EventLog;
  readonly options: ReadReq.Options.StreamOptions;
  readonly backwards: boolean;
  readonly count: number;
}

/** Sends events of a stream, page by page: what is appended meanwhile is read too. */
export const readStream = async (
  { log, options, backwards, count }: StreamRead,
  outlet: Outlet,
): Promise<void> => {
  const stream = readStreamName(options.getStreamIdentifier());
  let next = options.hasRevision() ? Number(options.getRevision()) : options.hasEnd() ? Infinity : 0;
  let left = count;
  while (left > 0) {
    const view = viewStream(log, stream);
    if (view.kind === 'deleted') throw streamDeleted(stream);
    if (view.kind === 'not-found') {
      const notFound = new ReadResp.StreamNotFound().setStreamIdentifier(writeStreamName(stream));
      return outlet.send(new ReadResp().setStreamNotFound(notFound));
    }
    const first = Number(view.first);
    const last = view.records.length - 1;
    next = backwards ? Math.min(next, last) : Math.max(next, first);
    for (let page = 0; page < PAGE_SIZE && left > 0; page += 1) {
      const record = next < first ? undefined : view.records[next];
      if (record === undefined || outlet.closed()) return;
      await outlet.sendEvent(record);
      next += backwards ? -1 : 1;
      left -= 1;
    }
  }
};
