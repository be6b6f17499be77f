import type { DefaultCause, KeyringEventType } from '../events';
import { Instant } from '../instant';
import type { ChoiceMade } from '../run';
import type { InconclusiveReason, TestCallPurpose } from '../validation';
import type { AuditFactsOf } from './auditFacts';
import type { AuditSubject } from './catalogue';
import { failure } from './englishLabels';
import { leakSentences } from './englishLeaks';
import { full, keyOf, short, underCase } from './englishNames';
import { runs } from './englishRuns';

/** A sentence for every type of event. */
type AuditSentences = {
  readonly [T in KeyringEventType]: (subject: AuditSubject, facts: AuditFactsOf<T>) => string;
};

const PURPOSE: { readonly [P in TestCallPurpose]: string } = {
  add: 'to check a new key',
  validate: 'because it was asked for',
  sweep: 'because an earlier one was never finished',
  revalidate: 'to see whether it still works',
  'kill-check': 'to see whether the vendor still takes it',
};

const NO_VERDICT: { readonly [R in InconclusiveReason]: string } = {
  'vendor-error': 'the vendor answered with an error of its own',
  overloaded: 'the vendor is overloaded',
  timeout: 'the vendor did not answer in time',
  dns: "the vendor's address was not found",
  tls: 'no secure connection to the vendor',
  connection: 'no connection to the vendor',
  proxy: "the operator's proxy did not connect the call",
  'unrecognised-answer': 'no rule knows the answer',
  'model-unavailable': 'the vendor no longer has the models that a test call asks for',
  region: 'the vendor does not serve the region where the service runs',
  'our-request': 'the vendor found fault with the test call itself',
};

const CHOICE: { readonly [C in ChoiceMade]: string } = {
  'workspace-default': "the workspace's Default",
  'project-default': "the project's Default",
  'explicit-vendor': 'asked for by vendor',
  'explicit-key': 'asked for by key',
};

const DEFAULT_CAUSE: { readonly [C in DefaultCause]: string } = {
  'first-key': ', being the first key',
  'set-default': '',
  'project-default-cleared': '',
  successor: ', as its successor',
  'last-key-removed': ', removing the last key',
  'workspace-closed': ', closing the workspace',
};

/** Such as `run r-1 of project web`. */
const runOf = ({ runId, projectId }: AuditSubject): string => {
  const run = runId === null ? 'a run' : `run ${runId}`;
  return projectId === null ? run : `${run} of project ${projectId}`;
};

const interrupting = ({ interruptedRuns, interrupted }: AuditFactsOf<'KeyHardDeleted'>): string => {
  if (interruptedRuns === 0) return '';
  const more = interruptedRuns - interrupted.length;
  return `, interrupting ${runs(interruptedRuns)} (${interrupted.join(', ')}${more > 0 ? ` and ${more} more` : ''})`;
};

const defaultChanged: AuditSentences['DefaultChanged'] = (subject, { cause }) => {
  const { actor, key, previousKey, projectId } = subject;
  const place = projectId === null ? 'Default' : `Default of project ${projectId}`;
  if (key === null) {
    return cause === 'project-default-cleared'
      ? `${actor.id} cleared the ${place}, which was ${full(previousKey)}`
      : `${actor.id} left no ${place} in place of ${full(previousKey)}${DEFAULT_CAUSE[cause]}`;
  }
  const before = previousKey === null ? '' : ` in place of ${short(previousKey)}`;
  return `${actor.id} set ${full(key)} as ${place}${before}${DEFAULT_CAUSE[cause]}`;
};

const hardDeleted: AuditSentences['KeyHardDeleted'] = (subject, facts) => {
  const who = subject.actor.id;
  const key = keyOf(subject);
  if (facts.cause === 'drained') return `${who} ended the last run of ${key}, which is now deleted for good`;
  if (facts.cause === 'deleted') return `${who} deleted ${key} for good${interrupting(facts)}`;
  if (facts.cause === 'workspace-closed') {
    return `${who} hard-deleted ${key} with its workspace${underCase(subject)}${interrupting(facts)}`;
  }
  const why = facts.reason === 'leak' ? ' because of a leak' : '';
  return `${who} hard-deleted ${key}${why}${underCase(subject)}${interrupting(facts)}`;
};

const quoted = (label: string | null): string => (label === null ? 'no label' : `"${label}"`);

const relabelled: AuditSentences['KeyRelabelled'] = (subject, { previousLabel }) =>
  subject.key?.label === null
    ? `${subject.actor.id} took the label ${quoted(previousLabel)} off ${keyOf(subject)}`
    : `${subject.actor.id} labelled ${keyOf(subject)}, which had ${quoted(previousLabel)}`;

const expiryChanged: AuditSentences['KeyExpiryChanged'] = (subject, { expiresAt, previousExpiresAt }) => {
  const before = previousExpiresAt === null ? '' : `, in place of ${Instant.encode(previousExpiresAt)}`;
  const after = expiresAt === null ? 'none' : Instant.encode(expiresAt);
  return `${subject.actor.id} set the expiry of ${keyOf(subject)}: ${after}${before}`;
};

const sentences: AuditSentences = {
  KeyAdded: (subject, { expiresAt }) =>
    `${subject.actor.id} added ${keyOf(subject)}${
      expiresAt === undefined ? '' : `, to be replaced by ${Instant.encode(expiresAt)}`
    }`,
  KeyRelabelled: relabelled,
  KeyExpiryChanged: expiryChanged,
  KeyAddAbandoned: (subject) =>
    `${subject.actor.id} gave up adding ${keyOf(subject)}, which was never on file`,
  KeyTestCallStarted: (subject, { purpose }) =>
    `${subject.actor.id} started a test call with ${keyOf(subject)} ${PURPOSE[purpose]}`,
  KeyValidated: (subject, { condition }) =>
    `${subject.actor.id} had ${keyOf(subject)} tested: valid${
      condition === 'throttled' ? ', though the vendor is throttling it' : ''
    }`,
  KeyValidationFailed: (subject, { reason, disables }) =>
    `${subject.actor.id} had ${keyOf(subject)} tested: ${failure(reason)}${
      disables ? '' : '; it stays in use until a second test says the same'
    }`,
  KeyValidationInconclusive: (subject, { reason }) =>
    `${subject.actor.id} had ${keyOf(subject)} tested: no verdict, ${NO_VERDICT[reason]}`,
  DefaultChanged: defaultChanged,
  KeyRetired: (subject, { openRuns }) =>
    `${subject.actor.id} deleted ${keyOf(subject)}, which stays until ${runs(openRuns)} in flight ${
      openRuns === 1 ? 'ends' : 'end'
    }`,
  KeyHardDeleted: hardDeleted,
  ...leakSentences,
  KeySecretDestroyed: (subject, { proof }) =>
    `${subject.actor.id} confirmed that the secret of ${keyOf(subject)} is destroyed${
      proof === undefined ? '' : ' (proof: row)'
    }`,
  RunKeyPinned: (subject, { choice }) =>
    `${subject.actor.id} started ${runOf(subject)} with ${keyOf(subject)}, ${CHOICE[choice]}`,
  RunKeyResumed: (subject, { leaseUntil, renewal }) =>
    (renewal === true
      ? `${subject.actor.id} renewed the lease of ${runOf(subject)} on ${keyOf(subject)}`
      : `${subject.actor.id} resumed ${runOf(subject)} with ${keyOf(subject)}`) +
    `, until ${Instant.encode(leaseUntil)}`,
  RunKeyReleased: (subject, { outcome }) =>
    outcome === 'lease-expired'
      ? `${subject.actor.id} released ${keyOf(subject)} from ${runOf(subject)}, whose lease had run out`
      : `${subject.actor.id} finished ${runOf(subject)} (${outcome}) and released ${keyOf(subject)}`,
  LogKeyRenewed: ({ actor }, { number }) =>
    `${actor.id} renewed the log's key: number ${number} seals from here on`,
  LogRestored: ({ actor }, { from, to, lostKeys, removals }) =>
    `${actor.id} accepted that the log lost what followed revision ${to}, up to ${from}: ` +
    `${lostKeys} ${lostKeys === 1 ? 'key is' : 'keys are'} lost, ` +
    `${removals} ${removals === 1 ? 'removal stays' : 'removals stay'} in force`,
  EventsDisowned: ({ actor }, { from, to }) =>
    `${actor.id} disowned ${from === to ? `event ${from}` : `events ${from} to ${to}`} of the log: ` +
    'nobody with the vault had written what stands there',
  WorkspaceClosed: (subject, { keys, openRuns }) =>
    `${subject.actor.id} closed the workspace${underCase(subject)} for good: ` +
    `${keys === 1 ? '1 key goes' : `${keys} keys go`} with it, and ${runs(openRuns)} in flight`,
};

/**
 * One plain sentence for each event. It names keys by their last 4, vendor and label.
 *
 * @example
 * // ada set …AbCd (Anthropic, "prod-2") as Default in place of …9xQz
 */
export const audit = <T extends KeyringEventType>(
  type: T,
  subject: AuditSubject,
  facts: AuditFactsOf<T>,
): string => sentences[type](subject, facts);

export const unknownEvent = (subject: AuditSubject, type: string): string =>
  `${subject.actor.id} caused ${type}, which this release has no words for: upgrade it`;
