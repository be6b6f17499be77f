import type { DestructionCertificate, ExposureAnswer, KnownKey, LeakCaseKeyStanding } from 'keyturn';

const HOUR = 3_600_000;
const SINCE = Date.UTC(2026, 10, 1);
export const UNTIL = SINCE + 14 * 24 * HOUR;

/** Where text comes from outside. */
export type Outside = Readonly<
  Record<
    | 'workspace'
    | 'keyId'
    | 'vendor'
    | 'label'
    | 'last4'
    | 'actor'
    | 'origin'
    | 'project'
    | 'run'
    | 'caseId'
    | 'evidence'
    | 'because',
    string
  >
>;

export const HONEST: Outside = {
  workspace: 'acme',
  keyId: 'key-1',
  vendor: 'anthropic',
  label: 'prod',
  last4: 'AbAA',
  actor: 'ada',
  origin: 'host-1',
  project: 'docs',
  run: 'run-1',
  caseId: 'SR-1042',
  evidence: 'user:mallory',
  because: 'The log is too short.',
};

const keyOf = ({ workspace, keyId, vendor, label, last4, project, caseId }: Outside): KnownKey => ({
  workspaceId: workspace,
  keyId,
  vendor,
  endpoint: null,
  region: null,
  model: null,
  label,
  last4,
  status: 'active',
  failureReason: null,
  isDefault: false,
  wasDefault: true,
  projectDefaults: [project],
  runsInFlight: 0,
  addedAt: SINCE - 24 * HOUR,
  expiresAt: null,
  lastUsedAt: UNTIL - HOUR,
  lastValidatedAt: SINCE,
  display: `…${last4} · Active (previous)`,
  hardDeleted: false,
  hardDeletedAt: UNTIL - HOUR,
  destroyedAt: null,
  reportedLeakedAt: UNTIL - 4 * HOUR,
  leakCases: [caseId],
  suspended: true,
  rotateBy: null,
  rotateBecause: null,
  fault: null,
  faultCounts: null,
  faultSentence: null,
});

/** A report in which every part of the page has something. */
export const reportOf = (outside: Outside): ExposureAnswer => {
  const { actor, origin, project, run, evidence, because, workspace, keyId } = outside;
  const by = { actor: `user:${actor}`, originRef: origin, projectId: project, runId: run };
  return {
    workspaceId: workspace,
    key: keyOf(outside),
    window: { since: SINCE, until: UNTIL },
    suspectedSince: SINCE + HOUR,
    reportedAt: UNTIL - 4 * HOUR,
    counts: { pinned: 1, resumed: 1, testCalls: 1, defaultMoves: 1, interruptedRuns: 1, afterSuspected: 3 },
    uses: [
      { kind: 'pinned', sequence: 1, at: SINCE + 2 * HOUR, ...by, cause: 'workspace-default' },
      { kind: 'resumed', sequence: 2, at: SINCE + 3 * HOUR, ...by, cause: null },
      { kind: 'test-call', sequence: 3, at: SINCE + 4 * HOUR, ...by, cause: 'revalidate' },
    ],
    holds: [
      { runId: run, from: SINCE + 2 * HOUR, to: UNTIL, isEnded: false, outcome: null, interrupted: true },
    ],
    defaultMoves: [
      { sequence: 4, at: SINCE + 5 * HOUR, actor: `user:${actor}`, projectId: project, to: 'another-key' },
    ],
    refusals: [
      {
        sequence: 1,
        at: SINCE + 6 * HOUR,
        workspaceId: workspace,
        actorKind: 'user',
        actorId: actor,
        originRef: origin,
        action: 'DeleteKey',
        keyId,
        runId: run,
        code: 'not-permitted',
      },
    ],
    refusalsCounted: [{ hour: SINCE, workspaceId: workspace, actorKind: null, actorId: null, count: 7 }],
    vendor: { buckets: 4, covered: 2, perhapsOurs: 1, long: 1 },
    usage: { format: 'csv', rows: 4, rowsWithoutKey: 1, rowsOfOtherKeys: 1, morePages: true },
    rules: [
      {
        rule: 'first-actor',
        state: 'found',
        because: null,
        evidence: [{ at: SINCE + 2 * HOUR, sequence: 1, what: evidence }],
      },
      { rule: 'after-report', state: 'clear', because: null, evidence: [] },
      { rule: 'first-origin', state: 'not-judged', because, evidence: [] },
    ],
  };
};

/** How the case stands for the key of that report. */
export const caseOf = (outside: Outside): { readonly caseId: string; readonly key: LeakCaseKeyStanding } => {
  const { workspace, keyId, vendor, last4, label, run, actor, caseId } = outside;
  const mark = { at: UNTIL - 4 * HOUR, actor: { kind: 'support', id: actor }, event: 'KeyReportedLeaked' };
  return {
    caseId,
    key: {
      workspaceId: workspace,
      keyId,
      vendor,
      last4,
      label,
      status: 'active',
      suspended: true,
      openRuns: [run],
      steps: [
        { step: 'report', done: true, mark, mail: '' },
        { step: 'revoke', done: true, mark: { ...mark, at: UNTIL + HOUR }, mail: '' },
        { step: 'close', done: false, mark: null, mail: '' },
      ],
      next: 'close',
      outcome: 'revoked-unconfirmed',
      notCheckable: true,
      minutesToRevoked: 12,
      minutesToDead: null,
    },
  };
};

/** Its text alone is shown. */
export const certificateOf = ({
  workspace,
  keyId,
  last4,
  vendor,
  label,
}: Outside): DestructionCertificate => {
  const event = { revision: 7, chain: 'A'.repeat(43), at: UNTIL, by: 'user:ada' };
  const receipt = {
    destroyedAt: UNTIL,
    secretsDestroyed: 1,
    dataKeysDestroyed: 1,
    method: 'sqlite',
    checks: [],
  };
  return {
    deploymentId: 'deployment-1',
    workspaceId: workspace,
    keyId,
    last4,
    vendor,
    label,
    added: event,
    hardDeleted: { ...event, cause: 'emergency', caseId: null, interruptedRuns: 0 },
    destroyed: { ...event, receipt },
    text: `Keyturn: certificate of destruction, version 1\n\nKey: ${keyId}\nLabel: ${label}\n`,
  };
};
