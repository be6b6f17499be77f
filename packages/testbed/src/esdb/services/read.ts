import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { handleServerStreamingCall } from '@grpc/grpc-js';
import { readPosition, readStreamName } from '../wire/messages';
import { invalidArgument, invalidCombination, unhandled } from '../wire/rpcError';
import type { ServiceContext } from './context';
import { readFilter } from './filter';
import { makeOutlet, type Outlet, type ReadCall } from './outlet';
import { checkAccess, rpcErrorOf } from './performing';
import { readAll } from './readAll';
import { readStream } from './readStream';
import { subscribeAll } from './subscribeAll';
import { subscribeStream } from './subscribeStream';

const { BACKWARDS } = ReadReq.Options.ReadDirection;

/** Refuses what no read and no subscription of the real server fits, in its words. */
const checkCombination = (options: ReadReq.Options): void => {
  const source = options.hasStream() ? 'Stream' : 'All';
  const count = options.hasCount() ? 'Count' : options.hasSubscription() ? 'Subscription' : 'None';
  const backwards = options.getReadDirection() === BACKWARDS;
  const filter = options.hasFilter() ? 'Filter' : options.hasNoFilter() ? 'NoFilter' : 'None';
  const fits =
    filter !== 'None' &&
    count !== 'None' &&
    !(source === 'Stream' && filter === 'Filter') &&
    !(count === 'Subscription' && backwards);
  if (!fits) throw invalidCombination(source, count, backwards ? 'Backwards' : 'Forwards', filter);
};

const serveStream = async (
  context: ServiceContext,
  call: ReadCall,
  options: ReadReq.Options,
  streamOptions: ReadReq.Options.StreamOptions,
  outlet: Outlet,
): Promise<void> => {
  const stream = readStreamName(streamOptions.getStreamIdentifier());
  checkAccess(context, call, 'read', stream);
  checkCombination(options);
  context.checkLeader(call, 'read');
  const { log, tellsFallingBehind } = context;
  const backwards = options.getReadDirection() === BACKWARDS;
  if (options.hasCount()) {
    return readStream({ log, options: streamOptions, backwards, count: Number(options.getCount()) }, outlet);
  }
  const after = streamOptions.hasEnd()
    ? 'end'
    : streamOptions.hasRevision()
      ? BigInt(streamOptions.getRevision())
      : null;
  return subscribeStream({ log, stream, after, tellsFallingBehind }, outlet);
};

const serveAll = async (
  context: ServiceContext,
  call: ReadCall,
  options: ReadReq.Options,
  allOptions: ReadReq.Options.AllOptions,
  outlet: Outlet,
): Promise<void> => {
  checkAccess(context, call, 'read', '$all');
  checkCombination(options);
  const filterOptions = options.getFilter();
  const filter =
    filterOptions === undefined
      ? null
      : readFilter(filterOptions, { isSubscription: options.hasSubscription() });
  context.checkLeader(call, 'read');
  const { log, tellsFallingBehind } = context;
  const backwards = options.getReadDirection() === BACKWARDS;
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
