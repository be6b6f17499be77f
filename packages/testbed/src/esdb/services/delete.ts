import {
  DeleteResp,
  TombstoneResp,
  type DeleteReq,
  type TombstoneReq,
} from '@eventstore/db-client/generated/streams_pb';
import type { handleUnaryCall } from '@grpc/grpc-js';
import type * as E from 'fp-ts/Either';
import type { EventLog } from '../log/eventLog';
import { deleteStream, tombstoneStream, type Expected, type WriteRefusal } from '../log/writing';
import { readStreamName } from '../wire/messages';
import { operationTimedOut, streamDeleted, unhandled, wrongExpectedVersion } from '../wire/rpcError';
import type { Call, ServiceContext } from './context';
import { expectedNumber, readExpected } from './expected';
import { answer, checkAccess, performWrite } from './performing';

type Options = DeleteReq.Options | TombstoneReq.Options;
type Deletion = (log: EventLog, stream: string, expected: Expected) => E.Either<WriteRefusal, bigint>;

/** Deletes in one of the two ways; gives the position, or null when the connection was cut. */
const perform = async (
  context: ServiceContext,
  call: Call,
  options: Options | undefined,
  request: 'DeleteReq' | 'TombstoneReq',
  deletion: Deletion,
): Promise<string | null> => {
  if (options === undefined) throw unhandled();
  const stream = readStreamName(options.getStreamIdentifier());
  const revision = options.hasRevision() ? options.getRevision() : null;
  const expected = readExpected(
    options,
    revision,
    `${request}+Types+Options+ExpectedStreamRevisionOneofCase`,
  );
  checkAccess(context, call, 'delete', stream);
  const performed = await performWrite(context, call, () => deletion(context.log, stream, expected));
  switch (performed.kind) {
    case 'dropped':
      return null;
    case 'timed-out':
      throw operationTimedOut(performed.phase);
    case 'done':
      return performed.value.toString();
    case 'refused':
      throw performed.refusal.kind === 'stream-deleted'
        ? streamDeleted(stream)
        : wrongExpectedVersion('Delete', stream, expectedNumber(expected), performed.refusal.current ?? -1n);
  }
};

export const makeDelete =
  (context: ServiceContext): handleUnaryCall<DeleteReq, DeleteResp> =>
  (call, callback) =>
    answer(callback, async () => {
      const position = await perform(context, call, call.request.getOptions(), 'DeleteReq', deleteStream);
      if (position === null) return 'dropped';
      return new DeleteResp().setPosition(
        new DeleteResp.Position().setCommitPosition(position).setPreparePosition(position),
      );
    });

export const makeTombstone =
  (context: ServiceContext): handleUnaryCall<TombstoneReq, TombstoneResp> =>
  (call, callback) =>
    answer(callback, async () => {
      const position = await perform(
        context,
        call,
        call.request.getOptions(),
        'TombstoneReq',
        tombstoneStream,
      );
      if (position === null) return 'dropped';
      return new TombstoneResp().setPosition(
        new TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position),
      );
    });
