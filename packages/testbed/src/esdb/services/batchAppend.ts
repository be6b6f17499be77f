import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import type { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendResp, type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import type { Caller } from '../access/users';
import type { ProposedEvent } from '../log/record';
import { append, type Expected, type Written } from '../log/writing';
import {
  accessDeniedStatus,
  badRequestStatus,
  maximumAppendEventSizeStatus,
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
import { NotServing, Unhandled, unhandled } from '../wire/rpcError';
import type { ServiceContext } from './context';
import { readExpected } from './expected';
import { beginWrite, isAllowed, rpcErrorOf, type Performed } from './performing';
import { exceedsEventLimit, readProposal, sizeOfProposal } from './proposals';

/** An append whose last message has not come yet. */
interface Pending {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: ProposedEvent[];
  /** Gives it up: it is answered with a time-out. */
  readonly timer: NodeJS.Timeout;
  size: number;
}

/** What names an append in its answers. */
interface Answered {
  readonly correlation: UUID | undefined;
  readonly stream: StreamIdentifier | undefined;
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
  performed: Exclude<Performed<Written>, { readonly kind: 'dropped' }>,
): BatchAppendResp => {
  switch (performed.kind) {
    case 'done':
      return successOf(performed.value);
    case 'timed-out':
      return errorOf(timeoutStatus());
    case 'refused':
      return errorOf(
        performed.refusal.kind === 'stream-deleted'
          ? streamDeletedStatus(stream)
          : wrongExpectedVersionStatus(expected, performed.refusal.current),
      );
  }
};

/** What .NET says of a request that could not be read, for an append in a batch. */
const badRequestOf = (error: unknown): Status => {
  const failure = rpcErrorOf(error);
  return badRequestStatus(
    failure instanceof Unhandled
      ? failure.said
      : `Status(StatusCode="InvalidArgument", Detail="${failure.details}")`,
  );
};

const missing = (): Error => unhandled('The given key was not present in the dictionary.');

/** The appends of one call, by their correlation ids. */
class Batch {
  readonly #context: ServiceContext;
  readonly #call: BatchCall;
  readonly #pendings = new Map<string, Pending>();
  readonly #unanswered = new Set<Promise<void>>();
  #caller: Caller | undefined;
  #dropped = false;

  constructor(context: ServiceContext, call: BatchCall) {
    this.#context = context;
    this.#call = call;
  }

  /** Takes a message; ends when the append that it completes was handed to the log. */
  async receive(request: BatchAppendReq): Promise<void> {
    if (this.#dropped || this.#call.cancelled) return;
    this.#caller ??= this.#context.callerOf(this.#call);
    const pending = this.#read(request, this.#caller);
    if (pending === undefined) return;
    const answered = {
      correlation: request.getCorrelationId(),
      stream: writeStreamName(pending.stream),
    };
    const { log } = this.#context;
    try {
      const { ended } = await beginWrite(this.#context, this.#call, () =>
        append(log, pending.stream, pending.expected, pending.events),
      );
      const answering = ended.then((performed) => {
        this.#unanswered.delete(answering);
        if (performed.kind === 'dropped') this.#dropped = true;
        else this.#reply(answered, responseOf(pending, performed));
      });
      this.#unanswered.add(answering);
    } catch (error) {
      // Of what keeps an append from being begun, only that the leader is elsewhere ends the call.
      if (!(error instanceof NotServing)) throw error;
      this.#reply(answered, errorOf(notServingStatus(error.reason)));
    }
  }

  /** Ends when everything that was handed to the log is answered. */
  async answered(): Promise<void> {
    await Promise.all(this.#unanswered);
  }

  /** Gives up what is not complete, without an answer. */
  abandon(): void {
    for (const id of [...this.#pendings.keys()]) this.#take(id);
  }

  #reply({ correlation, stream }: Answered, response: BatchAppendResp): void {
    if (!this.#dropped && !this.#call.cancelled)
      this.#call.write(response.setCorrelationId(correlation).setStreamIdentifier(stream));
  }

  /** The append that is complete with this message. What can't be read stays pending, and times out besides. */
  #read(request: BatchAppendReq, caller: Caller): Pending | undefined {
    const correlation = request.getCorrelationId();
    const options = request.getOptions();
    try {
      const id = readUuid(correlation);
      if (options !== undefined && !this.#begin(id, correlation, options, caller)) return undefined;
      const pending = this.#pendings.get(id);
      if (pending === undefined) return undefined;
      this.#add(id, correlation, pending, request.getProposedMessagesList());
      if (!request.getIsFinal() || this.#take(id) === undefined) return undefined;
      if (pending.stream === '') throw unhandled(this.#context.version.emptyStreamName);
      return pending;
    } catch (error) {
      const answered = { correlation, stream: options?.getStreamIdentifier() };
      this.#reply(answered, errorOf(badRequestOf(error)));
      return undefined;
    }
  }

  #begin(
    id: string,
    correlation: UUID | undefined,
    options: BatchAppendReq.Options,
    caller: Caller,
  ): boolean {
    const answered = { correlation, stream: options.getStreamIdentifier() };
    const stream = readStreamName(answered.stream);
    if (!isAllowed(this.#context, caller, 'write', stream)) {
      this.#reply(answered, errorOf(accessDeniedStatus()));
      return false;
    }
    const asked = (options.getDeadline()?.toDate().getTime() ?? Infinity) - Date.now();
    if (asked <= 0) {
      this.#reply(answered, errorOf(timeoutStatus()));
      return false;
    }
    if (this.#pendings.has(id)) return true;
    const expected = readExpected(
      options,
      options.hasStreamPosition() ? options.getStreamPosition() : null,
      'BatchAppendReq+Types+Options+ExpectedStreamPositionOneofCase',
    );
    const giveUp = (): void => {
      if (this.#take(id) === undefined) return;
      const named = { correlation: writeUuid(id, 'numbers'), stream: writeStreamName(stream) };
      this.#reply(named, errorOf(timeoutStatus()));
    };
    const timer = setTimeout(giveUp, Math.min(asked, this.#context.writeTimeoutMs));
    this.#pendings.set(id, { stream, expected, events: [], timer, size: 0 });
    return true;
  }

  /** Adds events to an append; one that is too large with them is refused, and forgotten. */
  #add(
    id: string,
    correlation: UUID | undefined,
    pending: Pending,
    messages: ReadonlyArray<BatchAppendReq.ProposedMessage>,
  ): void {
    const refuse = (status: Status): void => {
      this.#take(id);
      this.#reply({ correlation, stream: writeStreamName(pending.stream) }, errorOf(status));
    };
    const { maxAppendBytes, maxAppendEventBytes } = this.#context;
    for (const message of messages) {
      const event = readProposal(message, missing);
      const size = sizeOfProposal(this.#context, message);
      if (exceedsEventLimit(this.#context, size)) {
        refuse(maximumAppendEventSizeStatus(event.id, size, maxAppendEventBytes));
        return;
      }
      pending.size += size;
      pending.events.push(event);
    }
    if (pending.size > maxAppendBytes) refuse(maximumAppendSizeStatus(maxAppendBytes));
  }

  #take(id: string): Pending | undefined {
    const pending = this.#pendings.get(id);
    clearTimeout(pending?.timer);
    this.#pendings.delete(id);
    return pending;
  }
}

/** `BatchAppend`: many appends over one call, told apart by their correlation ids, done in the order of their ends. */
export const makeBatchAppend =
  (context: ServiceContext): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> =>
  (call) => {
    const batch = new Batch(context, call);
    let work = Promise.resolve();
    call.on('data', (request: BatchAppendReq) => {
      work = work
        .then(() => batch.receive(request))
        .catch((error: unknown) => {
          batch.abandon();
          call.emit('error', rpcErrorOf(error));
        });
    });
    call.on('end', () => {
      void work.then(() => batch.answered()).then(() => call.end());
    });
    for (const over of ['cancelled', 'close']) call.on(over, () => batch.abandon());
  };
