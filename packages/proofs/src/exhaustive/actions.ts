import type { CommandBody, Evidence, KeyId, Keyring, ProjectId, RunChoice, Scope } from '@keyturn/domain';
import {
  fingerprintOf,
  keyIdOf,
  last4Of,
  projectIdOf,
  receipt,
  runIdOf,
  storyCase,
  vendorOf,
} from '../keyring/pool';
import type { Bounds } from './bounds';
import { closes, isBesideTheCase } from './caseActions';
import { leakActions } from './leakActions';
import { NOW } from './moment';

const LONG_AFTER = NOW + 60 * 24 * 3_600_000;

const evidence: Evidence = { status: 200, code: null, requestId: null, latencyMs: 1 };

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, n) => n);

const additions = (keyring: Keyring, bounds: Bounds): ReadonlyArray<CommandBody> => {
  const fresh = upTo(bounds.keys)
    .map(keyIdOf)
    .find((keyId) => !keyring.keys.has(keyId) && !keyring.abandonedKeyIds.has(keyId));
  // Ids that were never used differ in nothing: one stands for all. One that was used is always refused.
  const ids = [...(fresh === undefined ? [] : [fresh]), ...[...keyring.keys.keys()].slice(0, 1)];
  return ids.flatMap((keyId) => [
    { type: 'AbandonAdd', keyId } as const,
    ...upTo(bounds.vendors).flatMap((vendor) =>
      upTo(bounds.secrets).map((secret): CommandBody => ({
        type: 'AddKey',
        keyId,
        vendor: vendorOf(vendor),
        endpoint: null,
        region: null,
        label: null,
        last4: last4Of(secret),
        fingerprint: fingerprintOf(secret),
        expiresAt: null,
      })),
    ),
  ]);
};

const outcomes = (keyId: KeyId): ReadonlyArray<CommandBody> => [
  {
    type: 'RecordValidation',
    keyId,
    outcome: { kind: 'accepted', condition: 'completed', callStartedAt: NOW, evidence },
  },
  {
    type: 'RecordValidation',
    keyId,
    outcome: { kind: 'failed', reason: 'rejected', callStartedAt: NOW, evidence },
  },
  {
    type: 'RecordValidation',
    keyId,
    outcome: { kind: 'failed', reason: 'unfunded', callStartedAt: NOW, evidence },
  },
  {
    type: 'RecordValidation',
    keyId,
    outcome: { kind: 'inconclusive', reason: 'timeout', callStartedAt: NOW, evidence },
  },
];

const deletions = (keyId: KeyId, others: ReadonlyArray<KeyId>): ReadonlyArray<CommandBody> => [
  { type: 'DeleteKey', keyId, successor: null, leaveEmpty: true },
  ...[null, keyId, ...others].flatMap((successor): ReadonlyArray<CommandBody> => [
    { type: 'DeleteKey', keyId, successor, leaveEmpty: false },
    { type: 'HardDeleteKey', keyId, successor, caseId: storyCase, reason: 'leak' },
    { type: 'HardDeleteKey', keyId, successor, caseId: storyCase, reason: 'other' },
  ]),
];

const isReport = (body: CommandBody): boolean => body.type === 'HardDeleteKey' && body.reason === 'leak';

const starts = (
  known: ReadonlyArray<KeyId>,
  projects: ReadonlyArray<ProjectId>,
  bounds: Bounds,
): ReadonlyArray<CommandBody> => {
  const choices: ReadonlyArray<RunChoice> = [
    { kind: 'default' },
    ...upTo(bounds.vendors).map((vendor) => ({ kind: 'vendor', vendor: vendorOf(vendor) }) as const),
    ...known.map((keyId) => ({ kind: 'key', keyId }) as const),
  ];
  return upTo(bounds.runs).flatMap((run) =>
    [null, ...projects].flatMap((projectId) =>
      choices.map((choice): CommandBody => ({
        type: 'StartRun',
        runId: runIdOf(run),
        projectId,
        choice,
        leaseSeconds: null,
      })),
    ),
  );
};

const offboarding = (known: ReadonlyArray<KeyId>): ReadonlyArray<CommandBody> => [
  { type: 'CloseWorkspace', caseId: storyCase },
  { type: 'DestroyWorkspaceKeys' },
  ...known.map((keyId): CommandBody => ({
    type: 'SetDefault',
    keyId,
    scope: { kind: 'workspace' },
    projects: 'follow',
  })),
];

/** Every command that could make a difference in this state, sensible or not. */
export const actionsIn = (keyring: Keyring, bounds: Bounds): ReadonlyArray<CommandBody> => {
  const known = [...keyring.keys.keys()].sort();
  const projects = upTo(bounds.projects).map(projectIdOf);
  const scopes: ReadonlyArray<Scope> = [
    { kind: 'workspace' },
    ...projects.map((projectId) => ({ kind: 'project', projectId }) as const),
  ];
  return [
    ...additions(keyring, bounds),
    ...known.flatMap((keyId) => [
      ...outcomes(keyId),
      ...deletions(
        keyId,
        known.filter((other) => other !== keyId),
      ).filter((body) => bounds.cases !== true || !isReport(body) || !isBesideTheCase(keyring, keyId)),
      ...scopes.map((scope): CommandBody => ({ type: 'SetDefault', keyId, scope })),
      { type: 'StartTestCall', keyId, purpose: 'kill-check' } as const,
      ...leakActions(keyring, keyId, bounds),
      { type: 'ConfirmDestruction', keyId, receipt } as const,
    ]),
    ...projects.map((projectId): CommandBody => ({ type: 'ClearProjectDefault', projectId })),
    ...starts(known, projects, bounds),
    ...upTo(bounds.runs).flatMap((run): ReadonlyArray<CommandBody> => [
      { type: 'ResumeRun', runId: runIdOf(run), leaseSeconds: null },
      { type: 'ResumeRun', runId: runIdOf(run), leaseSeconds: null, renewal: true },
      { type: 'FinishRun', runId: runIdOf(run), outcome: 'succeeded' },
    ]),
    {
      type: 'ExpireRuns',
      now: LONG_AFTER,
      storeTime: LONG_AFTER,
      lapse: { kind: 'told', graceMs: 0 },
    },
    ...(bounds.closing === true ? offboarding(known) : []),
    ...(bounds.cases === true ? closes() : []),
  ];
};
