export * from './actor';
export type * from './commands';
export * from './decider';
export { isUnhandled, type Decision } from './decide/decide';
export type { CausationId, Envelope, EnvelopedEvent } from './envelope';
export * from './events';
export * from './fault';
export * from './ids';
export * from './idsFromText';
export * from './instant';
export { Label, LABEL_RULE } from './label';
export { displayLine, displayStatus, failureWords, labelInputOf } from './labels';
export * from './policy';
export type { KeyFact } from './refusals/keyFact';
export * from './refusals/outerRefusals';
export * from './refusals/refusal';
export type { NextStep } from './refusals/table';
export * from './rotation';
export * from './run';
export * from './scope';
export * from './stream';
export { looksLikeSecret, looksLikeVendorKey, quotable } from './secretShape';
export { isListed, isOnFile, type KeyEntry, type KeyStatus } from './state/keyEntry';
export * from './state/keyring';
export { projectsOn } from './decide/defaults';
export { suspendedKey } from './decide/knownKey';
export type { Pin } from './state/pin';
export { caseOf, isReported, type CaseOfKey, type KeyLeak } from './leak/keyLeak';
export type { LeftOpen } from './leak/leakPayloads';
export * from './leak/leakCase';
export { concernsLeaks, type LeakStepMark } from './leak/leakMarks';
export { leakOutcome, openSteps } from './leak/leakSteps';
export * from './leak/leakWords';
export { Remark, REMARK_RULE } from './leak/remark';
export type { KillChecks } from './leak/killChecks';
export { recall, type Recent } from './state/recent';
export * from './validation';
export type { Finding, FindingKind, FindingPlace, PasteFinding, UnseenRun } from './paste/findings';
export type { KeyForms, PasteWord, Sighting } from './paste/keyForms';
export { checkPaste, cleanPaste, MAX_SECRET_BYTES, MIN_SECRET_BYTES } from './paste/checkPaste';
export {
  UndecodableEvent,
  UndecodableSnapshot,
  UnencodableEvent,
  type UndecodableReason,
} from './codecs/errors';
export * from './codecs/eventCodec';
export * from './history';
export type { Lapse } from './lapse';
export { decodeSnapshot, type SnapshotDecoding } from './snapshot/decodeSnapshot';
export { encodeSnapshot, type EncodedSnapshot, type SnapshotPart } from './snapshot/encodeSnapshot';
export { SNAPSHOT_SCHEMA_VERSION } from './snapshot/snapshotShape';
export { auditFacts, type AuditFactsOf } from './words/auditFacts';
export type { AuditSubject, Catalogue, FaultInput, LabelInput, NamedKey } from './words/catalogue';
export { english } from './words/english';
export { pseudoLocale } from './words/pseudoLocale';
