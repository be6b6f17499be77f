import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { handleClientStreamingCall, ServerReadableStream } from '@grpc/grpc-js';
import type { ProposedEvent } from '../log/record';
import { append, type Expected } from '../log/writing';
import { appendSuccess, appendWrongVersion } from '../wire/appendResponse';
import { readStreamName } from '../wire/messages';
import {
  maximumAppendEventSizeExceeded,
  maximumAppendSizeExceeded,
  operationTimedOut,
  requiredMetadataMissing,
  streamDeleted,
  unhandled,
} from '../wire/rpcError';
import type { ServiceContext } from './context';
import { readExpected } from './expected';
import { answer, checkAccess, performWrite } from './performing';
import { exceedsEventLimit, readProperty, readProposal, sizeOfProposal } from './proposals';

interface Request {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: ProposedEvent[];
  size: number;
}

type AppendCall = ServerReadableStream<AppendReq, AppendResp>;

const begin = (context: ServiceContext, call: AppendCall, message: AppendReq): Request => {
  const options = message.getOptions();
  if (options === undefined) throw unhandled();
  const expected = readExpected(
    options,
    options.hasRevision() ? options.getRevision() : null,
    'AppendReq+Types+Options+ExpectedStreamRevisionOneofCase',
  );
  const stream = readStreamName(options.getStreamIdentifier());
  checkAccess(context, call, 'write', stream);
  if (stream === '') throw unhandled();
  return { stream, expected, events: [], size: 0 };
};

const add = (context: ServiceContext, request: Request, message: AppendReq): void => {
  const proposed = message.getProposedMessage();
  if (proposed === undefined) throw unhandled();
  readProperty(proposed, 'type', requiredMetadataMissing);
  readProperty(proposed, 'content-type', requiredMetadataMissing);
  const size = sizeOfProposal(context, proposed);
  if (exceedsEventLimit(context, size)) {
    const id = proposed.getId()?.getString() ?? '';
    throw maximumAppendEventSizeExceeded(id, size, context.maxAppendEventBytes);
  }
  request.size += size;
  if (request.size > context.maxAppendBytes) throw maximumAppendSizeExceeded(context.maxAppendBytes);
  request.events.push(readProposal(proposed, requiredMetadataMissing));
};

/** Reads the messages as they come, and fails with the first that is wrong: what follows it is not kept. */
const receive = (context: ServiceContext, call: AppendCall): Promise<Request> =>
  new Promise((resolve, reject) => {
    let request: Request | undefined;
    const take = (message: AppendReq): void => {
      try {
        if (request === undefined) request = begin(context, call, message);
        else add(context, request, message);
      } catch (error) {
        call.removeListener('data', take);
        call.resume();
        reject(error instanceof Error ? error : unhandled());
      }
    };
    call.on('data', take);
    call.on('end', () => {
      if (request === undefined) reject(unhandled());
      else resolve(request);
    });
  });

/** `Append`: one append for each call. Its messages are the options, then an event each. */
export const makeAppend =
  (context: ServiceContext): handleClientStreamingCall<AppendReq, AppendResp> =>
  (call, callback) =>
    answer(callback, async () => {
      const { stream, expected, events } = await receive(context, call);
      const performed = await performWrite(context, call, () =>
        append(context.log, stream, expected, events),
      );
      switch (performed.kind) {
        case 'dropped':
          return 'dropped';
        case 'timed-out':
          throw operationTimedOut(performed.phase);
        case 'done':
          return appendSuccess(performed.value);
        case 'refused':
          if (performed.refusal.kind === 'stream-deleted') throw streamDeleted(stream);
          return appendWrongVersion(expected, performed.refusal.current);
      }
    });
