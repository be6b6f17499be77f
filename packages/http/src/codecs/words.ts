import {
  auditActions,
  type Caller,
  type ChoiceMade,
  type FailureCause,
  type FailureReason,
  type Fault,
  type FindingKind,
  type InconclusiveReason,
  type KeyringEventType,
  type KeyStatus,
} from 'keyturn';
import * as t from 'io-ts';
import type { ActorKind, LeakStep } from '@keyturn/domain';
import { noted, word, wordOf, type Codec } from './codec';

export const text: Codec<string> = t.string;
export const number: Codec<number> = t.number;
export const flag: Codec<boolean> = t.boolean;
/** An object of whatever members. */
export const anyMembers: Codec<{ readonly [member: string]: unknown }> = t.record(t.string, t.unknown);

export const Instant: Codec<number> = noted(
  t.refinement(t.number, (n) => Number.isSafeInteger(n), 'instant'),
  { rule: 'milliseconds since 1970, a whole number', description: 'Milliseconds since 1970.' },
);

/** Whether a value is exactly this one. */
export const literal = <V extends string | boolean>(value: V): Codec<V> => t.literal(value);

export const EventType: Codec<KeyringEventType> = wordOf(auditActions);

export const Status: Codec<KeyStatus> = word({
  pending: null,
  active: null,
  failed: null,
  retired: null,
  'hard-deleted': null,
});

export const Failure: Codec<FailureReason> = word({
  unfunded: null,
  restricted: null,
  rejected: null,
  leaked: null,
  misdirected: null,
});

export const FailureOrNone: Codec<FailureReason | InconclusiveReason> = word({
  unfunded: null,
  restricted: null,
  rejected: null,
  leaked: null,
  misdirected: null,
  'vendor-error': null,
  overloaded: null,
  timeout: null,
  dns: null,
  tls: null,
  connection: null,
  proxy: null,
  'unrecognised-answer': null,
  'model-unavailable': null,
  region: null,
  'our-request': null,
});

export const Cause: Codec<FailureCause> = word({
  scope: null,
  address: null,
  model: null,
  organisation: null,
  account: null,
  region: null,
  workspace: null,
  endpoint: null,
  deployment: null,
  'key-kind': null,
  credit: null,
});

export const WhoseFault: Codec<Fault> = word({
  'this-key': null,
  'vendor-wide': null,
  'platform-side': null,
});

export const Choice: Codec<ChoiceMade> = word({
  'workspace-default': null,
  'project-default': null,
  'explicit-vendor': null,
  'explicit-key': null,
});

export const CallerKind: Codec<Caller['kind']> = word({ user: null, service: null, support: null });

export const AnyActorKind: Codec<ActorKind> = word({
  user: null,
  service: null,
  support: null,
  system: null,
});

export const RunOutcome: Codec<'succeeded' | 'failed' | 'cancelled'> = word({
  succeeded: null,
  failed: null,
  cancelled: null,
});

export const ReleasedAs: Codec<'succeeded' | 'failed' | 'cancelled' | 'lease-expired'> = word({
  succeeded: null,
  failed: null,
  cancelled: null,
  'lease-expired': null,
});

export const Step: Codec<LeakStep> = word({
  find: null,
  report: null,
  'stop-stranger': null,
  successor: null,
  revoke: null,
  'kill-check': null,
  'hard-delete': null,
  review: null,
  close: null,
});

export const Known: Codec<'yes' | 'no' | 'unknown'> = word({ yes: null, no: null, unknown: null });

export const SweepFindingKind: Codec<FindingKind> = word({
  orphan: null,
  'key-lost-from-log': null,
  'secret-lost-from-vault': null,
  'undestroyed-secret': null,
  'frozen-row': null,
  'key-of-closed-workspace': null,
  'untested-key': null,
  'lapsed-run': null,
});
