import {
  type Actor,
  type DefaultCause,
  failureWords,
  type InconclusiveReason,
  Instant,
  type KeyringEvent,
  type PayloadOf,
  type TestCallPurpose,
} from '@keyturn/domain';
import { vendorName } from './vendorNames';

/** What is known of a key when an entry about it is written. */
export interface KeyFacts {
  readonly keyId: string;
  readonly vendor: string | null;
  readonly last4: string | null;
  readonly label: string | null;
}

/** Who and what a sentence is about. */
export interface SentenceFacts {
  readonly actor: Actor;
  readonly key: KeyFacts | null;
  /** The key that a Default moved away from. */
  readonly previousKey: KeyFacts | null;
  /** The run's project. */
  readonly projectId: string | null;
}

const SHOWN_RUNS = 5;

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
  'unrecognised-answer': 'no rule knows the answer',
};

const CHOICE: { readonly [C in PayloadOf<'RunKeyPinned'>['choice']]: string } = {
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
};

const short = (key: KeyFacts | null): string => {
  if (key === null) return 'no key';
  return key.last4 === null ? `key ${key.keyId}` : `…${key.last4}`;
};

/** Such as `…AbCd (Anthropic, "prod-2")`. */
const full = (key: KeyFacts | null): string => {
  if (key === null || key.vendor === null) return short(key);
  const label = key.label === null ? '' : `, "${key.label}"`;
  return `${short(key)} (${vendorName(key.vendor)}${label})`;
};

const runs = (count: number): string => `${count} ${count === 1 ? 'run' : 'runs'}`;

const namedRuns = (ids: ReadonlyArray<string>): string => {
  const more = ids.length > SHOWN_RUNS ? ` and ${ids.length - SHOWN_RUNS} more` : '';
  return `${runs(ids.length)} (${ids.slice(0, SHOWN_RUNS).join(', ')}${more})`;
};

const ofProject = (projectId: string | null): string =>
  projectId === null ? '' : ` of project ${projectId}`;

const defaultChanged = (who: string, data: PayloadOf<'DefaultChanged'>, facts: SentenceFacts): string => {
  const place = data.scope.kind === 'project' ? `Default of project ${data.scope.projectId}` : 'Default';
  const why = DEFAULT_CAUSE[data.cause];
  if (data.keyId === null) {
    return data.cause === 'project-default-cleared'
      ? `${who} cleared the ${place}, which was ${full(facts.previousKey)}`
      : `${who} left no ${place} in place of ${full(facts.previousKey)}${why}`;
  }
  const before = facts.previousKey === null ? '' : ` in place of ${short(facts.previousKey)}`;
  return `${who} set ${full(facts.key)} as ${place}${before}${why}`;
};

const hardDeleted = (who: string, data: PayloadOf<'KeyHardDeleted'>, facts: SentenceFacts): string => {
  const key = full(facts.key);
  const interrupted =
    data.interruptedRuns.length === 0 ? '' : `, interrupting ${namedRuns(data.interruptedRuns)}`;
  if (data.cause === 'drained') return `${who} ended the last run of ${key}, which is now deleted for good`;
  if (data.cause === 'deleted') return `${who} deleted ${key} for good${interrupted}`;
  const why = data.reason === 'leak' ? ' because of a leak' : '';
  const under = data.caseId === null ? '' : ` under case ${data.caseId}`;
  return `${who} hard-deleted ${key}${why}${under}${interrupted}`;
};

const released = (who: string, data: PayloadOf<'RunKeyReleased'>, facts: SentenceFacts): string => {
  const run = `run ${data.runId}${ofProject(facts.projectId)}`;
  return data.outcome === 'lease-expired'
    ? `${who} released ${full(facts.key)} from ${run}, whose lease had run out`
    : `${who} finished ${run} (${data.outcome}) and released ${full(facts.key)}`;
};

/**
 * An event as one plain sentence for people. It names keys by their last 4, vendor and label, and holds nothing that the
 * entry does not hold beside it.
 *
 * @example
 * // ada set …AbCd (Anthropic, "prod-2") as Default in place of …9xQz
 */
export const auditSentence = (event: KeyringEvent, facts: SentenceFacts): string => {
  const who = facts.actor.id;
  const key = full(facts.key);
  switch (event.type) {
    case 'KeyAdded':
      return `${who} added ${key}`;
    case 'KeyAddAbandoned':
      return `${who} gave up adding ${key}, which was never on file`;
    case 'KeyTestCallStarted':
      return `${who} started a test call with ${key} ${PURPOSE[event.data.purpose]}`;
    case 'KeyValidated':
      return event.data.condition === 'throttled'
        ? `${who} had ${key} tested: valid, though the vendor is throttling it`
        : `${who} had ${key} tested: valid`;
    case 'KeyValidationFailed':
      return `${who} had ${key} tested: ${failureWords(event.data.reason)}${
        event.data.disables ? '' : '; it stays in use until a second test says the same'
      }`;
    case 'KeyValidationInconclusive':
      return `${who} had ${key} tested: no verdict, ${NO_VERDICT[event.data.reason]}`;
    case 'DefaultChanged':
      return defaultChanged(who, event.data, facts);
    case 'KeyRetired':
      return `${who} deleted ${key}, which stays until ${runs(event.data.openRuns)} in flight ${
        event.data.openRuns === 1 ? 'ends' : 'end'
      }`;
    case 'KeyHardDeleted':
      return hardDeleted(who, event.data, facts);
    case 'KeyReportedLeaked':
      return `${who} reported ${key} as leaked under case ${event.data.caseId}`;
    case 'KeySecretDestroyed':
      return `${who} confirmed that the secret of ${key} is destroyed`;
    case 'RunKeyPinned':
      return `${who} started run ${event.data.runId}${ofProject(facts.projectId)} with ${key}, ${
        CHOICE[event.data.choice]
      }`;
    case 'RunKeyResumed':
      return `${who} resumed run ${event.data.runId}${ofProject(facts.projectId)} with ${key}, until ${Instant.encode(
        event.data.leaseUntil,
      )}`;
    case 'RunKeyReleased':
      return released(who, event.data, facts);
  }
};
