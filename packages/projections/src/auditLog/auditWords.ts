import {
  auditFacts,
  type AuditSubject,
  type Catalogue,
  type DataOf,
  type KeyringEvent,
  type KeyringEventType,
} from '@keyturn/domain';
import { isRight } from 'fp-ts/Either';
import type { AuditWords, ProjectOfRun } from './auditWordsOfType';
import { leakWords } from './leakWords';

/** So many runs are named of those that a hard delete interrupted: they may be thousands. */
const NAMED_RUNS = 5;

const none = (): null => null;
const nothing = (): { readonly [name: string]: never } => ({});
const ofItsRun = ({ runId }: { readonly runId: string }, projectOfRun: ProjectOfRun): string | null =>
  projectOfRun(runId);

const auditWords: { readonly [T in KeyringEventType]: AuditWords<T> } = {
  KeyAdded: {
    cause: none,
    project: none,
    facts: ({ expiresAt }) => (expiresAt === null ? {} : { expiresAt }),
  },
  KeyRelabelled: { cause: none, project: none, facts: ({ previousLabel }) => ({ previousLabel }) },
  KeyExpiryChanged: {
    cause: none,
    project: none,
    facts: ({ expiresAt, previousExpiresAt }) => ({ expiresAt, previousExpiresAt }),
  },
  KeyAddAbandoned: { cause: none, project: none, facts: nothing },
  KeyTestCallStarted: {
    cause: ({ purpose }) => purpose,
    project: none,
    facts: ({ purpose }) => ({ purpose }),
  },
  KeyValidated: {
    cause: ({ condition }) => condition,
    project: none,
    facts: ({ condition }) => ({ condition }),
  },
  KeyValidationFailed: {
    cause: ({ reason }) => reason,
    project: none,
    facts: ({ reason, disables }) => ({ reason, disables }),
  },
  KeyValidationInconclusive: {
    cause: ({ reason }) => reason,
    project: none,
    facts: ({ reason }) => ({ reason }),
  },
  DefaultChanged: {
    cause: ({ cause }) => cause,
    project: ({ scope }) => (scope.kind === 'project' ? scope.projectId : null),
    facts: ({ cause }) => ({ cause }),
  },
  KeyRetired: { cause: none, project: none, facts: ({ openRuns }) => ({ openRuns }) },
  KeyHardDeleted: {
    cause: ({ cause }) => cause,
    project: none,
    facts: ({ cause, reason, interruptedRuns }) => ({
      cause,
      reason,
      interruptedRuns: interruptedRuns.length,
      interrupted: interruptedRuns.slice(0, NAMED_RUNS),
    }),
  },
  ...leakWords,
  KeySecretDestroyed: {
    cause: none,
    project: none,
    facts: ({ receipt }) => (receipt.proof === 'row' ? { proof: receipt.proof } : {}),
  },
  RunKeyPinned: {
    cause: ({ choice }) => choice,
    project: ({ projectId }) => projectId,
    facts: ({ choice }) => ({ choice }),
  },
  RunKeyResumed: {
    cause: none,
    project: ofItsRun,
    facts: ({ leaseUntil, renewal }) => (renewal === true ? { leaseUntil, renewal } : { leaseUntil }),
  },
  RunKeyReleased: {
    cause: ({ outcome }) => outcome,
    project: ofItsRun,
    facts: ({ outcome, vendorRequests }) =>
      vendorRequests === undefined ? { outcome } : { outcome, vendorRequests },
  },
  LogKeyRenewed: { cause: none, project: none, facts: ({ number }) => ({ number }) },
  LogRestored: {
    cause: none,
    project: none,
    facts: ({ from, to, lostKeys, removals }) => ({
      from,
      to,
      lostKeys: lostKeys.length,
      removals: removals.length,
    }),
  },
  EventsDisowned: { cause: none, project: none, facts: ({ from, to }) => ({ from, to }) },
  WorkspaceClosed: { cause: none, project: none, facts: ({ keys, openRuns }) => ({ keys, openRuns }) },
};

/** What the row of an event keeps for its sentence, and for whoever asks by cause or project. */
export interface SaidOf {
  readonly cause: string | null;
  readonly projectId: string | null;
  /** JSON; null where there is nothing to keep. */
  readonly facts: string | null;
}

const said = <T extends KeyringEventType>(type: T, data: DataOf<T>, projectOfRun: ProjectOfRun): SaidOf => {
  const words = auditWords[type];
  const facts = JSON.stringify(auditFacts[type].encode(words.facts(data)));
  return {
    cause: words.cause(data),
    projectId: words.project(data, projectOfRun),
    facts: facts === '{}' ? null : facts,
  };
};

export const saidOf = ({ type, data }: KeyringEvent, projectOfRun: ProjectOfRun): SaidOf =>
  said(type, data, projectOfRun);

/** An entry as one sentence. One that a newer release wrote may have a type or facts that this one does not know. */
export const sentenceOf = (
  words: Catalogue,
  { type, facts }: { readonly type: KeyringEventType; readonly facts: string | null },
  subject: AuditSubject,
): string => {
  if (!Object.hasOwn(auditFacts, type)) return words.unknownEvent(subject, type);
  const decoded = auditFacts[type].decode(facts === null ? {} : JSON.parse(facts));
  return isRight(decoded) ? words.audit(type, subject, decoded.right) : words.unknownEvent(subject, type);
};
