import {
  Empty,
  StreamIdentifier,
  UUID,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import type { Status } from '@eventstore/db-client/generated/status_pb';
import {
  AppendReq,
  BatchAppendReq,
  ReadReq,
  type AppendResp,
  type BatchAppendResp,
  type ReadResp,
} from '@eventstore/db-client/generated/streams_pb';
import { Metadata, status } from '@grpc/grpc-js';
import type { EventData, Position, RecordedEvent, StreamFilter } from '@keyturn/event-store';
import { Empty as PackedEmpty } from 'google-protobuf/google/protobuf/empty_pb';
import type { AppendAnswer, AppendRequest } from './appends';
import type { AllRequest, ReadMessage, ReadQuery } from './reads';
import { namesOf } from './streamNames';
import { NEVER_BEGUN } from './trouble';

/** Ticks of 100 nanoseconds, in which the server tells the time. */
const TICKS_PER_MS = 10_000;

const streamIdentifier = (stream: string): StreamIdentifier =>
  new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(stream)));

const uuid = (text: string): UUID => new UUID().setString(text);

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
const positionOf = (place: LogPlace): Position => {
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

const streamOf = (event: ReadResp.ReadEvent.RecordedEvent): string =>
  Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();

const recordedEvent = (event: ReadResp.ReadEvent.RecordedEvent): RecordedEvent => {
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
const streamRead = (
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

const readBefore = (position: Position): ReadReq => {
  const commit = (position / 2n).toString();
  const place = new ReadReq.Options.Position().setCommitPosition(commit).setPreparePosition(commit);
  return lastRead(new ReadReq.Options.AllOptions().setPosition(place));
};

/** Events that a filtered subscription looks at before it says where it is: 32 pages of the server's own. */
const CHECKPOINT_WINDOW = 32;
const CHECKPOINT_EVERY = 32;
const streamFilter = (filter: StreamFilter): ReadReq.Options.FilterOptions => {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  const names = namesOf(filter);
  if ('regex' in names) expression.setRegex(names.regex);
  else expression.addPrefix(names.prefix);
  return new ReadReq.Options.FilterOptions()
    .setStreamIdentifier(expression)
    .setMax(CHECKPOINT_WINDOW)
    .setCheckpointintervalmultiplier(CHECKPOINT_EVERY);
};

const allSubscription = ({ after, ...filter }: AllRequest): ReadReq => {
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

export const readRequest = (query: ReadQuery): ReadReq => {
  switch (query.kind) {
    case 'stream':
      return streamRead(query.stream, query);
    case 'newest':
      return lastRead(new ReadReq.Options.AllOptions().setEnd(new Empty()));
    case 'before':
      return readBefore(query.position);
    case 'all':
      return allSubscription(query);
  }
};

export const readMessage = (message: ReadResp): ReadMessage => {
  const event = message.getEvent()?.getEvent();
  const checkpoint = message.getCheckpoint();
  return {
    event: event === undefined ? null : recordedEvent(event),
    checkpoint: checkpoint === undefined ? null : positionOf(checkpoint),
    caughtUp: message.hasCaughtUp(),
    streamNotFound: message.hasStreamNotFound(),
  };
};

const JSON_TYPE = 'application/json';

interface Proposal {
  readonly getMetadataMap: () => { readonly set: (key: string, value: string) => unknown };
}

const described = <P extends Proposal>(proposal: P, { type }: EventData): P => {
  const system = proposal.getMetadataMap();
  system.set('type', type);
  system.set('content-type', JSON_TYPE);
  return proposal;
};

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/**
 * An append among others of one call. Without a deadline, which would be a time of day by the clock of the server:
 * where it is ahead of ours by more than we wait, every append would have come too late.
 */
export const batchMessage = (
  { stream, expected, events }: AppendRequest,
  correlation: string,
): BatchAppendReq => {
  const options = new BatchAppendReq.Options().setStreamIdentifier(streamIdentifier(stream));
  if (expected === 'any') options.setAny(new PackedEmpty());
  else if (expected === 'no-stream') options.setNoStream(new PackedEmpty());
  else if (expected === 'stream-exists') options.setStreamExists(new PackedEmpty());
  else options.setStreamPosition(expected.toString());
  return new BatchAppendReq()
    .setCorrelationId(uuid(correlation))
    .setOptions(options)
    .setProposedMessagesList(
      events.map((event) =>
        described(
          new BatchAppendReq.ProposedMessage()
            .setId(uuid(event.id))
            .setData(bytes(event.data))
            .setCustomMetadata(bytes(event.metadata)),
          event,
        ),
      ),
    )
    .setIsFinal(true);
};

/** An append that is a call of its own: its head, and a message for each event. */
export const singleMessages = ({ stream, expected, events }: AppendRequest): ReadonlyArray<AppendReq> => {
  const options = new AppendReq.Options().setStreamIdentifier(streamIdentifier(stream));
  if (expected === 'any') options.setAny(new Empty());
  else if (expected === 'no-stream') options.setNoStream(new Empty());
  else if (expected === 'stream-exists') options.setStreamExists(new Empty());
  else options.setRevision(expected.toString());
  return [
    new AppendReq().setOptions(options),
    ...events.map((event) =>
      new AppendReq().setProposedMessage(
        described(
          new AppendReq.ProposedMessage()
            .setId(uuid(event.id))
            .setData(bytes(event.data))
            .setCustomMetadata(bytes(event.metadata)),
          event,
        ),
      ),
    ),
  ];
};

const PACKAGE = 'event_store.client.';
const BUSY = /Busy/i;

/**
 * As if the call had failed so: with the status that has the client look for another node, unless this one is just
 * busy.
 */
const notServing = (words: string): Error =>
  BUSY.test(words)
    ? new Error(words)
    : Object.assign(new Error(words), { code: status.UNAVAILABLE, details: words, metadata: new Metadata() });

const answerOfStatus = (refusal: Status | undefined): AppendAnswer => {
  const details = refusal?.getDetails();
  const name = details?.getTypeName() ?? '';
  const is = (type: string): boolean => name === PACKAGE + type;
  if (is('WrongExpectedVersion')) {
    const wrong = details?.unpack((packed) => WrongExpectedVersion.deserializeBinary(packed), name);
    const actual =
      wrong?.hasCurrentStreamRevision() === true ? Number(wrong.getCurrentStreamRevision()) : null;
    return { kind: 'conflict', actual: wrong?.hasCurrentNoStream() === true ? 'no-stream' : actual };
  }
  if (is('StreamDeleted')) return { kind: 'stream-deleted' };
  if (is('AccessDenied')) return { kind: 'access-denied' };
  // Newer servers have a limit for each event besides.
  if (is('MaximumAppendSizeExceeded') || is('MaximumAppendEventSizeExceeded')) return { kind: 'too-large' };
  if (is('BadRequest')) return { kind: 'invalid' };
  if (is('Timeout')) return { kind: 'timed-out' };
  // For a node that serves nothing at present the server has words alone.
  const words = refusal?.getMessage() ?? '';
  return NEVER_BEGUN.test(words) ? { kind: 'turned-away', error: notServing(words) } : { kind: 'unknown' };
};

/** To which append an answer belongs. */
export const correlationOf = (response: BatchAppendResp): string =>
  response.getCorrelationId()?.getString() ?? '';

interface Success {
  readonly getCurrentRevision: () => string;
  readonly getPosition: () => LogPlace | undefined;
}

const done = (success: Success): AppendAnswer => {
  const place = success.getPosition();
  return {
    kind: 'done',
    revision: Number(success.getCurrentRevision()),
    position: place === undefined ? null : positionOf(place),
  };
};

export const answerOfBatch = (response: BatchAppendResp): AppendAnswer => {
  const success = response.getSuccess();
  return success === undefined ? answerOfStatus(response.getError()) : done(success);
};

export const answerOfSingle = (response: AppendResp): AppendAnswer => {
  const success = response.getSuccess();
  if (success !== undefined) return done(success);
  const wrong = response.getWrongExpectedVersion();
  if (wrong === undefined) return { kind: 'unknown' };
  return {
    kind: 'conflict',
    actual: wrong.hasCurrentRevision()
      ? Number(wrong.getCurrentRevision())
      : wrong.hasCurrentNoStream()
        ? 'no-stream'
        : null,
  };
};
