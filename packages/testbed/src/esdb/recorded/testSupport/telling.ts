import * as shared from '@eventstore/db-client/generated/shared_pb';
import type { Status } from '@eventstore/db-client/generated/status_pb';
import type { AppendResp, BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { status, type ServiceError } from '@grpc/grpc-js';
import type { Any } from 'google-protobuf/google/protobuf/any_pb';

/** An answer as JSON, as the recordings have it. Places in the log are told as `@` and their position. */
export type Told =
  string | number | boolean | undefined | ReadonlyArray<Told> | { readonly [name: string]: Told };

export type ToldFields = Readonly<Record<string, Told>>;

/** A message's fields, without those that are not set and those that are empty. */
const fieldsOf = (value: unknown): Told => {
  if (Array.isArray(value)) return value.map(fieldsOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, inner]): [string, Told] => [name, fieldsOf(inner)])
        .filter(
          ([, inner]) => inner !== undefined && inner !== '' && !(Array.isArray(inner) && inner.length === 0),
        ),
    );
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
};

interface Positioned {
  readonly getCommitPosition: () => string;
  readonly getPreparePosition: () => string;
}

const placeOf = (position: Positioned | undefined): string => {
  if (position === undefined) return 'no position';
  const [commit, prepare] = [position.getCommitPosition(), position.getPreparePosition()];
  return commit === prepare ? `@${commit}` : `@${commit}/${prepare}`;
};

interface Success {
  readonly hasCurrentRevision: () => boolean;
  readonly getCurrentRevision: () => string;
  readonly getPosition: () => Positioned | undefined;
}

const writtenOf = (success: Success): ToldFields => ({
  written: [
    success.hasCurrentRevision() ? success.getCurrentRevision() : 'no stream',
    placeOf(success.getPosition()),
  ],
});

export const tellAppend = (response: AppendResp): ToldFields => {
  const success = response.getSuccess();
  if (success !== undefined) return writtenOf(success);
  const wrong = response.getWrongExpectedVersion();
  if (wrong === undefined) return {};
  const fields: ReadonlyArray<readonly [string, boolean, Told]> = [
    ['CurrentRevision2060', wrong.hasCurrentRevision2060(), wrong.getCurrentRevision2060()],
    ['NoStream2060', wrong.hasNoStream2060(), {}],
    ['ExpectedRevision2060', wrong.hasExpectedRevision2060(), wrong.getExpectedRevision2060()],
    ['Any2060', wrong.hasAny2060(), {}],
    ['StreamExists2060', wrong.hasStreamExists2060(), {}],
    ['CurrentRevision', wrong.hasCurrentRevision(), wrong.getCurrentRevision()],
    ['CurrentNoStream', wrong.hasCurrentNoStream(), {}],
    ['ExpectedRevision', wrong.hasExpectedRevision(), wrong.getExpectedRevision()],
    ['ExpectedAny', wrong.hasExpectedAny(), {}],
    ['ExpectedStreamExists', wrong.hasExpectedStreamExists(), {}],
    ['ExpectedNoStream', wrong.hasExpectedNoStream(), {}],
  ];
  return {
    WrongExpectedVersion: Object.fromEntries(
      fields.flatMap(([name, isSet, value]) => (isSet ? [[name, value]] : [])),
    ),
  };
};

interface Detail {
  readonly toObject: () => object;
}

const DETAILS: Readonly<Record<string, (bytes: Uint8Array) => Detail>> = {
  AccessDenied: (bytes) => shared.AccessDenied.deserializeBinary(bytes),
  BadRequest: (bytes) => shared.BadRequest.deserializeBinary(bytes),
  MaximumAppendSizeExceeded: (bytes) => shared.MaximumAppendSizeExceeded.deserializeBinary(bytes),
  StreamDeleted: (bytes) => shared.StreamDeleted.deserializeBinary(bytes),
  Timeout: (bytes) => shared.Timeout.deserializeBinary(bytes),
  WrongExpectedVersion: (bytes) => shared.WrongExpectedVersion.deserializeBinary(bytes),
};

const nameOf = (identifier: shared.StreamIdentifier | undefined): string | undefined =>
  identifier === undefined ? undefined : Buffer.from(identifier.getStreamName_asU8()).toString('utf8');

const detailsOf = (any: Any | undefined): Told => {
  if (any === undefined) return undefined;
  const read = DETAILS[any.getTypeUrl().split('.').at(-1) ?? ''];
  if (read === undefined) return any.getTypeUrl();
  const detail = read(any.getValue_asU8());
  return {
    [any.getTypeUrl()]:
      detail instanceof shared.StreamDeleted
        ? { streamIdentifier: nameOf(detail.getStreamIdentifier()) }
        : fieldsOf(detail.toObject()),
  };
};

const tellError = (error: Status): ToldFields => ({
  Error: { code: error.getCode(), message: error.getMessage(), details: detailsOf(error.getDetails()) },
});

const formOf = (id: shared.UUID | undefined): string =>
  id?.hasStructured() === true ? 'structured' : id?.hasString() === true ? 'string' : 'none';

export const tellBatch = (response: BatchAppendResp): ToldFields => {
  const success = response.getSuccess();
  const error = response.getError();
  return {
    correlation: formOf(response.getCorrelationId()),
    stream: nameOf(response.getStreamIdentifier()),
    ...(success === undefined ? {} : writtenOf(success)),
    ...(error === undefined ? {} : tellError(error)),
  };
};

const tellEvent = (read: ReadResp.ReadEvent): Told => {
  const event = read.getEvent();
  if (event === undefined) return 'no event';
  const place = placeOf(event);
  const id = event.getId();
  const metadata = Buffer.from(event.getCustomMetadata_asU8()).toString('utf8').slice(0, 60);
  return [
    nameOf(event.getStreamIdentifier()),
    event.getStreamRevision(),
    `@${read.getCommitPosition()}` === place ? place : `${place}, at ${read.getCommitPosition()}`,
    id?.hasString() === true ? id.getString() : formOf(id),
    event.getMetadataMap().get('type'),
    event.getMetadataMap().get('content-type'),
    Buffer.from(event.getData_asU8()).toString('utf8').slice(0, 60),
    ...(metadata === '' ? [] : [metadata]),
  ];
};

export const tellRead = (response: ReadResp): ToldFields => {
  const [event, confirmation, checkpoint] = [
    response.getEvent(),
    response.getConfirmation(),
    response.getCheckpoint(),
  ];
  if (event !== undefined) return { event: tellEvent(event) };
  if (confirmation !== undefined)
    return { Confirmation: { subscriptionId: confirmation.getSubscriptionId() } };
  if (checkpoint !== undefined) return { Checkpoint: placeOf(checkpoint) };
  if (response.hasStreamNotFound())
    return { StreamNotFound: nameOf(response.getStreamNotFound()?.getStreamIdentifier()) };
  if (response.hasFirstStreamPosition()) return { FirstStreamPosition: response.getFirstStreamPosition() };
  if (response.hasLastStreamPosition()) return { LastStreamPosition: response.getLastStreamPosition() };
  if (response.hasCaughtUp()) return { CaughtUp: {} };
  return response.hasFellBehind() ? { FellBehind: {} } : { unknown: true };
};

export const tellDone = (position: Positioned | undefined): ToldFields => ({ done: placeOf(position) });

/** Of the trailers, those that are the transport's own and not the server's. */
const TRANSPORT = new Set(['date', 'server', 'content-type', 'content-length']);

export const tellFailure = ({ code, details, metadata }: ServiceError): ToldFields => ({
  status: status[code],
  details,
  trailers: Object.fromEntries(
    Object.entries(metadata.getMap()).flatMap(([name, value]) =>
      TRANSPORT.has(name) ? [] : [[name, value.toString()]],
    ),
  ),
});
