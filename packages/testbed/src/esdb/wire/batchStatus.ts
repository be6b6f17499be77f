import { Code } from '@eventstore/db-client/generated/code_pb';
import {
  AccessDenied,
  BadRequest,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  Timeout,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { BinaryWriter } from 'google-protobuf';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import type { Expected } from '../log/writing';
import { writeStreamName } from './messages';

interface Detail {
  readonly serializeBinary: () => Uint8Array;
}

/** A `google.rpc.Status` whose detail is the event store's message of that name. */
const statusOf = (code: Code, name: string, detail: Detail): Status => {
  const any = new Any();
  any.pack(detail.serializeBinary(), `event_store.client.${name}`);
  return new Status().setCode(code).setMessage(name).setDetails(any);
};

export const wrongExpectedVersionStatus = (expected: Expected, current: bigint | null): Status => {
  const wrong = new WrongExpectedVersion();
  if (expected === 'any') wrong.setExpectedAny(new Empty());
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new Empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new Empty());
  else wrong.setExpectedStreamPosition(expected.toString());
  if (current === null) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentStreamRevision(current.toString());
  return statusOf(Code.ALREADY_EXISTS, 'WrongExpectedVersion', wrong);
};

export const streamDeletedStatus = (stream: string): Status =>
  statusOf(Code.NOT_FOUND, 'StreamDeleted', new StreamDeleted().setStreamIdentifier(writeStreamName(stream)));

export const accessDeniedStatus = (): Status =>
  statusOf(Code.PERMISSION_DENIED, 'AccessDenied', new AccessDenied());

export const timeoutStatus = (): Status => statusOf(Code.DEADLINE_EXCEEDED, 'Timeout', new Timeout());

export const maximumAppendSizeStatus = (limit: number): Status =>
  statusOf(
    Code.INVALID_ARGUMENT,
    'MaximumAppendSizeExceeded',
    new MaximumAppendSizeExceeded().setMaxappendsize(limit),
  );

/** Its message is of servers since 24.10.4, and the client has no definition of it: an id and two numbers. */
export const maximumAppendEventSizeStatus = (event: string, size: number, limit: number): Status => {
  const detail = new BinaryWriter();
  detail.writeString(1, event);
  detail.writeUint32(2, size);
  detail.writeUint32(3, limit);
  return statusOf(Code.INVALID_ARGUMENT, 'MaximumAppendEventSizeExceeded', {
    serializeBinary: () => detail.getResultBuffer(),
  });
};

/** Has no code: the real server leaves it out. */
export const notServingStatus = (reason: 'busy' | 'not-ready'): Status => {
  const any = new Any();
  any.pack(new Empty().serializeBinary(), 'google.protobuf.Empty');
  return new Status()
    .setMessage(reason === 'busy' ? 'Server Is Busy' : 'Server Is Not Ready')
    .setDetails(any);
};

export const badRequestStatus = (message: string): Status =>
  statusOf(Code.INVALID_ARGUMENT, 'BadRequest', new BadRequest().setMessage(message));
