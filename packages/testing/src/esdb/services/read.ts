import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { handleServerStreamingCall } from '@grpc/grpc-js';
import { readPosition, readStreamName } from '../wire/messages';
import { invalidArgument, unhandled } from '../wire/rpcError';
import type { ServiceContext } from './context';
import { readFilter } from './filter';
import { makeOutlet, type Outlet, type ReadCall } from './outlet';
import { checkAccess, rpcErrorOf } from './performing';
import { readAll } from './readAll';
import { readStream } from './readStream';
import { subscribeAll } from './subscribeAll';
import { subscribeStream } from './subscribeStream';

const serveStream = async (
  context: ServiceContext,
  call: ReadCall,
  options: ReadReq.Options,
  streamOptions: ReadReq.Options.StreamOptions,
  outlet: Outlet,
): Promise<void> => {
  const stream = readStreamName(streamOptions.getStreamIdentifier());
  checkAccess(context, call, 'read', stream);
  const { log } = context;
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  if (options.hasCount()) {
    return readStream({ log, options: streamOptions, backwards, count: Number(options.getCount()) }, outlet);
  }
  const after = streamOptions.hasEnd()
    ? 'end'
    : streamOptions.hasRevision()
      ? BigInt(streamOptions.getRevision())
      : null;
  return subscribeStream({ log, stream, after }, outlet);
};

const serveAll = async (
  context: ServiceContext,
  call: ReadCall,
  options: ReadReq.Options,
  allOptions: ReadReq.Options.AllOptions,
  outlet: Outlet,
): Promise<void> => {
  checkAccess(context, call, 'read', '$all');
  const { log, tellsFallingBehind } = context;
  const backwards = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const filterOptions = options.getFilter();
  const filter = filterOptions === undefined ? null : readFilter(filterOptions);
  if (options.hasCount()) {
    return readAll(
      { log, options: allOptions, backwards, count: Number(options.getCount()), filter },
      outlet,
    );
  }
  const position = allOptions.getPosition();
  const after = allOptions.hasEnd() ? 'end' : position === undefined ? null : readPosition(position);
  return subscribeAll({ log, after, filter, tellsFallingBehind }, outlet);
};

const serve = async (context: ServiceContext, call: ReadCall, outlet: Outlet): Promise<void> => {
  await context.faults.pause();
  const options = call.request.getOptions();
  if (options === undefined) throw unhandled();
  if (!options.hasCount() && !options.hasSubscription()) {
    throw invalidArgument('The combination of a read without a count is invalid.');
  }
  context.checkLeader(call, 'read');
  const stream = options.getStream();
  const all = options.getAll();
  if (stream !== undefined) return serveStream(context, call, options, stream, outlet);
  if (all !== undefined) return serveAll(context, call, options, all, outlet);
  throw invalidArgument("'None' is not a valid StreamOptionOneofCase");
};

/** `Read`: reads of a stream or of `$all`, and subscriptions to them. */
export const makeRead =
  (context: ServiceContext): handleServerStreamingCall<ReadReq, ReadResp> =>
  (call) => {
    const outlet = makeOutlet(context, call, context.faults.nextRead());
    serve(context, call, outlet).then(
      () => {
        if (!outlet.closed()) call.end();
      },
      (error: unknown) => {
        if (!outlet.closed()) call.emit('error', rpcErrorOf(error));
      },
    );
  };
