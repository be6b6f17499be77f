import { ReadResp, type ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { EventLog } from '../log/eventLog';
import { viewStream } from '../log/readingStreams';
import type { LogRecord } from '../log/record';
import { readStreamName, writeStreamName } from '../wire/messages';
import { streamDeleted } from '../wire/rpcError';
import type { Outlet } from './outlet';

interface StreamRead {
  readonly log: EventLog;
  readonly options: ReadReq.Options.StreamOptions;
  readonly backwards: boolean;
  readonly count: number;
}

/** The records of a stream that are shown, in the order asked for. */
function* ordered(
  records: ReadonlyArray<LogRecord>,
  first: bigint,
  from: bigint,
  backwards: boolean,
): Iterable<LogRecord> {
  const last = BigInt(records.length) - 1n;
  const step = backwards ? -1 : 1;
  const begin = backwards ? (from > last ? last : from) : from < first ? first : from;
  for (let index = Number(begin); index >= Number(first); index += step) {
    const record = records[index];
    if (record === undefined) return;
    yield record;
  }
}

/** Sends events of a stream as they stand when the read begins. */
export const readStream = async (
  { log, options, backwards, count }: StreamRead,
  outlet: Outlet,
): Promise<void> => {
  const stream = readStreamName(options.getStreamIdentifier());
  const view = viewStream(log, stream);
  if (view.kind === 'deleted') throw streamDeleted(stream);
  if (view.kind === 'not-found') {
    const notFound = new ReadResp.StreamNotFound().setStreamIdentifier(writeStreamName(stream));
    await outlet.send(new ReadResp().setStreamNotFound(notFound));
    return;
  }
  const records = view.records.slice();
  const last = BigInt(records.length) - 1n;
  // The end has no event: forwards there is nothing, backwards all is before it.
  const from = options.hasRevision()
    ? BigInt(options.getRevision())
    : options.hasEnd()
      ? last + (backwards ? 0n : 1n)
      : 0n;
  let sent = 0;
  for (const record of ordered(records, view.first, from, backwards)) {
    if (sent >= count || outlet.closed()) return;
    sent += 1;
    await outlet.sendEvent(record);
  }
};
