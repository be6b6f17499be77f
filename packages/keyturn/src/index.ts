export {
  backupKeyturn,
  describeVault,
  initKeyturn,
  joinKeyturn,
  migrateKeyturn,
  prepareMasterKeyRotation,
  restoreKeyturn,
  rotateMasterKey,
  type BackupOptions,
  type InitOptions,
  type JoinOptions,
  type MigrateOptions,
  type RestoreOptions,
  type RotateMasterKeyOptions,
  type VaultDescription,
} from './deployment/deployment';
export type { MadeBackup } from './deployment/backup/backup';
export type { BackupFile, BackupManifest } from './deployment/backup/manifest';
export type { RestoredBackup } from './deployment/backup/restore';
export type { Initialised } from './deployment/initialise';
export type { MasterKey, MasterKeyOption } from './deployment/masterKey';
export type { MigratedStore, Migration, MigrationProgress, MigrationStep } from './deployment/migrate';
export type { ConnectionString, PlaceOptions } from './deployment/place';
export type { Act, Foreseen, ForeseenEvent } from './act';
export type { Audit, History, KeyringThen, OpenRun } from './audit';
export { auditActions } from './auditActions';
export type {
  AuditChoice,
  AuditCountBy,
  AuditCountOf,
  AuditCounts,
  AuditEntry,
  AuditPage,
  AuditQuery,
  AuditReading,
} from './auditReading';
export type { ActContext, ActOptions, AuditContext, Caller, QueryOptions, ReaderContext } from './context';
export {
  isKeyturnError,
  type ErrorFace,
  type KeyturnError,
  type KeyturnFault,
  type KeyturnRefusal,
} from './errors';
export type { SetupFaultCode } from './deployment/setupFault';
export type { DoorFaultCode, FaultCode, FaultPart, FaultStep } from './faults';
export type { Health, Reached } from './health';
export type { Housekeeping, HousekeepingState, SweepOptions } from './housekeeping';
export type {
  AcceptableLoss,
  AcceptLogInput,
  DisownedEvents,
  DisownEventsInput,
  Log,
  LogAcceptance,
  UnsealedEnd,
  UnsealedEvent,
} from './log';
export type {
  AddKeyInput,
  DeleteKeyInput,
  HardDeleteKeyInput,
  Keys,
  RelabelKeyInput,
  SetDefaultInput,
  SetKeyExpiryInput,
} from './keys';
export type { Support } from './support';
export type * from './supportInputs';
export type { AtVendor } from './atVendor';
export type { FoundAtVendor, KeyAtVendor, RevokedAtVendor, UsageAtVendor } from './atVendorResults';
export type { CheckLeak, CheckLeakInput, CheckLeakUntilDead, CheckUntilDeadOptions } from './leakCheck';
export type { LeakCaseKeyStanding, LeakStatus, LeakStepStanding } from './leakStanding';
export type { ReadLeakStatus } from './leakStatus';
export type {
  CertificateCheck,
  CertificateFinding,
  CheckCertificate,
  CheckCertificateInput,
} from './certificate/checkCertificate';
export type { CertifiedEvent, DestructionCertificate } from './certificate/destructionCertificate';
export type { CertificateInput, Certify } from './certificate/readCertificate';
export type { Exposure, ExposureAnswer, ExposureInput, UsageRead } from './exposure/exposure';
export type { ExposureCounts, ExposureReport } from './exposure/exposureReport';
export type { DefaultMove, ExposureWindow, KeyHold, KeyUse } from './exposure/facts';
export type { Evidence, RuleAnswer, RuleName } from './exposure/rule';
export type { FindKeys, FindKeysInput, FoundKeys } from './finding/find';
export type { KeysDuePage, KeysDueQuery, KeysQuery, KnownKey } from './knownKeys';
export type { Authorize, Keyturn, KeyturnOptions } from './keyturn';
export type { KeyturnReader, KeyturnReaderOptions } from './keyturnReader';
export { openKeyturn } from './openKeyturn';
export { openKeyturnReader } from './openKeyturnReader';
export type { OnProgress, Progress, ProgressStep } from './progress';
export type { ProjectionName, Projections, ProjectionStatus, RebuildProgress } from './projections';
export type { Reading, RunsPage, RunsQuery, RunUsage } from './reading';
export type { CountedRefusals, RefusalLine, RefusedAttempt } from './refusals/refusedAttempt';
export type { Refused, RefusedPage, RefusedQuery } from './refusals/refusedReading';
export type {
  BrokenDefault,
  ClosedKey,
  DefaultChange,
  DefaultClearing,
  Destruction,
  DestructionReceipt,
  KeyAddition,
  KeyChange,
  KeyDeletion,
  KeySummary,
  KeyValidation,
  KillCheckAnswer,
  LeakCaseClosing,
  LeakChecked,
  LeakRecorded,
  LeakWatched,
  RunPin,
  RunsReleased,
  Validation,
  WorkspaceClosing,
  Written,
} from './results';
export type { FinishRunInput, ResumeRunInput, StartRunInput } from './runInputs';
export type { Runs } from './runs';
export type { RunSecret } from './runSecret';
export type { RunEnding, RunInUse, UseRun, UseRunInput, UseRunOptions } from './runUse';
export {
  ACTOR_ID_RULE,
  CASE_RULE,
  ID_RULE,
  isActorId,
  isCaseId,
  isId,
  looksLikeSecret,
  looksLikeVendorKey,
} from './texts';
export type { OwnVendorTables, VendorAccess } from './testCalls';
export { vendorProfiles } from './vendorProfiles';
export type { VendorFacts, Vendors } from './vendors';
export type {
  VerifyDeployment,
  VerifyFinding,
  VerifyFindingKind,
  VerifyOptions,
  VerifyProgress,
  VerifyReport,
} from './verify';
export type { Contacts, ToldFault, VendorTrouble } from './whoseFault';
export type { ListedWorkspace, WorkspacesPage, WorkspacesQuery } from './workspaceReading';
export type { CloseWorkspaceInput, Workspaces } from './workspaces';
export type {
  Action,
  AuthorizationRequest,
  AuthorizationTarget,
  CommandAction,
  FindingKind,
  ImpliedEffect,
  LogFacts,
  PendingFinding,
  QueryAction,
  ServiceFaultCode,
  ServiceLog,
  SweepFinding,
  SweepReport,
  VendorRevocation,
} from '@keyturn/service';
export type {
  Actor,
  Catalogue,
  ChoiceMade,
  FailureCause,
  FailureReason,
  Fault,
  FaultCounts,
  InconclusiveReason,
  KeyringEventType,
  KeyStatus,
  NextStep,
  Policy,
  RefusalCode,
  RefusalFacts,
} from '@keyturn/domain';
export type { StoreFaultCode } from '@keyturn/event-store';
export type {
  ActionCount,
  ActorCount,
  AllLogs,
  AnyOf,
  AuditActor,
  AuditFilter,
  DayCount,
  KeyCount,
  LogStanding,
  NameInLog,
  ProjectionFaultCode,
  StoppedWorkspace,
  WorkspaceLog,
} from '@keyturn/projections';
export type {
  PreparedRotation,
  Proof,
  RotatableMasterKey,
  RotationInfo,
  RotationProgress,
  RotationReport,
  VaultFaultCode,
  VaultInfo,
} from '@keyturn/vault';
export type { ProberFaultCode, VendorAdminProfile, VendorProfile } from '@keyturn/vendors';
