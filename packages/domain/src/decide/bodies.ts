import * as t from 'io-ts';
import { nullable, WholeNumber } from '../codecs/primitives';
import type { CommandType } from '../commands';
import { Fingerprint, HardDeleteReason, payloads } from '../events';
import { CaseId, KeyId, ProjectId, RunId } from '../ids';
import { Instant } from '../instant';
import { Label } from '../label';
import { Lapse } from '../lapse';
import { KillCheck, LeftOpen } from '../leak/leakPayloads';
import { RunChoice, RunOutcome } from '../run';
import { Scope } from '../scope';
import { TestCallPurpose, ValidationOutcome } from '../validation';

/** So there are no more than there are steps. */
const EachStepOnce = t.refinement(
  t.readonlyArray(LeftOpen),
  (left) => new Set(left.map(({ step }) => step)).size === left.length,
  'EachStepOnce',
);

/** What each command's body has to be, for callers whose language does not check it. */
export const bodies: { readonly [T in CommandType]: t.Mixed } = {
  AddKey: t.intersection([payloads.KeyAdded, t.type({ label: nullable(Label) })]),
  RelabelKey: t.type({ keyId: KeyId, label: nullable(Label) }),
  SetKeyExpiry: t.type({ keyId: KeyId, expiresAt: nullable(Instant) }),
  AbandonAdd: payloads.KeyAddAbandoned,
  StartTestCall: t.type({ keyId: KeyId, purpose: TestCallPurpose }),
  RecordValidation: t.type({ keyId: KeyId, outcome: ValidationOutcome }),
  SetDefault: t.intersection([
    t.type({ keyId: KeyId, scope: Scope }),
    t.partial({ projects: t.literal('follow') }),
  ]),
  ClearProjectDefault: t.type({ projectId: ProjectId }),
  DeleteKey: t.type({ keyId: KeyId, successor: nullable(KeyId), leaveEmpty: t.boolean }),
  HardDeleteKey: t.type({
    keyId: KeyId,
    successor: nullable(KeyId),
    caseId: CaseId,
    reason: HardDeleteReason,
  }),
  ReportLeak: payloads.KeyReportedLeaked,
  WithdrawLeakReport: payloads.KeyLeakReportWithdrawn,
  SuspendKey: payloads.KeyReinstated,
  ReinstateKey: payloads.KeyReinstated,
  RecordKillCheck: KillCheck,
  RecordRevocation: payloads.KeyRevocationRecorded,
  RecordLeakReview: payloads.LeakReviewed,
  CloseLeakCase: t.type({ caseId: CaseId, leftOpen: EachStepOnce }),
  StartRun: t.type({
    runId: RunId,
    projectId: nullable(ProjectId),
    choice: RunChoice,
    leaseSeconds: nullable(t.number),
  }),
  ResumeRun: t.intersection([
    t.type({ runId: RunId, leaseSeconds: nullable(t.number) }),
    t.partial({ renewal: t.literal(true) }),
  ]),
  FinishRun: t.intersection([
    t.type({ runId: RunId, outcome: RunOutcome }),
    t.partial({ vendorRequests: WholeNumber }),
  ]),
  ExpireRuns: t.type({ now: Instant, storeTime: Instant, lapse: Lapse }),
  ConfirmDestruction: payloads.KeySecretDestroyed,
  RenewLogKey: payloads.LogKeyRenewed,
  AcceptLog: t.type({
    known: payloads.LogRestored.props.from,
    left: payloads.LogRestored.props.to,
    lostKeys: t.readonlyArray(KeyId),
    removals: t.readonlyArray(
      t.type({ keyId: KeyId, fingerprint: Fingerprint, hardDeleted: t.boolean, leaked: t.boolean }),
    ),
    successor: nullable(KeyId),
  }),
  DisownEvents: payloads.EventsDisowned,
  CloseWorkspace: t.type({ caseId: CaseId }),
  DestroyWorkspaceKeys: t.type({}),
};
