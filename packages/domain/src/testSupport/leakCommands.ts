import type { CommandBody } from '../commands';
import type { CaseId } from '../ids';
import type { ControlCall, KillCheckSays, LeavableStep, RevokedHow } from '../leak/leakWords';
import { key, T0 } from './commands';

const CASE = 'SEC-7';

const ofCase = (id: string, caseId = CASE) => ({ keyId: key(id), caseId: caseId as CaseId });

export const withdraw = (id: string, caseId?: string): CommandBody => ({
  type: 'WithdrawLeakReport',
  ...ofCase(id, caseId),
  reason: 'the mail was about another key',
});
export const suspend = (id: string, caseId?: string): CommandBody => ({
  type: 'SuspendKey',
  ...ofCase(id, caseId),
});
export const reinstate = (id: string, caseId?: string): CommandBody => ({
  type: 'ReinstateKey',
  ...ofCase(id, caseId),
});

/** `at`: seconds after the beginning of the story at which the check was. */
export const killCheck = (
  id: string,
  says: KillCheckSays,
  at: number,
  options: {
    readonly via?: 'call' | 'vendor-list';
    readonly control?: ControlCall;
    readonly endpointOverride?: string;
  } = {},
): CommandBody => ({
  type: 'RecordKillCheck',
  ...ofCase(id),
  says,
  via: options.via ?? 'call',
  checkedAt: T0 + at * 1_000,
  attempts: 1,
  control: options.control ?? 'none',
  evidence: {
    status: 401,
    code: null,
    requestId: null,
    latencyMs: 90,
    ...(options.endpointOverride === undefined ? {} : { endpointOverride: options.endpointOverride }),
  },
});

export const revoke = (id: string, how: RevokedHow = 'console', caseId?: string): CommandBody => ({
  type: 'RecordRevocation',
  ...ofCase(id, caseId),
  how,
  revokedBy: 'Grace',
  revokedAt: T0,
  undo: 'no',
  undoUntil: null,
});

export const review = (id: string, note: string | null = null): CommandBody => ({
  type: 'RecordLeakReview',
  ...ofCase(id),
  from: null,
  until: T0,
  uses: 3,
  explained: ['first-origin'],
  unexplained: [],
  note,
});

export const closeCase = (...leave: ReadonlyArray<LeavableStep>): CommandBody => ({
  type: 'CloseLeakCase',
  caseId: CASE as CaseId,
  leftOpen: leave.map((step) => ({ step, reason: 'the customer has left' })),
});
