import type { Member } from '../services/gossip';
import type { Endpoint, Leadership } from './leadership';
import type { Node } from './node';

/** The nodes of one server, and which of them leads. */
export interface Cluster {
  readonly join: (node: Node) => void;
  readonly members: () => ReadonlyArray<Member>;
  readonly leadershipOf: (index: number) => Leadership;
  /** This node leads from now on, and the others follow it. */
  readonly lead: (index: number) => void;
  /** This node follows a leader outside of the cluster, or none. */
  readonly follow: (index: number, leader: Endpoint | null) => void;
}

/** `onLead` is called when the leader changes. */
export const makeCluster = (host: string, onLead: () => void): Cluster => {
  const nodes: Node[] = [];
  const leaderships: Leadership[] = [];
  return {
    join: (node) => {
      nodes.push(node);
      leaderships.push({ kind: 'no-leader' });
    },
    members: () =>
      nodes.map(({ id, port, isAlive }, index) => ({
        id,
        host,
        port,
        isLeader: leaderships[index]?.kind === 'leader',
        isAlive: isAlive(),
      })),
    leadershipOf: (index) => leaderships[index] ?? { kind: 'no-leader' },
    lead: (leader) => {
      const port = nodes[leader]?.port;
      if (port === undefined) return;
      onLead();
      nodes.forEach((_, index) => {
        leaderships[index] =
          index === leader
            ? { kind: 'leader' }
            : { kind: 'follower', leader: { host, port }, sharesLog: true };
      });
    },
    follow: (index, leader) => {
      leaderships[index] =
        leader === null ? { kind: 'no-leader' } : { kind: 'follower', leader, sharesLog: false };
    },
  };
};
