export type { AnyOf } from './auditLog/anyOf';
export type { ActionCount, ActorCount, DayCount, KeyCount } from './auditLog/auditCounts';
export type { AuditActor, AuditFilter } from './auditLog/auditFilter';
export type { NameInLog } from './auditLog/nearestInLog';
export type { AuditEntry, AuditPage, AuditPageOptions } from './auditLog/auditQueries';
export {
  compareReadModels,
  type CompareOptions,
  type ReadModelComparison,
} from './comparing/compareReadModels';
export type { ReadModelDifference } from './comparing/differences';
export { ProjectionFault, type ProjectionFaultCode } from './faults';
export type { KnownKey } from './keyList/keyListQueries';
export type { KeyFingerprint } from './keyList/keysEndingIn';
export type { KeysDueOptions, KeysDuePage } from './keyList/keysDue';
export type { ListedWorkspace, WorkspacesPage, WorkspacesPageOptions } from './keyList/workspaceQueries';
export type { StoppedWorkspace } from './log/damage';
export type { AllLogs, LogStanding, WorkspaceLog } from './log/logStanding';
export type { SealChecking } from './log/sealChecking';
export { openReadModels, type ReadModels } from './readModels';
export type { ReadModelsOptions } from './readModelsOptions';
export type { RunUsage, RunUsageFilter, RunUsagePage } from './runUsage/runUsageQueries';
export type { AroundBatch } from './runtime/context';
export { type ProjectionName, projections } from './runtime/projector';
export type { RebuildProgress } from './runtime/rebuild';
export type { ProjectionStatus } from './runtime/status';
