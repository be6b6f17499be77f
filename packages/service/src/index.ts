export type { KeyAddition } from './addKey';
export type { AddKeyRequest } from './addKeyCommand';
export type {
  Action,
  AuthorizationRequest,
  AuthorizationTarget,
  Authorize,
  CommandAction,
  ImpliedEffect,
  QueryAction,
  UncheckedTarget,
} from './authorization';
export type { ClosedKey, CloseWorkspaceRequest, WorkspaceClosing } from './closeWorkspace';
export type { CallContext } from './context';
export type {
  ClearProjectDefaultRequest,
  DefaultChange,
  DefaultClearing,
  SetDefaultRequest,
} from './defaults';
export type { DeleteKeyRequest, HardDeleteKeyRequest, KeyDeletion } from './deleteKey';
export type * from './leak/leakRequests';
export type { LeakCaseClose, LeakWrite } from './leak/leakUseCases';
export type { LeakCheck } from './leak/killCheck';
export type { LeakWatch, LeakWatchOptions } from './leak/checkLeakUntilDead';
export type { FoundAtVendor, VendorRevocation } from './leak/findAtVendor';
export type { UsageAtVendor } from './leak/usageAtVendor';
export type { RevokedAtVendor } from './leak/revokeAtVendor';
export type { LeakCaseKeyNow, LeakCaseNow } from './leak/readLeakCase';
export type { Destruction } from './destroy';
export { isRefusal, ServiceFault, type Failure, type Fault, type ServiceFaultCode } from './failure';
export type { Foreseen } from './foresight';
export { makeHistorian, type Historian, type HistorianOptions } from './historian';
export type { HistoryRequest, KeyringThen } from './history';
export type { AcceptableLoss, LogAcceptance } from './log/acceptLog';
export type { DisownedEvents } from './log/disownEvents';
export type { UnsealedEnd, UnsealedEvent } from './log/unsealedEnd';
export { makeLogRenewal } from './log/logRenewal';
export type { BrokenDefault } from './brokenDefaults';
export type { KeySummary } from './keySummary';
export type { KeyChange, RelabelKeyRequest, SetKeyExpiryRequest } from './keyDetails';
export { makeKeyturn, type Keyturn } from './keyturn';
export type { KeyturnOptions, LogFacts, ServiceLog } from './options';
export { attachedVault, checkPairing, pairVault } from './pairing';
export { permittedQuery, type QueryContext, type Reader } from './permittedQuery';
export type { FinishRunRequest, ResumeRunRequest, StartRunRequest } from './runRequests';
export type { RunPin } from './runPin';
export type { RunsReleased, UseSecret } from './runs';
export { sharesPaste } from './secretInText';
export type { FindingKind, PendingFinding, SweepFinding, SweepReport } from './sweep/report';
export type { SweepRequest } from './sweep/request';
export type { SweepUntilRequest } from './sweep/sweepUntil';
export type {
  VerifyCounts,
  VerifyFinding,
  VerifyFindingKind,
  VerifyProgress,
  VerifyReport,
} from './verify/report';
export type { VerifyRequest } from './verify/verify';
export type { KeyValidation, ValidateKeyRequest } from './validateKey';
export type { WriteResult } from './writeResult';
