import type { Metadata } from '@grpc/grpc-js';
import type { Caller } from '../access/users';
import type { FaultPlan } from '../faults';
import type { EventLog } from '../log/eventLog';
import type { VersionProfile } from '../version/serverVersion';

/** What services need to know of a call: who sent it, and by which connection. */
export interface Call {
  readonly metadata: Metadata;
  readonly getPeer: () => string;
}

/** What a node gives to its services. */
export interface ServiceContext {
  readonly log: EventLog;
  readonly faults: FaultPlan;
  readonly version: VersionProfile;
  readonly maxAppendBytes: number;
  /** Where the version has such a limit. */
  readonly maxAppendEventBytes: number;
  /** The longest that a write may take, whatever its sender allows: both time-outs of a real server. */
  readonly writeTimeoutMs: number;
  /** Whether subscriptions are told that they fell behind. */
  readonly tellsFallingBehind: boolean;
  /** Who makes the call; throws when it is made with wrong credentials. */
  readonly callerOf: (call: Call) => Caller;
  /** Throws what a node answers that is not the leader, where only the leader may serve the call. */
  readonly checkLeader: (call: Call, kind: 'read' | 'write') => void;
  /** Cuts the connection by which the call came. */
  readonly drop: (call: Call) => void;
}
