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

export const streamDeleted = (stream: string): RpcError =>
  new RpcError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': encodeTrailer(stream),
  });

export const wrongExpectedVersion = (
  operation: string,
  stream: string,
  expected: bigint,
  actual: bigint,
): RpcError =>
  new RpcError(
    status.FAILED_PRECONDITION,
    `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ` +
      `${expected.toString()}, Actual version: ${actual.toString()}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': encodeTrailer(stream),
      'expected-version': expected.toString(),
      'actual-version': actual.toString(),
    },
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

export const operationTimedOut = (): RpcError => new RpcError(status.ABORTED, 'Operation timed out: ');

/** A node that serves nothing at present, and did nothing of what it was asked. */
export class NotServing extends RpcError {
  constructor(readonly reason: 'busy' | 'not-ready') {
    super(status.UNAVAILABLE, reason === 'busy' ? 'Server Is Too Busy' : 'Server Is Not Ready');
  }
}

/** What ASP.NET answers for an exception that no one caught: clients learn nothing of it. */
export const unhandled = (): RpcError => new RpcError(status.UNKNOWN, 'Exception was thrown by handler.');

/** Trailers are ASCII; what is not is left out as the real server's framework refuses it. */
const encodeTrailer = (value: string): string => value.replace(/[^\x20-\x7e]/g, '?');
