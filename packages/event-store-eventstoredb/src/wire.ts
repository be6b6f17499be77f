import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Position, RecordedEvent, StreamFilter } from '@keyturn/event-store';

/** Ticks of 100 nanoseconds, in which the server tells the time. */
const TICKS_PER_MS = 10_000;

export const streamIdentifier = (stream: string): StreamIdentifier =>
  new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(stream)));

export const uuid = (text: string): UUID => new UUID().setString(text);

/** A place in the server's log, as it gives it. */
interface LogPlace {
  readonly getCommitPosition: () => string;
  readonly getPreparePosition: () => string;
}

/**
 * The server's places as ordered numbers. An event's own place has prepare and commit equal, and is odd here; a place
 * before the event that begins at the commit position, as checkpoints name them, is even and lies just below it. So a
 * subscription that resumes behind a checkpoint gets that event, and one that resumes behind the event does not.
 */
export const positionOf = (place: LogPlace): Position => {
  const commit = BigInt(place.getCommitPosition());
  return commit * 2n + (BigInt(place.getPreparePosition()) >= commit ? 1n : 0n);
};

const placeOf = (position: Position): ReadReq.Options.Position => {
  const commit = (position / 2n).toString();
  return new ReadReq.Options.Position()
    .setCommitPosition(commit)
    .setPreparePosition(position % 2n === 1n ? commit : '0');
};

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();

export const streamOf = (event: ReadResp.ReadEvent.RecordedEvent): string =>
  Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();

/** Whether an event is the server's own, such as the tombstone of a stream. */
export const isSystemEvent = (event: ReadResp.ReadEvent.RecordedEvent): boolean =>
  (event.getMetadataMap().get('type') ?? '').startsWith('$');

export const recordedEvent = (event: ReadResp.ReadEvent.RecordedEvent): RecordedEvent => {
  const system = event.getMetadataMap();
  return {
    id: event.getId()?.getString() ?? '',
    type: system.get('type') ?? '',
    data: text(event.getData_asU8()),
    metadata: text(event.getCustomMetadata_asU8()),
    stream: streamOf(event),
    revision: Number(event.getStreamRevision()),
    position: positionOf(event),
    recordedAt: Math.floor(Number(system.get('created') ?? '0') / TICKS_PER_MS),
  };
};

const options = (): ReadReq.Options =>
  new ReadReq.Options()
    .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty()))
    .setNoFilter(new Empty())
    .setResolveLinks(false)
    .setReadDirection(ReadReq.Options.ReadDirection.FORWARDS);

const request = (of: ReadReq.Options): ReadReq => new ReadReq().setOptions(of);

/** A read of a stream. Without a revision from its start, or backwards from its end. */
export const streamRead = (
  stream: string,
  { backwards, from, count }: { readonly backwards: boolean; readonly from?: number; readonly count: number },
): ReadReq => {
  const of = new ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(stream));
  if (from !== undefined) of.setRevision(from.toString());
  else if (backwards) of.setEnd(new Empty());
  else of.setStart(new Empty());
  return request(
    options()
      .setStream(of)
      .setCount(count.toString())
      .setReadDirection(
        backwards ? ReadReq.Options.ReadDirection.BACKWARDS : ReadReq.Options.ReadDirection.FORWARDS,
      ),
  );
};

const lastRead = (before: ReadReq.Options.AllOptions): ReadReq =>
  request(options().setAll(before).setCount('1').setReadDirection(ReadReq.Options.ReadDirection.BACKWARDS));

/** The newest event of all. */
export const newestRead = (): ReadReq => lastRead(new ReadReq.Options.AllOptions().setEnd(new Empty()));

/** The newest event of all that lies before a place. */
export const readBefore = (position: Position): ReadReq => {
  const commit = (position / 2n).toString();
  const place = new ReadReq.Options.Position().setCommitPosition(commit).setPreparePosition(commit);
  return lastRead(new ReadReq.Options.AllOptions().setPosition(place));
};

/** Events that a filtered subscription looks at before it says where it is: 32 pages of the server's own. */
const CHECKPOINT_WINDOW = 32;
const CHECKPOINT_EVERY = 32;

/** What is the adapter's own, and the server's, in names of streams. */
const NOT_OURS = '\\$|snapshot-|keyturn-clock$|keyturn-store$';
const not = new RegExp(`^(?:${NOT_OURS})`, 'u');

/** Whether a stream is one of those that the store's users write. */
export const isUserStream = (stream: string): boolean => !not.test(stream);

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const streamFilter = ({
  streamPrefix: prefix = '',
  streamSuffix,
}: StreamFilter): ReadReq.Options.FilterOptions => {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  if (streamSuffix === 'id') expression.setRegex(`^${literally(prefix)}[A-Za-z0-9_-]{1,64}$`);
  else if (prefix === '') expression.setRegex(`^(?!${NOT_OURS})`);
  else expression.addPrefix(prefix);
  return new ReadReq.Options.FilterOptions()
    .setStreamIdentifier(expression)
    .setMax(CHECKPOINT_WINDOW)
    .setCheckpointintervalmultiplier(CHECKPOINT_EVERY);
};

/** What is looked through: the events behind a place, of streams that a filter lets through. */
export interface AllRequest extends StreamFilter {
  readonly after: Position | undefined;
}

export const allSubscription = ({ after, ...filter }: AllRequest): ReadReq => {
  const of = new ReadReq.Options.AllOptions();
  if (after === undefined) of.setStart(new Empty());
  else of.setPosition(placeOf(after));
  return request(
    options()
      .setAll(of)
      .setFilter(streamFilter(filter))
      .setSubscription(new ReadReq.Options.SubscriptionOptions()),
  );
};
