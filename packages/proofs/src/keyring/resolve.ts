import type { CommandBody, Evidence, KeyId, Keyring, RunChoice } from '@keyturn/domain';
import type { AbstractChoice, AbstractCommand } from './abstractCommand';
import { resolveLeak } from './resolveLeak';
import {
  caseIdOf,
  fingerprintOf,
  keyIdOf,
  last4Of,
  projectIdOf,
  receipt,
  runIdOf,
  storyCase,
  vendorOf,
} from './pool';

const evidence: Evidence = { status: 200, code: null, requestId: null, latencyMs: 120 };

const usedKeyIds = (keyring: Keyring): number => keyring.keys.size + keyring.abandonedKeyIds.size;

/** Key ids are given out in order, burned ones too: the n-th key, or one past the last, which is unknown. */
const nthKey = (keyring: Keyring, n: number): KeyId => keyIdOf(n % (usedKeyIds(keyring) + 1));

const projectOrNull = (n: number | null) => (n === null ? null : projectIdOf(n));

const choiceOf = (keyring: Keyring, choice: AbstractChoice): RunChoice => {
  if (choice === 'default') return { kind: 'default' };
  return 'vendor' in choice
    ? { kind: 'vendor', vendor: vendorOf(choice.vendor) }
    : { kind: 'key', keyId: nthKey(keyring, choice.key) };
};

/** What an abstract command asks of this keyring at this time. */
export const resolve = (abstract: AbstractCommand, keyring: Keyring, now: number): CommandBody => {
  const keyOf = (n: number): KeyId => nthKey(keyring, n);
  switch (abstract.do) {
    case 'add':
      return {
        type: 'AddKey',
        keyId: abstract.id === null ? keyIdOf(usedKeyIds(keyring)) : keyOf(abstract.id),
        vendor: vendorOf(abstract.vendor),
        endpoint: null,
        region: null,
        label: null,
        last4: last4Of(abstract.secret),
        fingerprint: fingerprintOf(abstract.secret),
        expiresAt: null,
      };
    case 'relabel':
      return {
        type: 'RelabelKey',
        keyId: keyOf(abstract.key),
        label: abstract.label === null ? null : `label ${abstract.label}`,
      };
    case 'set-expiry':
      return {
        type: 'SetKeyExpiry',
        keyId: keyOf(abstract.key),
        expiresAt: abstract.days === null ? null : now + abstract.days * 86_400_000,
      };
    case 'abandon':
      return {
        type: 'AbandonAdd',
        keyId: abstract.key === null ? keyIdOf(usedKeyIds(keyring)) : keyOf(abstract.key),
      };
    case 'test-call':
      return { type: 'StartTestCall', keyId: keyOf(abstract.key), purpose: abstract.purpose };
    case 'accept':
    case 'fail':
    case 'shrug':
      return resolveOutcome(abstract, keyOf(abstract.key), now);
    case 'set-default':
      return {
        type: 'SetDefault',
        keyId: keyOf(abstract.key),
        scope:
          abstract.project === null
            ? { kind: 'workspace' }
            : { kind: 'project', projectId: projectIdOf(abstract.project) },
        ...(abstract.follow ? { projects: 'follow' } : {}),
      };
    case 'clear-default':
      return { type: 'ClearProjectDefault', projectId: projectIdOf(abstract.project) };
    case 'delete':
      return {
        type: 'DeleteKey',
        keyId: keyOf(abstract.key),
        successor: abstract.successor === null ? null : keyOf(abstract.successor),
        leaveEmpty: abstract.leaveEmpty,
      };
    case 'hard-delete':
      return {
        type: 'HardDeleteKey',
        keyId: keyOf(abstract.key),
        successor: abstract.successor === null ? null : keyOf(abstract.successor),
        caseId: storyCase,
        reason: abstract.reason,
      };
    case 'report-leak':
    case 'withdraw-report':
    case 'suspend':
    case 'reinstate':
    case 'kill-check':
    case 'revoke':
    case 'review':
      return resolveLeak(abstract, keyOf(abstract.key), now);
    case 'close-case':
      return {
        type: 'CloseLeakCase',
        caseId: caseIdOf(abstract.case),
        leftOpen: abstract.leave.map((step) => ({ step, reason: 'as the story has it' })),
      };
    case 'start':
      return {
        type: 'StartRun',
        runId: runIdOf(abstract.run),
        projectId: projectOrNull(abstract.project),
        choice: choiceOf(keyring, abstract.choice),
        leaseSeconds: abstract.lease,
      };
    case 'resume':
      return {
        type: 'ResumeRun',
        runId: runIdOf(abstract.run),
        leaseSeconds: abstract.lease,
        ...(abstract.renewal ? { renewal: true } : {}),
      };
    case 'finish':
      return { type: 'FinishRun', runId: runIdOf(abstract.run), outcome: abstract.outcome };
    case 'expire':
      return {
        type: 'ExpireRuns',
        now,
        storeTime: now - abstract.skew * 1_000,
        lapse: { kind: 'told', graceMs: 0 },
      };
    case 'confirm-destruction':
      return { type: 'ConfirmDestruction', keyId: keyOf(abstract.key), receipt };
    case 'disown': {
      const from = keyring.revision + 1;
      return { type: 'DisownEvents', from, to: from + abstract.more, digest: 'd'.repeat(43) };
    }
    case 'close':
      return { type: 'CloseWorkspace', caseId: storyCase };
    case 'destroy-keys':
      return { type: 'DestroyWorkspaceKeys' };
    case 'renew-log-key':
      return { type: 'RenewLogKey', number: abstract.number };
    case 'accept-log':
      return {
        type: 'AcceptLog',
        known: keyring.revision + 3,
        left: keyring.revision,
        lostKeys: [],
        removals: abstract.keys.map((gone) => ({
          keyId: keyOf(gone),
          fingerprint: fingerprintOf(gone),
          hardDeleted: true,
          leaked: abstract.leaked,
        })),
        successor: abstract.successor === null ? null : keyOf(abstract.successor),
      };
  }
};

type AbstractOutcome = Extract<AbstractCommand, { readonly do: 'accept' | 'fail' | 'shrug' }>;

const resolveOutcome = (abstract: AbstractOutcome, keyId: KeyId, now: number): CommandBody => {
  const began = (lag: number): number => Math.max(0, now - lag * 1_000);
  switch (abstract.do) {
    case 'accept':
      return {
        type: 'RecordValidation',
        keyId,
        outcome: { kind: 'accepted', condition: 'completed', callStartedAt: began(abstract.lag), evidence },
      };
    case 'fail':
      return {
        type: 'RecordValidation',
        keyId,
        outcome: { kind: 'failed', reason: abstract.reason, callStartedAt: began(abstract.lag), evidence },
      };
    case 'shrug':
      return {
        type: 'RecordValidation',
        keyId,
        outcome: { kind: 'inconclusive', reason: 'timeout', callStartedAt: now, evidence },
      };
  }
};
