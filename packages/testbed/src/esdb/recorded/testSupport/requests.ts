import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import {
  AppendReq,
  BatchAppendReq,
  DeleteReq,
  ReadReq,
  TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb';
import { Empty as GoogleEmpty } from 'google-protobuf/google/protobuf/empty_pb';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';

/** What a write expects; nothing where the choice is not made. */
export type Expected = 'none' | 'any' | 'exists' | number | undefined;

/** An event as it is sent. What is null is left out. */
export interface SentEvent {
  readonly id: string | null;
  readonly type: string | null;
  readonly contentType: string | null;
  readonly data: string;
  readonly metadata: string;
}

/** A request for a read or a subscription. */
export interface ReadRequest {
  readonly stream?: string;
  readonly all?: boolean;
  readonly backwards?: boolean;
  readonly from?: 'start' | 'end' | number | { readonly commit: string; readonly prepare: string };
  readonly count?: number;
  readonly subscribe?: boolean;
  readonly filter?: FilterRequest | 'unset';
  readonly uuid?: 'string' | 'structured' | 'none';
  readonly compatibility?: number;
  readonly links?: boolean;
}

interface FilterRequest {
  readonly prefixes?: ReadonlyArray<string>;
  readonly regex?: string;
  readonly by?: 'type';
  readonly window: number | 'unset';
  readonly interval?: number;
}

const identifier = (stream: string | undefined): StreamIdentifier | undefined =>
  stream === undefined
    ? undefined
    : new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(stream, 'utf8')));

interface Choice {
  readonly setNoStream: (value: Empty) => unknown;
  readonly setAny: (value: Empty) => unknown;
  readonly setStreamExists: (value: Empty) => unknown;
}

const choose = (options: Choice, expected: Expected, setRevision: (revision: string) => unknown): void => {
  if (expected === 'none') options.setNoStream(new Empty());
  else if (expected === 'any') options.setAny(new Empty());
  else if (expected === 'exists') options.setStreamExists(new Empty());
  else if (expected !== undefined) setRevision(String(expected));
};

const fill = <Message extends AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage>(
  message: Message,
  event: SentEvent,
): Message => {
  if (event.id !== null) message.setId(new UUID().setString(event.id));
  if (event.type !== null) message.getMetadataMap().set('type', event.type);
  if (event.contentType !== null) message.getMetadataMap().set('content-type', event.contentType);
  message.setData(new Uint8Array(Buffer.from(event.data)));
  message.setCustomMetadata(new Uint8Array(Buffer.from(event.metadata)));
  return message;
};

export const appendOptions = (stream: string | undefined, expected: Expected): AppendReq => {
  const options = new AppendReq.Options().setStreamIdentifier(identifier(stream));
  choose(options, expected, (revision) => options.setRevision(revision));
  return new AppendReq().setOptions(options);
};

export const appendEvent = (event: SentEvent): AppendReq =>
  new AppendReq().setProposedMessage(fill(new AppendReq.ProposedMessage(), event));

/** A message of a batch: the beginning of an append, more of one, or all of it. */
export interface BatchMessage {
  readonly correlation: string | null;
  readonly events: ReadonlyArray<SentEvent>;
  readonly isFinal: boolean;
  readonly begins: BatchBeginning | null;
}

interface BatchBeginning {
  readonly stream: string | undefined;
  readonly expected: Expected;
  /** Milliseconds from now. */
  readonly deadline?: number;
}

export const batchMessage = ({ correlation, events, isFinal, begins }: BatchMessage): BatchAppendReq => {
  const request = new BatchAppendReq()
    .setProposedMessagesList(events.map((event) => fill(new BatchAppendReq.ProposedMessage(), event)))
    .setIsFinal(isFinal);
  if (correlation !== null) request.setCorrelationId(new UUID().setString(correlation));
  if (begins === null) return request;
  const options = new BatchAppendReq.Options().setStreamIdentifier(identifier(begins.stream));
  const empty = new GoogleEmpty();
  choose(
    {
      setNoStream: () => options.setNoStream(empty),
      setAny: () => options.setAny(empty),
      setStreamExists: () => options.setStreamExists(empty),
    },
    begins.expected,
    (revision) => options.setStreamPosition(revision),
  );
  if (begins.deadline !== undefined)
    options.setDeadline(Timestamp.fromDate(new Date(Date.now() + begins.deadline)));
  return request.setOptions(options);
};

export const deleteRequest = (stream: string, expected: Expected): DeleteReq => {
  const options = new DeleteReq.Options().setStreamIdentifier(identifier(stream));
  choose(options, expected, (revision) => options.setRevision(revision));
  return new DeleteReq().setOptions(options);
};

export const tombstoneRequest = (stream: string, expected: Expected): TombstoneReq => {
  const options = new TombstoneReq.Options().setStreamIdentifier(identifier(stream));
  choose(options, expected, (revision) => options.setRevision(revision));
  return new TombstoneReq().setOptions(options);
};

const { Options } = ReadReq;

const filterOptions = ({
  prefixes,
  regex,
  by,
  window,
  interval,
}: FilterRequest): ReadReq.Options.FilterOptions => {
  const expression = new Options.FilterOptions.Expression();
  if (regex !== undefined) expression.setRegex(regex);
  expression.setPrefixList([...(prefixes ?? [])]);
  const filter = new Options.FilterOptions().setCheckpointintervalmultiplier(interval ?? 1);
  if (by === 'type') filter.setEventType(expression);
  else filter.setStreamIdentifier(expression);
  return window === 'unset' ? filter : filter.setMax(window);
};

const streamOptions = (stream: string, from: ReadRequest['from']): ReadReq.Options.StreamOptions => {
  const options = new Options.StreamOptions().setStreamIdentifier(identifier(stream));
  if (typeof from === 'number') return options.setRevision(String(from));
  return from === 'end' ? options.setEnd(new Empty()) : options.setStart(new Empty());
};

const allOptions = (from: ReadRequest['from']): ReadReq.Options.AllOptions => {
  const options = new Options.AllOptions();
  if (typeof from === 'object')
    return options.setPosition(
      new Options.Position().setCommitPosition(from.commit).setPreparePosition(from.prepare),
    );
  return from === 'end' ? options.setEnd(new Empty()) : options.setStart(new Empty());
};

export const readRequest = (request: ReadRequest): ReadReq => {
  const { stream, all, backwards, from, count, subscribe, filter, uuid, compatibility, links } = request;
  const options = new Options().setResolveLinks(links ?? false);
  options.setReadDirection(
    backwards === true ? Options.ReadDirection.BACKWARDS : Options.ReadDirection.FORWARDS,
  );
  if (stream !== undefined) options.setStream(streamOptions(stream, from));
  if (all === true) options.setAll(allOptions(from));
  if (subscribe === true) options.setSubscription(new Options.SubscriptionOptions());
  else if (count !== undefined) options.setCount(String(count));
  if (filter === undefined) options.setNoFilter(new Empty());
  else if (filter !== 'unset') options.setFilter(filterOptions(filter));
  const ids = new Options.UUIDOption();
  if (uuid === 'structured') options.setUuidOption(ids.setStructured(new Empty()));
  else if (uuid !== 'none') options.setUuidOption(ids.setString(new Empty()));
  if (compatibility !== undefined)
    options.setControlOption(new Options.ControlOption().setCompatibility(compatibility));
  return new ReadReq().setOptions(options);
};
