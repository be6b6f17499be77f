import {
  AccessDeniedError,
  CancelledError,
  convertToCommandError,
  DeadlineExceededError,
  InvalidArgumentError,
  isCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
  UnavailableError,
} from '@eventstore/db-client';
import { Metadata } from '@grpc/grpc-js';
import { StoreFault, type StoreFaultCode } from '@keyturn/event-store';

/** Statuses that the client has no class for. From gRPC's list: they are part of the protocol. */
const UNKNOWN = 2;
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const INTERNAL = 13;

/** An error of the client or of gRPC, told by what can be done about it. */
export type Trouble =
  | { readonly kind: 'not-leader' }
  /** Turned away before anything was done. */
  | { readonly kind: 'turned-away' }
  /** The connection, the node, or the time for an answer is gone. */
  | { readonly kind: 'broken-off' }
  /** The server gave up waiting for what it was asked to do. */
  | { readonly kind: 'timed-out' }
  /** The message could not be put into bytes, so nothing was sent. */
  | { readonly kind: 'unsendable' }
  | { readonly kind: 'access-denied' | 'stream-deleted' | 'too-large' | 'invalid' | 'unforeseen' };

/**
 * Whole texts of gRPC and the client for calls that never left this process: a server may use the same words within its
 * own. The last is that of a call that waited for its connection while another call's failure had the channel closed.
 */
const NEVER_LEFT = [
  /^14 UNAVAILABLE: (?:\w+: )?No connection established(?:$|\. )/,
  /^14 UNAVAILABLE: Name resolution failed for target /,
  /^Failed to discover after \d+ attempts\.$/,
  /^Failed to connect before the deadline$/,
  /^(?:The c|C)hannel has been (?:closed|shut down)\.?$/,
  /^14 UNAVAILABLE: Channel closed before call started$/,
];

/** The server's words for what it did not begin. */
const NEVER_BEGUN = /Server (?:Is )?(?:Not Ready|Too Busy|Busy)|No leader info available/i;

/** gRPC's words, as the whole beginning of a text. */
const UNSENDABLE = /^13 INTERNAL: Request message serialization failure: /;

/** What newer servers call an append of which one event is too large. The client has no class for it. */
const EVENT_TOO_LARGE = 'maximum-append-event-size-exceeded';

/** Whether nothing of what was written to the call can have reached a server. */
export const neverLeft = (error: Error): boolean => NEVER_LEFT.some((words) => words.test(error.message));

const statusOf = (error: Error): number | null =>
  'code' in error && typeof error.code === 'number' ? error.code : null;

const exceptionOf = (error: Error): string | null => {
  const trailers: unknown = 'metadata' in error ? error.metadata : null;
  return trailers instanceof Metadata ? (trailers.get('exception')[0]?.toString() ?? null) : null;
};

export const troubleOf = (thrown: unknown): Trouble => {
  if (!(thrown instanceof Error)) return { kind: 'unforeseen' };
  const error = isCommandError(thrown) ? thrown : convertToCommandError(thrown);
  if (error instanceof NotLeaderError) return { kind: 'not-leader' };
  if (neverLeft(error) || NEVER_BEGUN.test(error.message)) return { kind: 'turned-away' };
  if (UNSENDABLE.test(thrown.message)) return { kind: 'unsendable' };
  if (error instanceof AccessDeniedError || statusOf(thrown) === PERMISSION_DENIED) {
    return { kind: 'access-denied' };
  }
  if (error instanceof StreamDeletedError) return { kind: 'stream-deleted' };
  if (error instanceof MaxAppendSizeExceededError || exceptionOf(thrown) === EVENT_TOO_LARGE)
    return { kind: 'too-large' };
  if (error instanceof InvalidArgumentError || statusOf(thrown) === INVALID_ARGUMENT)
    return { kind: 'invalid' };
  if (error instanceof TimeoutError) return { kind: 'timed-out' };
  if (
    error instanceof UnavailableError ||
    error instanceof CancelledError ||
    error instanceof DeadlineExceededError ||
    statusOf(thrown) === INTERNAL ||
    statusOf(thrown) === RESOURCE_EXHAUSTED ||
    statusOf(thrown) === UNKNOWN
  ) {
    return { kind: 'broken-off' };
  }
  return { kind: 'unforeseen' };
};

/** Whether the same call may go through later, without anybody's doing. */
export const isPassing = ({ kind }: Trouble): boolean =>
  kind === 'not-leader' || kind === 'turned-away' || kind === 'broken-off' || kind === 'timed-out';

const HINTS: ReadonlyArray<readonly [RegExp, string]> = [
  [/certificate/i, 'Its certificate is not trusted: name the file of its authority as tlsCAFile.'],
  [/wrong version number/i, 'It does not speak TLS: see to tls in the connection string.'],
  [/Name resolution failed|ENOTFOUND/i, 'There is no such host: see to the connection string.'],
  [
    /ECONNREFUSED/,
    'Nothing listens there: see that the server runs, and to the port of the connection string.',
  ],
];

const nextOf = (error: unknown): string => {
  const said = error instanceof Error ? error.message : '';
  const hint = HINTS.find(([pattern]) => pattern.test(said))?.[1];
  return hint ?? 'See that the server runs and can be reached, then try again.';
};

const codeOf = ({ kind }: Trouble, writing: boolean): StoreFaultCode => {
  switch (kind) {
    case 'not-leader':
    case 'turned-away':
      return 'unavailable';
    case 'broken-off':
    case 'timed-out':
    case 'unforeseen':
      return writing ? 'outcome-unknown' : 'unavailable';
    case 'invalid':
    case 'unsendable':
      return 'invalid-argument';
    case 'stream-deleted':
      // So reads end for a stream with a tombstone alone. What else was deleted reads as not there.
      return 'stream-tombstoned';
    case 'access-denied':
    case 'too-large':
      return kind;
  }
};

/** Another client of the store, loaded later, takes the messages of this one over: both write into one global. */
export const UNSENDABLE_WORDS =
  'its message could not be put into bytes, and nothing was sent. ' +
  'Load no other client of EventStoreDB or KurrentDB in this process.';

const sentenceOf = (code: StoreFaultCode, what: string, error: unknown): string => {
  switch (code) {
    case 'outcome-unknown':
      return `${what}: the event store gave no answer. It may have been done; send the same again.`;
    case 'access-denied':
      return `${what}: the event store does not permit it. See to the user's name, password and permissions.`;
    case 'stream-tombstoned':
      return `${what}: the stream has a tombstone in the event store, which can't be taken back. Restore a backup.`;
    case 'too-large':
      return `${what}: more than the event store takes at once. Nothing was written; append less at once.`;
    case 'invalid-argument':
      if (troubleOf(error).kind === 'unsendable') return `${what}: ${UNSENDABLE_WORDS}`;
      return `${what}: the event store does not take this call. What it said is the cause of this fault.`;
    default:
      return `${what}: the event store is not available. ${nextOf(error)}`;
  }
};

/**
 * The fault of a call. Its cause is the error of the client, which has what the server answered, and nothing of what
 * was sent to it: no credentials.
 *
 * @param what - what was tried, as the beginning of a sentence
 */
export const storeFaultOf = (error: unknown, what: string, writing = false): StoreFault => {
  if (error instanceof StoreFault) return error;
  const code = codeOf(troubleOf(error), writing);
  return new StoreFault(code, sentenceOf(code, what, error), { cause: error });
};
