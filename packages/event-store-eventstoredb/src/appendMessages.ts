import { Empty as EmptyOfServer, WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb';
import type { Status } from '@eventstore/db-client/generated/status_pb';
import {
  AppendReq,
  BatchAppendReq,
  type AppendResp,
  type BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb';
import { Metadata, status } from '@grpc/grpc-js';
import type { EventData, ExpectedRevision, Position } from '@keyturn/event-store';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { troubleOf } from './storeFaults';
import { positionOf, streamIdentifier, uuid } from './wire';

/** An append that the server is asked for. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: ReadonlyArray<EventData>;
}

/** What the server answers to an append. */
export type AppendAnswer =
  | { readonly kind: 'done'; readonly revision: number; readonly position: Position | null }
  /** `actual` is null where the server does not say where the stream ends. */
  | { readonly kind: 'conflict'; readonly actual: number | 'no-stream' | null }
  | { readonly kind: 'access-denied' | 'stream-deleted' | 'too-large' | 'invalid' }
  /** It could not be put into bytes, so nothing was sent. */
  | { readonly kind: 'unsendable' }
  /** Nothing of it was done. */
  | { readonly kind: 'turned-away'; readonly error: Error }
  /** It may have been done, or may be done yet: there was no answer, or the server gave up on it. */
  | { readonly kind: 'unknown' | 'timed-out' };

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
  if (expected === 'any') options.setAny(new Empty());
  else if (expected === 'no-stream') options.setNoStream(new Empty());
  else if (expected === 'stream-exists') options.setStreamExists(new Empty());
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
  if (expected === 'any') options.setAny(new EmptyOfServer());
  else if (expected === 'no-stream') options.setNoStream(new EmptyOfServer());
  else if (expected === 'stream-exists') options.setStreamExists(new EmptyOfServer());
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
  const error = notServing(refusal?.getMessage() ?? '');
  return troubleOf(error).kind === 'turned-away' ? { kind: 'turned-away', error } : { kind: 'unknown' };
};

export const answerOfBatch = (response: BatchAppendResp): AppendAnswer => {
  const success = response.getSuccess();
  if (success === undefined) return answerOfStatus(response.getError());
  const place = success.getPosition();
  return {
    kind: 'done',
    revision: Number(success.getCurrentRevision()),
    position: place === undefined ? null : positionOf(place),
  };
};

export const answerOfSingle = (response: AppendResp): AppendAnswer => {
  const success = response.getSuccess();
  if (success !== undefined) {
    const place = success.getPosition();
    return {
      kind: 'done',
      revision: Number(success.getCurrentRevision()),
      position: place === undefined ? null : positionOf(place),
    };
  }
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
