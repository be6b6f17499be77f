import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { handleServerStreamingCall } from '@grpc/grpc-js';
import { readPosition, readStreamName } from '../wire/messages';
import { invalidArgument, invalidCombination, noneIsInvalid, unhandled } from '../wire/rpcError';
import { followAllIn23 } from '../subscriptions/allIn23';
import { followAllSince24 } from '../subscriptions/allSince24';
import type { AllSubscription, StreamSubscription } from '../subscriptions/subscription';
import { followStreamIn23 } from '../subscriptions/streamIn23';
import { followStreamSince24 } from '../subscriptions/streamSince24';
import type { ServiceContext } from './context';
import { readFilter } from './filter';
import { makeOutlet, type Outlet, type ReadCall } from './outlet';
import { checkAccess, rpcErrorOf } from './performing';
import { readAll } from './readAll';
import { readStream } from './readStream';

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
  if (stream === '') throw unhandled();
  checkAccess(context, call, 'read', stream);
  checkCombination(options);
  context.checkLeader(call, 'read');
  const { log, tellsFallingBehind } = context;
  const backwards = options.getReadDirection() === BACKWARDS;
  if (options.hasCount()) {
    const tellsPositions = !backwards && (options.getControlOption()?.getCompatibility() ?? 0) >= 1;
    const count = Number(options.getCount());
    return readStream({ log, options: streamOptions, backwards, count, tellsPositions }, outlet);
  }
  const after: StreamSubscription['after'] = streamOptions.hasEnd()
    ? 'end'
    : streamOptions.hasRevision()
      ? BigInt(streamOptions.getRevision())
      : null;
  const subscription = { log, stream, after, tellsFallingBehind };
  return context.version.subscriptions === 'enumerators-23.10'
    ? followStreamIn23(subscription, outlet)
    : followStreamSince24(subscription, outlet);
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
  const { log, tellsFallingBehind, version } = context;
  const backwards = options.getReadDirection() === BACKWARDS;
  if (options.hasCount()) {
    return readAll(
      {
        log,
        invalidPosition: version.invalidPosition,
        options: allOptions,
        backwards,
        count: Number(options.getCount()),
        filter,
      },
      outlet,
    );
  }
  const position = allOptions.getPosition();
  const after: AllSubscription['after'] = allOptions.hasEnd()
    ? 'end'
    : position === undefined
      ? null
      : readPosition(position);
  const checkpointAtEnd = version.subscriptions === 'enumerators-24.10.5';
  const subscription = { log, after, filter, tellsFallingBehind, checkpointAtEnd };
  return version.subscriptions === 'enumerators-23.10'
    ? followAllIn23(subscription, outlet)
    : followAllSince24(subscription, outlet);
};

const serve = async (context: ServiceContext, call: ReadCall, outlet: Outlet): Promise<void> => {
  await context.faults.pause();
  const options = call.request.getOptions();
  if (options === undefined) throw unhandled();
  if (options.getUuidOption() === undefined) {
    if (context.version.withoutUuidOption === 'invalid-argument') throw invalidArgument('');
    return outlet.never();
  }
  const stream = options.getStream();
  const all = options.getAll();
  if (stream !== undefined) return serveStream(context, call, options, stream, outlet);
  if (all !== undefined) return serveAll(context, call, options, all, outlet);
  throw noneIsInvalid('ReadReq+Types+Options+StreamOptionOneofCase');
};

/** `Read`: reads of a stream or of `$all`, and subscriptions to them. */
export const makeRead =
  (context: ServiceContext): handleServerStreamingCall<ReadReq, ReadResp> =>
  (call) => {
    const ids = call.request.getOptions()?.getUuidOption()?.hasStructured() === true ? 'numbers' : 'text';
    const outlet = makeOutlet(context, call, context.faults.nextRead(), ids);
    serve(context, call, outlet).then(
      () => {
        if (!outlet.closed()) call.end();
      },
      (error: unknown) => {
        if (!outlet.closed()) call.emit('error', rpcErrorOf(error));
      },
    );
  };
