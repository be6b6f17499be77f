import type { KeyringEventType } from '../events';
import { Instant } from '../instant';
import type { KillCheckSays, LeakOutcome, LeavableStep, RevokedHow } from '../leak/leakWords';
import type { AuditFactsOf } from './auditFacts';
import type { AuditSubject } from './catalogue';
import { keyOf, underCase } from './englishNames';
import { runs } from './englishRuns';
import type { leakFacts } from './leakFacts';

type LeakSentences = {
  readonly [T in KeyringEventType & keyof typeof leakFacts]: (
    subject: AuditSubject,
    facts: AuditFactsOf<T>,
  ) => string;
};

const SAYS: { readonly [S in KillCheckSays]: string } = {
  dead: 'refuses it as no valid key',
  alive: 'still takes it',
  'alive-unfunded': "still knows it, and it can't spend",
  'cannot-tell': 'did not say whether it still takes it',
  'not-checkable': '',
};

const LISTED: { readonly [S in KillCheckSays]: string } = {
  dead: 'no longer has it, or as inactive',
  alive: 'has it as active',
  'alive-unfunded': 'has it as active',
  'cannot-tell': 'does not show it for certain',
  'not-checkable': '',
};

const HOW: { readonly [H in RevokedHow]: string } = {
  console: "in the vendor's console",
  'vendor-api': "through the vendor's admin API",
  told: 'as the customer tells',
};

const OUTCOME: { readonly [O in LeakOutcome]: string } = {
  contained: 'contained: the vendor shows the key dead',
  'revoked-unconfirmed': 'revocation told, not confirmed',
  'not-contained': 'not contained',
  withdrawn: 'the report was withdrawn',
};

const STEP: { readonly [S in LeavableStep]: string } = {
  'stop-stranger': 'stopping the stranger',
  successor: 'the successor',
  revoke: 'revoking at the vendor',
  'kill-check': 'the kill check',
  'hard-delete': 'the hard delete',
  review: 'the review',
};

const reported: LeakSentences['KeyReportedLeaked'] = (subject, facts) => {
  const { reportedBy, suspectedSince, source, usedElsewhere, stranger } = facts;
  const more = [
    ...(reportedBy === undefined ? [] : [`told by ${reportedBy}`]),
    ...(source === undefined ? [] : [`from ${source}`]),
    ...(suspectedSince === undefined ? [] : [`suspected since ${Instant.encode(suspectedSince)}`]),
    ...(stranger === 'yes' ? ['a stranger may be using it'] : []),
    ...(stranger === 'no' ? ['no stranger has it'] : []),
    ...(usedElsewhere === 'yes' ? ['it is used elsewhere, too'] : []),
  ];
  const said = more.length === 0 ? '' : `: ${more.join('; ')}`;
  return `${subject.actor.id} reported ${keyOf(subject)} as leaked${underCase(subject)}${said}`;
};

const checked: LeakSentences['KeyKillChecked'] = (subject, { says, via, counts }) => {
  const who = subject.actor.id;
  if (says === 'not-checkable') return `${who} could not check ${keyOf(subject)}: its bytes are gone`;
  if (via === 'vendor-list')
    return `${who} looked for ${keyOf(subject)} at the vendor, whose list ${LISTED[says]}`;
  const but =
    says === 'dead' && !counts ? ', which does not count: it was not shown to be about this key' : '';
  return `${who} checked whether ${keyOf(subject)} is dead: the vendor ${SAYS[says]}${but}`;
};

const reviewed: LeakSentences['LeakReviewed'] = (subject, { from, until, uses, explained, unexplained }) => {
  const since = from === null ? 'the beginning' : Instant.encode(from);
  return (
    `${subject.actor.id} reviewed what was done with ${keyOf(subject)} from ${since} to ${Instant.encode(until)}` +
    `${underCase(subject)}: ${uses} ${uses === 1 ? 'use' : 'uses'}, findings explained: ${explained}, ` +
    `not explained: ${unexplained}`
  );
};

const closed: LeakSentences['LeakCaseClosed'] = (subject, { outcome, leftOpen }) => {
  const left = leftOpen.map(({ step, reason }) => `${STEP[step]} (${reason})`).join(', ');
  return (
    `${subject.actor.id} closed the case of ${keyOf(subject)}${underCase(subject)}: ${OUTCOME[outcome]}` +
    (left === '' ? '' : `; left open: ${left}`)
  );
};

/** What is said and done of a leak, in one plain sentence each. */
export const leakSentences: LeakSentences = {
  KeyReportedLeaked: reported,
  KeyLeakReportWithdrawn: (subject, { reason }) =>
    `${subject.actor.id} withdrew the report that ${keyOf(subject)} leaked${underCase(subject)}: ${reason}`,
  KeySuspended: (subject, { openRuns }) => {
    const goOn = openRuns === 1 ? 'goes on with what it has' : 'go on with what they have';
    return `${subject.actor.id} suspended ${keyOf(subject)}${underCase(subject)}; ${runs(openRuns)} in flight ${goOn}`;
  },
  KeyReinstated: (subject) => `${subject.actor.id} reinstated ${keyOf(subject)}${underCase(subject)}`,
  KeyKillChecked: checked,
  KeyRevocationRecorded: (subject, { how, revokedBy, revokedAt }) =>
    `${subject.actor.id} recorded that ${keyOf(subject)} was revoked ${HOW[how]}` +
    `${revokedBy === null ? '' : ` by ${revokedBy}`} at ${Instant.encode(revokedAt)}`,
  LeakReviewed: reviewed,
  LeakCaseClosed: closed,
};
