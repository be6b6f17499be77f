import { Empty as EmptyOfServer, WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb';
import type { Status } from '@eventstore/db-client/generated/status_pb';
import {
  AppendReq,
  BatchAppendReq,
  type AppendResp,
  type BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb';
import type { EncodedEvent, ExpectedRevision, Position } from '@keyturn/event-store';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { troubleOf } from './storeFaults';
import { positionOf, streamIdentifier, uuid } from './wire';

/** An append that the server is asked for. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: ReadonlyArray<EncodedEvent>;
}

/** What the server answers to an append. */
export type AppendAnswer =
  | { readonly kind: 'done'; readonly revision: number; readonly position: Position | null }
  /** `actual` is null where the server does not say where the stream ends. */
  | { readonly kind: 'conflict'; readonly actual: number | 'no-stream' | null }
  | { readonly kind: 'access-denied' | 'stream-deleted' | 'too-large' | 'invalid' }
  /** Nothing of it was done. */
  | { readonly kind: 'turned-away'; readonly error: unknown }
  /** It may have been done, or may be done yet. */
  | { readonly kind: 'unknown' };

const JSON_TYPE = 'application/json';

interface Proposal {
  readonly getMetadataMap: () => { readonly set: (key: string, value: string) => unknown };
}

const described = <P extends Proposal>(proposal: P, { type }: EncodedEvent): P => {
  const system = proposal.getMetadataMap();
  system.set('type', type);
  system.set('content-type', JSON_TYPE);
  return proposal;
};

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/** An append among others of one call. The server gives it up at its deadline. */
export const batchMessage = (
  { stream, expected, events }: AppendRequest,
  correlation: string,
  deadline: Date,
): BatchAppendReq => {
  const options = new BatchAppendReq.Options()
    .setStreamIdentifier(streamIdentifier(stream))
    .setDeadline(Timestamp.fromDate(deadline));
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

const answerOfStatus = (status: Status | undefined): AppendAnswer => {
  const details = status?.getDetails();
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
  if (is('MaximumAppendSizeExceeded')) return { kind: 'too-large' };
  if (is('BadRequest')) return { kind: 'invalid' };
  // For a node that is busy or not ready the server has words alone.
  const words = new Error(status?.getMessage() ?? '');
  return troubleOf(words).kind === 'turned-away'
    ? { kind: 'turned-away', error: words }
    : { kind: 'unknown' };
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
