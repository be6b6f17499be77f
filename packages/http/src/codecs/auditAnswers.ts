import type {
  ActionCount as TheActionCount,
  ActorCount as TheActorCount,
  AuditCountBy,
  AuditCountOf,
  AuditCounts as TheCounts,
  AuditEntry as TheEntry,
  AuditPage as ThePage,
  CountedRefusals as TheCountedRefusals,
  DayCount as TheDayCount,
  KeyCount as TheKeyCount,
  RefusalCode,
  RefusalLine as TheRefusalLine,
  RefusedPage as TheRefusedPage,
} from 'keyturn';
import * as t from 'io-ts';
import { refusalCodes } from '../problems/refusalStatus';
import { list, nullable, object, wordOf, type Codec } from './codec';
import { page } from './keyAnswers';
import { LogStanding } from './logAnswers';
import type { Plain } from './plain';
import { AnyActorKind, CallerKind, EventType, flag, Instant, number, text } from './words';

export const AuditEntry: Codec<Plain<TheEntry>> = object('AuditEntry', {
  sequence: number,
  eventId: text,
  type: EventType,
  position: text,
  revision: number,
  recordedAt: Instant,
  time: Instant,
  clocksDiffer: flag,
  recordedAfter: nullable(Instant),
  workspaceId: text,
  actorKind: AnyActorKind,
  actorId: text,
  originRef: nullable(text),
  keyId: nullable(text),
  last4: nullable(text),
  vendor: nullable(text),
  label: nullable(text),
  previousKeyId: nullable(text),
  runId: nullable(text),
  projectId: nullable(text),
  cause: nullable(text),
  caseId: nullable(text),
  correlationId: text,
  causationId: text,
  commandId: text,
  sentence: text,
});

export const AuditPage: Codec<Plain<ThePage>> = object('AuditPage', {
  log: LogStanding,
  entries: list(AuditEntry),
  clocksInDoubt: flag,
  ...page,
});

const ActionCount: Codec<Plain<TheActionCount>> = object('ActionCount', { action: EventType, count: number });
const ActorCount: Codec<Plain<TheActorCount>> = object('ActorCount', {
  actorKind: AnyActorKind,
  actorId: text,
  count: number,
});
const DayCount: Codec<Plain<TheDayCount>> = object('DayCount', { day: text, count: number });
const KeyCount: Codec<Plain<TheKeyCount>> = object('KeyCount', {
  workspaceId: text,
  keyId: nullable(text),
  last4: nullable(text),
  vendor: nullable(text),
  label: nullable(text),
  count: number,
});

/** Counts of one kind. They are one schema: what they are counted by is said in the path. */
export const AuditCounts: Codec<{
  readonly log: Plain<TheCounts<'action'>['log']>;
  readonly total: number;
  readonly counts: ReadonlyArray<Plain<AuditCountOf[AuditCountBy]>>;
}> = object('AuditCounts', {
  log: LogStanding,
  total: number,
  // The one with the most members first: a value is written as the first that it is.
  counts: list(t.union([KeyCount, ActorCount, ActionCount, DayCount])),
});

const Code: Codec<RefusalCode> = wordOf(refusalCodes);

export const RefusalLine: Codec<Plain<TheRefusalLine>> = object('RefusalLine', {
  sequence: number,
  at: Instant,
  workspaceId: nullable(text),
  actorKind: nullable(CallerKind),
  actorId: nullable(text),
  originRef: nullable(text),
  action: text,
  keyId: nullable(text),
  runId: nullable(text),
  code: Code,
});

export const CountedRefusals: Codec<Plain<TheCountedRefusals>> = object('CountedRefusals', {
  hour: nullable(Instant),
  workspaceId: nullable(text),
  actorKind: nullable(CallerKind),
  actorId: nullable(text),
  count: number,
});

export const RefusedPage: Codec<Plain<TheRefusedPage>> = object('RefusedPage', {
  refusals: list(RefusalLine),
  counted: list(CountedRefusals),
  ...page,
});
