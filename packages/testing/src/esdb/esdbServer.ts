import { openEventLog, type EventLog } from './log/eventLog';
import { writeFirstEvents } from './log/firstEvents';
import { noJournal } from './log/journal';
import type { Endpoint, Leadership, Node } from './node/node';
import { startNode } from './node/node';
import type { Member } from './services/gossip';

export interface EsdbServerOptions {
  /** Port of the first node; any that is free when left out. */
  readonly port?: number;
  /** How many nodes: they share one log, and the first of them leads at the start. Default 1. */
  readonly nodes?: 1 | 3;
  /** Bytes that one append may have. Default 1 MiB, as of a real server. */
  readonly maxAppendBytes?: number;
  readonly features?: EsdbFeatures;
}

export interface EsdbFeatures {
  /** Whether `BatchAppend` is listed; clients use `Append` else. Default true. */
  readonly batchAppend?: boolean;
  /** Whether subscriptions are told that they fell behind. Default false, as of real servers up to 24.10. */
  readonly fellBehind?: boolean;
}

/** What can be made to go wrong with a node. */
export interface EsdbFaults {
  /** Cuts the connection of the next writes before they are done, once `after` further ones went well. */
  readonly dropBeforeCommit: (times?: number, after?: number) => void;
  /** Does the next writes, and cuts the connection before the answer. */
  readonly dropAfterCommit: (times?: number, after?: number) => void;
  /** Does the next writes, and answers that they timed out. */
  readonly timeOutAfterCommit: (times?: number, after?: number) => void;
  /** Turns the next writes away as too many. */
  readonly turnAway: (times?: number, after?: number) => void;
  /** Cuts the connection of the next read or subscription when it has sent so many events. */
  readonly dropReadAfter: (events: number) => void;
  /** Cuts all connections now; new ones are accepted. */
  readonly dropConnections: () => void;
  /** Keeps every read and write waiting for so long before it is begun; 0 for no more. */
  readonly delay: (ms: number) => void;
  /** Cuts all connections, and new ones as they come, until `accept`. */
  readonly refuse: () => void;
  readonly accept: () => void;
  /** Follows this leader from now on, or none that is known. Its writes are refused with the leader's address. */
  readonly becomeFollower: (leader?: Endpoint) => void;
  /** Leads from now on; the other nodes follow. */
  readonly becomeLeader: () => void;
}

export interface EsdbNode {
  readonly port: number;
  /** For a client of this node alone. */
  readonly connectionString: string;
  readonly faults: EsdbFaults;
  /** Ends all connections and calls; the node refuses until `start`. */
  readonly stop: () => void;
  readonly start: () => void;
}

/** A server for tests and for development. Its first node's members are its own too. */
export interface EsdbServer extends EsdbNode {
  /** For a client: of the node, or of the cluster, whose leader it finds by gossip. */
  readonly connectionString: string;
  readonly nodes: ReadonlyArray<EsdbNode>;
  /** Stops all nodes, and starts them on the same ports with what was written. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';
const SCHEME = 'esdb';

/**
 * Starts a server that speaks EventStoreDB's protocol, for the official client. It is for tests and development: it
 * keeps its log in memory.
 *
 * @example
 * const server = await startEsdbServer({});
 * const client = EventStoreDBClient.connectionString(server.connectionString);
 */
export const startEsdbServer = async (options: EsdbServerOptions = {}): Promise<EsdbServer> => {
  const log: EventLog = openEventLog(noJournal);
  const nodes: Node[] = [];
  const leaderships: Leadership[] = [];

  const endpointOf = (node: Node): Endpoint => ({ host: HOST, port: node.port });
  const members = (): ReadonlyArray<Member> =>
    nodes.map((node, index) => ({
      ...endpointOf(node),
      id: node.id,
      isLeader: leaderships[index]?.kind === 'leader',
      isAlive: node.isAlive(),
    }));
  const lead = (leader: number): void => {
    const node = nodes[leader];
    if (node === undefined) return;
    nodes.forEach((_, index) => {
      leaderships[index] =
        index === leader
          ? { kind: 'leader' }
          : { kind: 'follower', leader: endpointOf(node), sharesLog: true };
    });
  };

  for (let index = 0; index < (options.nodes ?? 1); index += 1) {
    const node = await startNode({
      host: HOST,
      port: index === 0 ? (options.port ?? 0) : 0,
      tls: null,
      users: null,
      maxAppendBytes: options.maxAppendBytes ?? 1024 * 1024,
      batchAppend: options.features?.batchAppend ?? true,
      tellsFallingBehind: options.features?.fellBehind ?? false,
      log: () => log,
      leadership: () => leaderships[index] ?? { kind: 'no-leader' },
      members,
    });
    nodes.push(node);
  }
  lead(0);
  writeFirstEvents(log, nodes[0]?.port ?? 0, []);
  for (const node of nodes) node.start();

  const query = '?tls=false';
  const connectionString = (...of: ReadonlyArray<Node>): string =>
    `${SCHEME}://${of.map(({ port }) => `${HOST}:${port}`).join(',')}${query}`;

  const faultsOf = ({ faults, listener }: Node, index: number): EsdbFaults => ({
    dropBeforeCommit: (times = 1, after = 0) => faults.planWrites('drop-before-commit', times, after),
    dropAfterCommit: (times = 1, after = 0) => faults.planWrites('drop-after-commit', times, after),
    timeOutAfterCommit: (times = 1, after = 0) => faults.planWrites('time-out', times, after),
    turnAway: (times = 1, after = 0) => faults.planWrites('busy', times, after),
    dropReadAfter: faults.planRead,
    dropConnections: listener.cutAll,
    delay: faults.setDelay,
    refuse: () => listener.setRefusing(true),
    accept: () => listener.setRefusing(false),
    becomeFollower: (leader) => {
      leaderships[index] =
        leader === undefined ? { kind: 'no-leader' } : { kind: 'follower', leader, sharesLog: false };
    },
    becomeLeader: () => lead(index),
  });
  const faces = nodes.map((node, index): EsdbNode => ({
    port: node.port,
    connectionString: connectionString(node),
    faults: faultsOf(node, index),
    stop: node.stop,
    start: node.start,
  }));
  const [first] = faces;
  if (first === undefined) throw new Error('A server has at least one node.');
  return {
    ...first,
    connectionString: connectionString(...nodes),
    nodes: faces,
    restart: () => {
      for (const node of nodes) node.stop();
      for (const node of nodes) node.start();
      return Promise.resolve();
    },
    close: async () => {
      await Promise.all(nodes.map((node) => node.close()));
      log.close();
    },
  };
};
