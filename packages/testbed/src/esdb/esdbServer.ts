import { FIRST_USERS, type EsdbUser } from './access/users';
import { faultsOf, type EsdbFaults } from './esdbFaults';
import { withDefaults, type EsdbServerOptions, type Settings } from './esdbServerOptions';
import { openEventLog, type EventLog } from './log/eventLog';
import { writeFirstEvents } from './log/firstEvents';
import { noJournal } from './log/journal';
import { openFileJournal } from './log/fileJournal';
import { makeCluster, type Cluster } from './node/cluster';
import { startNode, type Node } from './node/node';
import { VERSIONS } from './version/serverVersion';
import { makeTestAuthority, type TestAuthority, type UserCertificate } from './node/testAuthority';

export interface EsdbNode {
  readonly port: number;
  /** For a client of this node alone. */
  readonly connectionString: string;
  readonly faults: EsdbFaults;
  /** Ends all connections and calls; the node refuses until `start`. */
  readonly stop: () => void;
  readonly start: () => void;
}

/** A server for tests and for development. What it has of a node is its first node's. */
export interface EsdbServer extends EsdbNode {
  /** For a client of the server; of a cluster, it finds the leader by gossip. With TLS it names `admin`. */
  readonly connectionString: string;
  readonly nodes: ReadonlyArray<EsdbNode>;
  /** Certificate of the authority, for `tlsCAFile`; null without TLS. */
  readonly caFile: string | null;
  /** Paths of a certificate that names a user, for `userCertFile` and `userKeyFile`. Throws without TLS. */
  readonly issueUserCertificate: (user: string) => UserCertificate;
  /**
   * Stops all nodes, and starts them on the same ports with what was written. Ids are forgotten as by a real server, so
   * that an append without an expected revision is written again when it is repeated.
   */
  readonly restart: () => void;
  /** From now on, `indexLag` is this. What is not visible yet becomes so after the new lag: of 0, at once. */
  readonly setIndexLag: (ms: number) => void;
  /**
   * Removes from the log what readers of streams can't see any more, so that its positions vanish: events before `$tb`,
   * beyond `$maxCount` and `$maxAge`, of deleted streams, and of those with a tombstone. The last event of a stream
   * stays. A real server spares what is newest; here nothing is spared.
   */
  readonly scavenge: () => void;
  readonly close: () => Promise<void>;
}

const LISTEN_ON = '127.0.0.1';

const openLog = ({ data, indexLag }: Settings): EventLog =>
  openEventLog(data === null ? noJournal : openFileJournal(data), indexLag);

interface Parts {
  readonly settings: Settings;
  readonly users: ReadonlyArray<EsdbUser> | null;
  readonly cluster: Cluster;
  readonly authority: TestAuthority | null;
  readonly log: () => EventLog;
}

const startNodes = async ({
  settings,
  users,
  cluster,
  authority,
  log,
}: Parts): Promise<ReadonlyArray<Node>> => {
  const nodes: Node[] = [];
  try {
    for (let index = 0; index < settings.nodes; index += 1) {
      const node = await startNode({
        host: LISTEN_ON,
        port: index === 0 ? settings.port : 0,
        tls: authority === null ? null : { ...authority.node, ca: authority.ca },
        users,
        version: VERSIONS[settings.version],
        maxAppendBytes: settings.maxAppendBytes,
        maxAppendEventBytes: settings.maxAppendEventBytes,
        writeTimeoutMs: settings.writeTimeoutMs,
        batchAppend: settings.batchAppend,
        tellsFallingBehind: settings.fellBehind,
        log,
        leadership: () => cluster.leadershipOf(index),
        members: cluster.members,
      });
      nodes.push(node);
      cluster.join(node);
    }
  } catch (error) {
    await Promise.all(nodes.map((node) => node.close()));
    throw error;
  }
  cluster.lead(0);
  return nodes;
};

/**
 * Starts a server that speaks EventStoreDB's protocol, for the official client: for tests, and for development without
 * a container. Rejects when the port is taken, or the data directory is in use or not readable.
 *
 * @example
 * const server = await startEsdbServer({ tls: true });
 * const client = EventStoreDBClient.connectionString(server.connectionString);
 */
export const startEsdbServer = async (options: EsdbServerOptions = {}): Promise<EsdbServer> => {
  const settings = withDefaults(options);
  const host = settings.tls ? 'localhost' : LISTEN_ON;
  const users = settings.tls ? [...FIRST_USERS, ...settings.users] : null;
  let log = openLog(settings);
  const authority = settings.tls ? makeTestAuthority(['localhost', LISTEN_ON]) : null;
  // A client of several nodes meets them by the names that they tell, and TLS wants no address for one.
  const cluster = makeCluster(settings.nodes === 1 ? LISTEN_ON : host, () => log.recentIds.forget());
  const release = (): void => {
    log.close();
    authority?.remove();
  };
  const nodes = await startNodes({ settings, users, cluster, authority, log: () => log }).catch(
    (error: unknown) => {
      release();
      throw error;
    },
  );
  writeFirstEvents(log, nodes[0]?.port ?? 0, users ?? []);
  for (const node of nodes) node.start();

  const connectionString = (...of: ReadonlyArray<Node>): string => {
    const hosts = of.map(({ port }) => `${host}:${port}`).join(',');
    return authority === null
      ? `esdb://${hosts}?tls=false`
      : `esdb://admin:changeit@${hosts}?tlsCAFile=${encodeURIComponent(authority.caFile)}`;
  };
  const faces = nodes.map((node, index): EsdbNode => ({
    port: node.port,
    connectionString: connectionString(node),
    faults: faultsOf(cluster, node, index),
    stop: node.stop,
    start: node.start,
  }));
  const [first] = faces;
  if (first === undefined) throw new Error('A server has at least one node.');
  return {
    ...first,
    connectionString: connectionString(...nodes),
    nodes: faces,
    caFile: authority?.caFile ?? null,
    issueUserCertificate: (user) => {
      if (authority === null)
        throw new Error('A server without TLS knows no certificates. Start it with tls.');
      return authority.issueUserCertificate(user);
    },
    restart: () => {
      for (const node of nodes) node.stop();
      if (settings.data !== null) {
        log.close();
        log = openLog(settings);
      }
      log.recover();
      for (const node of nodes) node.start();
    },
    setIndexLag: (ms) => log.setIndexLag(ms),
    scavenge: () => log.scavenge(),
    close: async () => {
      await Promise.all(nodes.map((node) => node.close()));
      release();
    },
  };
};
