import type { Actor } from '../actor';
import type { EnvelopedEvent } from '../envelope';
import type { KeyringEventType } from '../events';
import type { CaseId, KeyId } from '../ids';
import type { Instant } from '../instant';
import type { KeyEntry } from '../state/keyEntry';
import type { Keyring } from '../state/keyring';
import { neverChecked, saysAlive, withCheck } from './killChecks';
import type { LeakStep } from './leakWords';

/** By which event a step was done. */
export interface LeakStepMark {
  readonly at: Instant;
  readonly actor: Actor;
  readonly event: KeyringEventType;
}

/** The event by which each step was done, as far as there is one. */
export type LeakMarks = { readonly [S in LeakStep]: LeakStepMark | null };

const CONCERNING: ReadonlySet<KeyringEventType> = new Set<KeyringEventType>([
  'DefaultChanged',
  'KeyValidated',
  'KeyHardDeleted',
  'KeySecretDestroyed',
  'KeyReportedLeaked',
  'KeyLeakReportWithdrawn',
  'KeyKillChecked',
  'KeyRevocationRecorded',
  'LeakReviewed',
  'LeakCaseClosed',
]);

/** Whether a step of a leak review may have been done by an event. A long history is filtered by it. */
export const concernsLeaks = ({ event }: EnvelopedEvent): boolean => CONCERNING.has(event.type);

const markOf = ({ event, envelope }: EnvelopedEvent): LeakStepMark => ({
  at: envelope.time,
  actor: envelope.actor,
  event: event.type,
});

const first = (
  events: ReadonlyArray<EnvelopedEvent>,
  is: (enveloped: EnvelopedEvent) => boolean,
): LeakStepMark | null => {
  const found = events.find(is);
  return found === undefined ? null : markOf(found);
};

const last = (
  events: ReadonlyArray<EnvelopedEvent>,
  is: (enveloped: EnvelopedEvent) => boolean,
): LeakStepMark | null => first([...events].reverse(), is);

const later = (a: LeakStepMark | null, b: LeakStepMark | null): LeakStepMark | null =>
  a === null || b === null ? (a ?? b) : b.at > a.at ? b : a;

/** The check that showed the key dead, if none after it showed it alive. */
const deadBy = (events: ReadonlyArray<EnvelopedEvent>, keyId: KeyId): LeakStepMark | null => {
  let checks = neverChecked;
  let mark: LeakStepMark | null = null;
  for (const enveloped of events) {
    const { event, envelope } = enveloped;
    if (event.type !== 'KeyKillChecked' || event.data.keyId !== keyId) continue;
    checks = withCheck(checks, event.data, envelope.time);
    if (!checks.dead) mark = null;
    else mark ??= markOf(enveloped);
  }
  return mark;
};

/** What came after the vendor last took the key: what was said of its revocation before was not so. */
const sinceItLived = (events: ReadonlyArray<EnvelopedEvent>, keyId: KeyId): ReadonlyArray<EnvelopedEvent> => {
  const behind = [...events]
    .reverse()
    .findIndex(
      ({ event }) =>
        event.type === 'KeyKillChecked' && event.data.keyId === keyId && saysAlive(event.data.says),
    );
  return behind === -1 ? events : events.slice(events.length - behind);
};

const isReport = ({ event }: EnvelopedEvent, keyId: KeyId, caseId: CaseId): boolean =>
  event.type === 'KeyReportedLeaked'
    ? event.data.keyId === keyId && event.data.caseId === caseId
    : event.type === 'KeyHardDeleted' &&
      event.data.reason === 'leak' &&
      event.data.keyId === keyId &&
      event.data.caseId === caseId;

/** Finds the event by which each step of the case was done for the key. */
export const leakMarks = (
  keyring: Keyring,
  events: ReadonlyArray<EnvelopedEvent>,
  { keyId }: KeyEntry,
  caseId: CaseId,
): LeakMarks => {
  const successor = keyring.workspaceDefault;
  const report = first(events, (one) => isReport(one, keyId, caseId));
  const dead = deadBy(events, keyId);
  const told = first(
    sinceItLived(events, keyId),
    ({ event }) => event.type === 'KeyRevocationRecorded' && event.data.keyId === keyId,
  );
  const revoke = told ?? dead;
  return {
    find: report,
    report,
    'stop-stranger': revoke ?? report,
    successor: later(
      last(events, ({ event }) => event.type === 'DefaultChanged' && event.data.keyId === successor),
      last(events, ({ event }) => event.type === 'KeyValidated' && event.data.keyId === successor),
    ),
    revoke,
    'kill-check': dead,
    'hard-delete': last(
      events,
      ({ event }) => event.type === 'KeySecretDestroyed' && event.data.keyId === keyId,
    ),
    review: last(
      events,
      ({ event }) =>
        event.type === 'LeakReviewed' && event.data.keyId === keyId && event.data.caseId === caseId,
    ),
    close: last(
      events,
      ({ event }) =>
        event.type === 'LeakCaseClosed' && event.data.keyId === keyId && event.data.caseId === caseId,
    ),
  };
};
