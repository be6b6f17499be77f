import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { callerOf, type EsdbUser } from '../access/users';
import { makeFaultPlan, type FaultPlan } from '../faults';
import type { EventLog } from '../log/eventLog';
import type { VersionProfile } from '../version/serverVersion';
import { makeAppend } from '../services/append';
import { makeBatchAppend } from '../services/batchAppend';
import type { Call, ServiceContext } from '../services/context';
import { makeDelete, makeTombstone } from '../services/delete';
import { makeGossip, type Member } from '../services/gossip';
import { makeRead } from '../services/read';
import { makeServerFeatures } from '../services/serverFeatures';
import { notLeader, NotServing, unauthenticated } from '../wire/rpcError';
import { answerHttp } from './http';
import type { Leadership } from './leadership';
import { listen, type Listener, type ListenerOptions } from './listener';

export interface NodeOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: ListenerOptions['tls'];
  /** Null where everyone may do everything. */
  readonly users: ReadonlyArray<EsdbUser> | null;
  readonly version: VersionProfile;
  readonly maxAppendBytes: number;
  readonly maxAppendEventBytes: number;
  readonly writeTimeoutMs: number;
  readonly batchAppend: boolean;
  readonly tellsFallingBehind: boolean;
  readonly log: () => EventLog;
  readonly leadership: () => Leadership;
  readonly members: () => ReadonlyArray<Member>;
}

/** One node of a cluster: a port with the services behind it. */
export interface Node {
  readonly id: string;
  readonly port: number;
  readonly faults: FaultPlan;
  readonly listener: Listener;
  readonly isAlive: () => boolean;
  /** Ends all calls and connections. */
  readonly stop: () => void;
  /** Serves again, with the log as it is now. */
  readonly start: () => void;
  readonly close: () => Promise<void>;
}

/** As the real server has it: `EffectiveMaxLogRecordSize`, which `ClusterVNodeStartup.cs` sets. */
const MAX_RECEIVED_BYTES = 16 * 1024 * 1024 - 10_000;
const MAX_SENT_BYTES = 64 * 1024 * 1024;
/** Kestrel's default, which the real server leaves as it is. */
const MAX_STREAMS_A_CONNECTION = 100;
/** `KeepAliveInterval` and `KeepAliveTimeout` of ClusterVNodeOptions.cs. */
const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 10_000;

const contextOf = (options: NodeOptions, faults: FaultPlan, listener: Listener): ServiceContext => ({
  log: options.log(),
  faults,
  version: options.version,
  maxAppendBytes: options.maxAppendBytes,
  maxAppendEventBytes: options.maxAppendEventBytes,
  writeTimeoutMs: options.writeTimeoutMs,
  tellsFallingBehind: options.tellsFallingBehind,
  callerOf: (call) => {
    if (options.users === null) return 'everyone';
    const shown = listener.userOf(call.getPeer());
    const caller = callerOf(options.users, shown, call.metadata.get('authorization')[0]?.toString());
    if (caller === null) throw unauthenticated();
    return caller;
  },
  checkLeader: ({ metadata }, kind) => {
    const leadership = options.leadership();
    if (leadership.kind === 'leader') return;
    const required = metadata.get('requires-leader')[0]?.toString().toLowerCase() === 'true';
    if (leadership.kind === 'no-leader') {
      if (required || kind === 'write') throw new NotServing('not-ready');
      return;
    }
    // A follower passes a write on to the leader, unless it is told not to. It can't here when the log is another's.
    if (required || (kind === 'write' && !leadership.sharesLog)) {
      throw notLeader(leadership.leader.host, leadership.leader.port);
    }
  },
  drop: (call: Call) => listener.cut(call.getPeer()),
});

const makeGrpcServer = (options: NodeOptions, context: ServiceContext): Server => {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_RECEIVED_BYTES,
    'grpc.max_send_message_length': MAX_SENT_BYTES,
    'grpc.max_concurrent_streams': MAX_STREAMS_A_CONNECTION,
    'grpc.keepalive_time_ms': PING_EVERY_MS,
    'grpc.keepalive_timeout_ms': PONG_WITHIN_MS,
  });
  server.addService(StreamsService, {
    read: makeRead(context),
    append: makeAppend(context),
    batchAppend: makeBatchAppend(context),
    delete: makeDelete(context),
    tombstone: makeTombstone(context),
  });
  server.addService(GossipService, makeGossip(options.members));
  server.addService(ServerFeaturesService, makeServerFeatures(options.version.release, options.batchAppend));
  return server;
};

export const startNode = async (options: NodeOptions): Promise<Node> => {
  const { host, port, tls } = options;
  const listener = await listen({ host, port, tls, onHttp: answerHttp });
  const faults = makeFaultPlan();
  let server: Server | null = null;

  const stop = (): void => {
    listener.setRefusing(true);
    server?.forceShutdown();
    server = null;
  };
  const start = (): void => {
    server = makeGrpcServer(options, contextOf(options, faults, listener));
    // TLS has ended at the listener.
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
    listener.serve((socket) => injector.injectConnection(socket));
    listener.setRefusing(false);
  };
  return {
    id: randomUUID(),
    port: listener.port,
    faults,
    listener,
    isAlive: () => server !== null,
    stop,
    start,
    close: async () => {
      stop();
      await listener.close();
    },
  };
};
