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
    `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected.toString()}, Actual version: ${actual.toString()}`,
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

export const noLeaderInfo = (): RpcError =>
  new RpcError(status.UNKNOWN, 'No leader info available in response');

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

export const invalidPosition = (): RpcError =>
  new RpcError(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const invalidArgument = (details: string): RpcError => new RpcError(status.INVALID_ARGUMENT, details);

export const operationTimedOut = (): RpcError => new RpcError(status.ABORTED, 'Operation timed out: ');

export const serverBusy = (): RpcError => new RpcError(status.UNAVAILABLE, 'Server Is Too Busy');

/** What ASP.NET answers for an exception that no one caught: clients learn nothing of it. */
export const unhandled = (): RpcError => new RpcError(status.UNKNOWN, 'Exception was thrown by handler.');

/** Trailers are ASCII; what is not is left out as the real server's framework refuses it. */
const encodeTrailer = (value: string): string => value.replace(/[^\x20-\x7e]/g, '?');
