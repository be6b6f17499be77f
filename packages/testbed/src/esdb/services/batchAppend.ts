import type { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendResp, type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { mayAccess } from '../access/acl';
import type { Caller } from '../access/users';
import type { ProposedEvent } from '../log/record';
import { append, type Expected, type WriteRefusal, type Written } from '../log/writing';
import {
  accessDeniedStatus,
  badRequestStatus,
  maximumAppendSizeStatus,
  notServingStatus,
  streamDeletedStatus,
  timeoutStatus,
  wrongExpectedVersionStatus,
} from '../wire/batchStatus';
import {
  readStreamName,
  readUuid,
  writeAllStreamPosition,
  writeStreamName,
  writeUuid,
} from '../wire/messages';
import { NotServing } from '../wire/rpcError';
import type { ServiceContext } from './context';
import { readExpected } from './expected';
import { performWrite, rpcErrorOf } from './performing';
import { readProposal, sizeOfProposal } from './proposals';

/** An append whose last message has not come yet. */
interface Pending {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: ProposedEvent[];
  /** When it is given up, in milliseconds since 1970. */
  readonly deadline: number;
  size: number;
}

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

const successOf = ({ revision, position }: Written): BatchAppendResp => {
  const success = new BatchAppendResp.Success();
  if (revision === null) success.setNoStream(new Empty());
  else success.setCurrentRevision(revision.toString());
  if (position === null) success.setNoPosition(new Empty());
  else success.setPosition(writeAllStreamPosition(position));
  return new BatchAppendResp().setSuccess(success);
};

const errorOf = (status: Status): BatchAppendResp => new BatchAppendResp().setError(status);

const responseOf = (
  { stream, expected }: Pending,
  result: E.Either<WriteRefusal, Written>,
): BatchAppendResp =>
  E.isRight(result)
    ? successOf(result.right)
    : errorOf(
        result.left.kind === 'stream-deleted'
          ? streamDeletedStatus(stream)
          : wrongExpectedVersionStatus(expected, result.left.current),
      );

/** The longest that a write may take, whatever its sender allows: the real server's `WriteTimeout`. */
const WRITE_TIMEOUT_MS = 2_000;

const begin = (options: BatchAppendReq.Options): Pending => {
  const asked = options.getDeadline()?.toDate().getTime() ?? Infinity;
  return {
    stream: readStreamName(options.getStreamIdentifier()),
    expected: readExpected(options, options.hasStreamPosition() ? options.getStreamPosition() : null),
    events: [],
    deadline: Math.min(asked, Date.now() + WRITE_TIMEOUT_MS),
    size: 0,
  };
};

/** Answers of one call. Each append is answered once: an answer after its time is up is dropped. */
const makeReplies = (call: BatchCall) => {
  const answered = new Set<string>();
  return (correlation: string, stream: string, response: BatchAppendResp): void => {
    if (answered.has(correlation)) return;
    answered.add(correlation);
    call.write(
      response.setCorrelationId(writeUuid(correlation)).setStreamIdentifier(writeStreamName(stream)),
    );
  };
};

/**
 * Appends what is complete, and answers by the deadline whether or not it has ended by then. False: the connection is
 * cut.
 */
const complete = async (
  context: ServiceContext,
  call: BatchCall,
  pending: Pending,
  reply: (response: BatchAppendResp) => void,
): Promise<boolean> => {
  const timer = setTimeout(() => reply(errorOf(timeoutStatus())), pending.deadline - Date.now());
  try {
    const performed = await performWrite(context, call, () =>
      append(context.log, pending.stream, pending.expected, pending.events),
    );
    if (performed.kind === 'timed-out') reply(errorOf(timeoutStatus()));
    else if (performed.kind === 'done') reply(responseOf(pending, performed.value));
    return performed.kind !== 'dropped';
  } catch (error) {
    // Of what keeps an append from being begun, only that the leader is elsewhere ends the call.
    if (!(error instanceof NotServing)) throw error;
    reply(errorOf(notServingStatus(error.reason)));
    return true;
  } finally {
    clearTimeout(timer);
  }
};

/** `BatchAppend`: many appends over one call, told apart by their correlation ids, done in the order of their ends. */
export const makeBatchAppend =
  (context: ServiceContext): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> =>
  (call) => {
    const pendings = new Map<string, Pending>();
    const reply = makeReplies(call);
    let caller: Caller | undefined;
    let connected = true;

    const receive = async (request: BatchAppendReq): Promise<void> => {
      caller ??= context.callerOf(call);
      const correlation = readUuid(request.getCorrelationId());
      const options = request.getOptions();
      if (options !== undefined) {
        const begun = begin(options);
        if (!mayAccess(context.log, caller, 'write', begun.stream)) {
          reply(correlation, begun.stream, errorOf(accessDeniedStatus()));
          return;
        }
        if (begun.deadline <= Date.now()) {
          reply(correlation, begun.stream, errorOf(timeoutStatus()));
          return;
        }
        pendings.set(correlation, begun);
      }
      const pending = pendings.get(correlation);
      if (pending === undefined) return;
      try {
        for (const message of request.getProposedMessagesList()) {
          const event = readProposal(message);
          pending.size += sizeOfProposal(event);
          pending.events.push(event);
        }
      } catch (error) {
        pendings.delete(correlation);
        reply(correlation, pending.stream, errorOf(badRequestStatus(rpcErrorOf(error).details)));
        return;
      }
      if (pending.size > context.maxAppendBytes) {
        pendings.delete(correlation);
        reply(correlation, pending.stream, errorOf(maximumAppendSizeStatus(context.maxAppendBytes)));
        return;
      }
      if (!request.getIsFinal()) return;
      pendings.delete(correlation);
      connected = await complete(context, call, pending, (response) =>
        reply(correlation, pending.stream, response),
      );
    };

    let work = Promise.resolve();
    call.on('data', (request: BatchAppendReq) => {
      work = work
        .then(() => (connected && !call.cancelled ? receive(request) : undefined))
        .catch((error: unknown) => {
          call.emit('error', rpcErrorOf(error));
        });
    });
    call.on('end', () => {
      void work.then(() => call.end());
    });
  };
