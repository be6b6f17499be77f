import type { Actor, ActorId } from '../actor';
import type { Command, CommandBody } from '../commands';
import type { DataOf, DestructionReceipt, HardDeleteReason } from '../events';

import type { CaseId, CommandId, CorrelationId, KeyId, ProjectId, RunId, Vendor, WorkspaceId } from '../ids';
import type { Lapse } from '../lapse';
import type { RunChoice, RunOutcome } from '../run';
import type { FailureReason, ValidationOutcome } from '../validation';

export const T0 = Date.UTC(2026, 10, 23, 7, 0, 0);

export const key = (id: string): KeyId => id as KeyId;
const run = (id: string): RunId => id as RunId;
const project = (id: string): ProjectId => id as ProjectId;
const vendor = (id: string): Vendor => id as Vendor;
const workspace = 'acme' as WorkspaceId;

const ada: Actor = { kind: 'user', id: 'ada' as ActorId };

type Overrides = Partial<Omit<Command, 'body'>>;

/** A command around a body; its id and times follow its place in the story. */
export const command = (body: CommandBody, place: number, overrides: Overrides = {}): Command => ({
  workspaceId: workspace,
  commandId: `c${place}` as CommandId,
  issuedAt: T0 + place * 1_000,
  time: T0 + place * 1_000,
  actor: ada,
  correlationId: `q${place}` as CorrelationId,
  causationId: `c${place}`,
  body,
  ...overrides,
});

const evidence = { status: 200, code: null, requestId: null, latencyMs: 120 };
const receipt: DestructionReceipt = {
  destroyedAt: T0,
  secretsDestroyed: 1,
  dataKeysDestroyed: 1,
  method: 'delete',
  checks: ['row gone'],
};

interface AddOptions {
  readonly of?: string;
  readonly secret?: string;
  readonly endpoint?: string | null;
  readonly label?: string | null;
  readonly expiresAt?: number | null;
}

/** The secret of a key stands in for itself: its fingerprint is made of its name, and its last 4 as well. */
export const add = (id: string, options: AddOptions = {}): CommandBody => ({
  type: 'AddKey',
  keyId: key(id),
  vendor: vendor(options.of ?? 'anthropic'),
  endpoint: options.endpoint ?? null,
  region: null,
  label: options.label ?? null,
  last4: (options.secret ?? id).slice(-4).padStart(4, 'x'),
  fingerprint: `fingerprint-of-${options.secret ?? id}`,
  expiresAt: options.expiresAt ?? null,
});

const outcome = (id: string, result: ValidationOutcome): CommandBody => ({
  type: 'RecordValidation',
  keyId: key(id),
  outcome: result,
});

/** `at`: seconds after the beginning of the story at which the call began. */
export const accept = (id: string, at = 0): CommandBody =>
  outcome(id, { kind: 'accepted', condition: 'completed', callStartedAt: T0 + at * 1_000, evidence });
export const fail = (id: string, reason: FailureReason, at = 0): CommandBody =>
  outcome(id, { kind: 'failed', reason, callStartedAt: T0 + at * 1_000, evidence });
export const shrug = (id: string, at = 0): CommandBody =>
  outcome(id, { kind: 'inconclusive', reason: 'timeout', callStartedAt: T0 + at * 1_000, evidence });

export const setDefault = (id: string, inProject?: string): CommandBody => ({
  type: 'SetDefault',
  keyId: key(id),
  scope: inProject === undefined ? { kind: 'workspace' } : { kind: 'project', projectId: project(inProject) },
});
/** With the projects that would stay on the key that is replaced. */
export const setDefaultWithProjects = (id: string): CommandBody => ({
  type: 'SetDefault',
  keyId: key(id),
  scope: { kind: 'workspace' },
  projects: 'follow',
});
export const closeWorkspace: CommandBody = { type: 'CloseWorkspace', caseId: 'LEFT-3' as CaseId };
export const destroyKeys: CommandBody = { type: 'DestroyWorkspaceKeys' };
export const clearDefault = (inProject: string): CommandBody => ({
  type: 'ClearProjectDefault',
  projectId: project(inProject),
});
export const remove = (
  id: string,
  options: { readonly successor?: string; readonly leaveEmpty?: boolean } = {},
): CommandBody => ({
  type: 'DeleteKey',
  keyId: key(id),
  successor: options.successor === undefined ? null : key(options.successor),
  leaveEmpty: options.leaveEmpty ?? false,
});
export const hardDelete = (
  id: string,
  options: { readonly successor?: string; readonly reason?: HardDeleteReason } = {},
): CommandBody => ({
  type: 'HardDeleteKey',
  keyId: key(id),
  successor: options.successor === undefined ? null : key(options.successor),
  caseId: 'SEC-7' as CaseId,
  reason: options.reason ?? 'leak',
});
export const reportLeak = (id: string, options: Partial<DataOf<'KeyReportedLeaked'>> = {}): CommandBody => ({
  type: 'ReportLeak',
  keyId: key(id),
  caseId: 'SEC-7' as CaseId,
  reportedBy: null,
  suspectedSince: null,
  source: null,
  usedElsewhere: 'unknown',
  stranger: 'unknown',
  ...options,
});
export const confirm = (id: string): CommandBody => ({ type: 'ConfirmDestruction', keyId: key(id), receipt });
export const abandon = (id: string): CommandBody => ({ type: 'AbandonAdd', keyId: key(id) });

const anyDefault: RunChoice = { kind: 'default' };
export const ofVendor = (id: string): RunChoice => ({ kind: 'vendor', vendor: vendor(id) });
export const exactly = (id: string): RunChoice => ({ kind: 'key', keyId: key(id) });

export const start = (
  id: string,
  options: {
    readonly in?: string;
    readonly choice?: RunChoice;
    readonly lease?: number;
  } = {},
): CommandBody => ({
  type: 'StartRun',
  runId: run(id),
  projectId: options.in === undefined ? null : project(options.in),
  choice: options.choice ?? anyDefault,
  leaseSeconds: options.lease ?? null,
});
export const resume = (id: string, lease: number | null = null): CommandBody => ({
  type: 'ResumeRun',
  runId: run(id),
  leaseSeconds: lease,
});
export const finish = (id: string, result: RunOutcome = 'succeeded'): CommandBody => ({
  type: 'FinishRun',
  runId: run(id),
  outcome: result,
});
/** Leases that a service saw overdue, each of so many seconds from the beginning of the story. */
export const observed = (
  leases: Readonly<Record<string, { readonly until: number; readonly graceIsOver?: boolean }>>,
): Lapse => ({
  kind: 'observed',
  leases: Object.entries(leases).map(([id, { until, graceIsOver = false }]) => ({
    runId: run(id),
    leaseUntil: T0 + until * 1_000,
    graceIsOver,
  })),
});

/** On a person's word, with no grace. `at`: seconds after the beginning of the story. */
export const expire = (
  at: number,
  storeAt = at,
  lapse: Lapse = { kind: 'told', graceMs: 0 },
): CommandBody => ({
  type: 'ExpireRuns',
  now: T0 + at * 1_000,
  storeTime: T0 + storeAt * 1_000,
  lapse,
});
