import type { Cluster } from './node/cluster';
import type { Endpoint } from './node/leadership';
import type { Node } from './node/node';

/** What can be made to go wrong with a node. */
export interface EsdbFaults {
  /** Cuts the connection of the next writes before they are done, once `after` further ones went well. */
  readonly dropBeforeCommit: (times?: number, after?: number) => void;
  /** Does the next writes, and cuts the connection before the answer. */
  readonly dropAfterCommit: (times?: number, after?: number) => void;
  /** Does the next writes, and answers that they timed out. */
  readonly timeOutAfterCommit: (times?: number, after?: number) => void;
  /** Turns the next writes away: the server is too busy. */
  readonly turnAway: (times?: number, after?: number) => void;
  /** Cuts the connection of the next read or subscription when it has sent so many events. */
  readonly dropReadAfter: (events: number) => void;
  /** Cuts all connections now; new ones are accepted. */
  readonly dropConnections: () => void;
  /** Keeps every read and write waiting for so many milliseconds before it is begun; 0 for no more. */
  readonly delay: (ms: number) => void;
  /** Cuts all connections, and new ones as they come, until `accept`. The port stays taken. */
  readonly refuse: () => void;
  readonly accept: () => void;
  /** Follows this leader from now on, or none that is known. Writes are refused with the leader's address. */
  readonly becomeFollower: (leader?: Endpoint) => void;
  /** Leads from now on; the other nodes follow. */
  readonly becomeLeader: () => void;
}

export const faultsOf = (cluster: Cluster, { faults, listener }: Node, index: number): EsdbFaults => ({
  dropBeforeCommit: (times = 1, after = 0) => faults.planWrites('drop-before-commit', times, after),
  dropAfterCommit: (times = 1, after = 0) => faults.planWrites('drop-after-commit', times, after),
  timeOutAfterCommit: (times = 1, after = 0) => faults.planWrites('time-out', times, after),
  turnAway: (times = 1, after = 0) => faults.planWrites('busy', times, after),
  dropReadAfter: faults.planRead,
  dropConnections: listener.cutAll,
  delay: faults.setDelay,
  refuse: () => listener.setRefusing(true),
  accept: () => listener.setRefusing(false),
  becomeFollower: (leader) => cluster.follow(index, leader ?? null),
  becomeLeader: () => cluster.lead(index),
});
