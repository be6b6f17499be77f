import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { AppendResp, type AppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { handleClientStreamingCall } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import type { ProposedEvent } from '../log/record';
import { append, type Expected, type WriteRefusal, type Written } from '../log/writing';
import { readStreamName } from '../wire/messages';
import { maximumAppendSizeExceeded, operationTimedOut, streamDeleted, unhandled } from '../wire/rpcError';
import type { ServiceContext } from './context';
import { readExpected } from './expected';
import { answer, checkAccess, performWrite } from './performing';
import { readProposal, sizeOfProposal } from './proposals';

interface Request {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: ReadonlyArray<ProposedEvent>;
}

const readRequest = (messages: ReadonlyArray<AppendReq>, maxAppendBytes: number): Request => {
  const [first, ...rest] = messages;
  const options = first?.getOptions();
  if (options === undefined) throw unhandled();
  const events: ProposedEvent[] = [];
  let size = 0;
  for (const message of rest) {
    const proposed = message.getProposedMessage();
    if (proposed === undefined) throw unhandled();
    const event = readProposal(proposed);
    size += sizeOfProposal(event);
    if (size > maxAppendBytes) throw maximumAppendSizeExceeded(maxAppendBytes);
    events.push(event);
  }
  return {
    stream: readStreamName(options.getStreamIdentifier()),
    expected: readExpected(options, options.hasRevision() ? options.getRevision() : null),
    events,
  };
};

const successOf = ({ revision, position }: Written): AppendResp => {
  const success = new AppendResp.Success();
  if (revision === null) success.setNoStream(new Empty());
  else success.setCurrentRevision(revision.toString());
  if (position === null) success.setNoPosition(new Empty());
  else {
    const text = position.toString();
    success.setPosition(new AppendResp.Position().setCommitPosition(text).setPreparePosition(text));
  }
  return new AppendResp().setSuccess(success);
};

const wrongVersionOf = (expected: Expected, current: bigint | null): AppendResp => {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (expected === 'any') wrong.setExpectedAny(new Empty());
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new Empty());
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new Empty());
  else wrong.setExpectedRevision(expected.toString());
  if (current === null) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentRevision(current.toString());
  return new AppendResp().setWrongExpectedVersion(wrong);
};

const responseOf = ({ stream, expected }: Request, result: E.Either<WriteRefusal, Written>): AppendResp => {
  if (E.isRight(result)) return successOf(result.right);
  if (result.left.kind === 'stream-deleted') throw streamDeleted(stream);
  return wrongVersionOf(expected, result.left.current);
};

/** `Append`: one append for each call. Its messages are the options, then an event each. */
export const makeAppend =
  (context: ServiceContext): handleClientStreamingCall<AppendReq, AppendResp> =>
  (call, callback) => {
    const messages: AppendReq[] = [];
    call.on('data', (message: AppendReq) => messages.push(message));
    call.on('end', () =>
      answer(callback, async () => {
        const request = readRequest(messages, context.maxAppendBytes);
        checkAccess(context, call, 'write', request.stream);
        const performed = await performWrite(context, call, () =>
          append(context.log, request.stream, request.expected, request.events),
        );
        if (performed.kind === 'dropped') return 'dropped';
        if (performed.kind === 'timed-out') throw operationTimedOut();
        return responseOf(request, performed.value);
      }),
    );
  };
