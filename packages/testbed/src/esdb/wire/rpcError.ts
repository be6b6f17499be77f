import { Metadata, status } from '@grpc/grpc-js';

/** A call that fails: gRPC status, message, and the trailers that clients read. */
export class RpcError extends Error {
  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string>> = {},
  ) {
    super(details);
    this.name = 'RpcError';
    this.metadata = Metadata.fromHttp2Headers(trailers);
  }
  readonly metadata: Metadata;
}

/**
 * The real server puts a stream's name into a trailer as it is. Where it is not ASCII, its HTTP layer answers with
 * status 500 in place of the failure, and this is what gRPC clients make of that.
 */
const aboutStream = (stream: string, failure: () => RpcError): RpcError =>
  /^[\x20-\x7e]*$/.test(stream) ? failure() : new RpcError(status.UNKNOWN, 'Received HTTP status code 500');

export const streamDeleted = (stream: string): RpcError =>
  aboutStream(
    stream,
    () =>
      new RpcError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
        exception: 'stream-deleted',
        'stream-name': stream,
      }),
  );

export const wrongExpectedVersion = (
  operation: string,
  stream: string,
  expected: bigint,
  actual: bigint,
): RpcError =>
  aboutStream(
    stream,
    () =>
      new RpcError(
        status.FAILED_PRECONDITION,
        `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ` +
          `${expected.toString()}, Actual version: ${actual.toString()}`,
        {
          exception: 'wrong-expected-version',
          'stream-name': stream,
          'expected-version': expected.toString(),
          'actual-version': actual.toString(),
        },
      ),
  );

export const accessDenied = (): RpcError =>
  new RpcError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const unauthenticated = (): RpcError => new RpcError(status.UNAUTHENTICATED, 'Unauthenticated');

export const notLeader = (host: string, port: number): RpcError =>
  new RpcError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const maximumAppendSizeExceeded = (limit: number): RpcError =>
  new RpcError(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const maximumAppendEventSizeExceeded = (event: string, size: number, limit: number): RpcError =>
  new RpcError(
    status.INVALID_ARGUMENT,
    `Event with Id: ${event}, Size: ${size}, exceeds Maximum Append Event Size of ${limit}.`,
    {
      exception: 'maximum-append-event-size-exceeded',
      'event-id': event,
      'proposed-event-size': String(size),
      'maximum-append-event-size': String(limit),
    },
  );

export const requiredMetadataMissing = (property: string): RpcError =>
  new RpcError(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

/** What the real server says of a result that it has no error for. */
export const unexpectedResult = (type: string, result: string): RpcError =>
  new RpcError(status.UNKNOWN, `Unexpected ${type}: ${result}`);

export const invalidPosition = (): RpcError =>
  new RpcError(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const invalidCombination = (...parts: ReadonlyArray<string>): RpcError =>
  new RpcError(status.INVALID_ARGUMENT, `The combination of (${parts.join(', ')}) is invalid.`);

export const invalidArgument = (details: string): RpcError => new RpcError(status.INVALID_ARGUMENT, details);

/** A choice in a message that has to be made, and was not. */
export const noneIsInvalid = (type: string): RpcError =>
  invalidArgument(`'None' is not a valid EventStore.Client.Streams.${type}`);

/** A write took too long: before it was written, or before readers could see it. */
export const operationTimedOut = (phase: 'Prepare' | 'Commit'): RpcError =>
  new RpcError(status.ABORTED, `Operation timed out: ${phase} phase timeout.`);

export const consumerTooSlow = (state: 'live' | 'transitioning to live'): RpcError =>
  new RpcError(
    status.ABORTED,
    `Operation timed out: Consumer too slow to handle event while ${state}. Client resubscription required.`,
  );

/** A node that serves nothing at present, and did nothing of what it was asked. */
export class NotServing extends RpcError {
  constructor(readonly reason: 'busy' | 'not-ready') {
    super(status.UNAVAILABLE, reason === 'busy' ? 'Server Is Too Busy' : 'Server Is Not Ready');
  }
}

/**
 * What ASP.NET answers for an exception that no one caught: clients learn nothing of it. In a batch they are told what
 * .NET said.
 */
export class Unhandled extends RpcError {
  constructor(readonly said: string) {
    super(status.UNKNOWN, 'Exception was thrown by handler.');
  }
}

export const unhandled = (said = ''): RpcError => new Unhandled(said);
