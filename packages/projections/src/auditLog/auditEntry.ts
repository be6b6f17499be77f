import type { KeyringEvent } from '@keyturn/domain';
import type { ProjectedEvent } from '../runtime/projector';
import { auditSentence, type KeyFacts } from './auditSentence';
import type { AuditEntriesTable } from './tables';

/** What an entry says beside the event itself: looked up by the projector. */
export interface EntryLookups {
  readonly key: (workspaceId: string, keyId: string) => KeyFacts;
  readonly projectOfRun: (workspaceId: string, runId: string) => string | null;
}

/** Why or how: the one word of the event that says it; null where it has none. */
const causeOf = (event: KeyringEvent): string | null => {
  switch (event.type) {
    case 'KeyTestCallStarted':
      return event.data.purpose;
    case 'KeyValidated':
      return event.data.condition;
    case 'KeyValidationFailed':
    case 'KeyValidationInconclusive':
      return event.data.reason;
    case 'DefaultChanged':
    case 'KeyHardDeleted':
      return event.data.cause;
    case 'RunKeyPinned':
      return event.data.choice;
    case 'RunKeyReleased':
      return event.data.outcome;
    case 'KeyAdded':
    case 'KeyAddAbandoned':
    case 'KeyRetired':
    case 'KeyReportedLeaked':
    case 'KeySecretDestroyed':
    case 'RunKeyResumed':
      return null;
  }
};

const projectOf = (event: KeyringEvent, workspaceId: string, lookups: EntryLookups): string | null => {
  switch (event.type) {
    case 'RunKeyPinned':
      return event.data.projectId;
    case 'RunKeyResumed':
    case 'RunKeyReleased':
      return lookups.projectOfRun(workspaceId, event.data.runId);
    case 'DefaultChanged':
      return event.data.scope.kind === 'project' ? event.data.scope.projectId : null;
    default:
      return null;
  }
};

/** Where an entry stands: by the one above it. */
export interface EntryPlace {
  readonly sequence: number;
  readonly loggedAt: number;
}

/** The entry of one event. */
export const auditEntryOf = (
  { recorded, event, envelope }: ProjectedEvent,
  { sequence, loggedAt }: EntryPlace,
  lookups: EntryLookups,
): AuditEntriesTable => {
  const { workspaceId, actor } = envelope;
  const { keyId } = event.data;
  const previousKeyId = event.type === 'DefaultChanged' ? event.data.previousKeyId : null;
  const key = keyId === null ? null : lookups.key(workspaceId, keyId);
  const previousKey = previousKeyId === null ? null : lookups.key(workspaceId, previousKeyId);
  const projectId = projectOf(event, workspaceId, lookups);
  return {
    sequence,
    event_id: recorded.id,
    type: event.type,
    position: recorded.position,
    revision: recorded.revision,
    recorded_at: recorded.recordedAt,
    logged_at: loggedAt,
    time: envelope.time,
    workspace_id: workspaceId,
    actor_kind: actor.kind,
    actor_id: actor.id,
    origin_ref: actor.originRef ?? null,
    key_id: keyId,
    last4: key?.last4 ?? null,
    vendor: key?.vendor ?? null,
    label: key?.label ?? null,
    previous_key_id: previousKeyId,
    run_id: 'runId' in event.data ? event.data.runId : null,
    project_id: projectId,
    cause: causeOf(event),
    case_id: 'caseId' in event.data ? event.data.caseId : null,
    correlation_id: envelope.correlationId,
    causation_id: envelope.causationId,
    command_id: envelope.commandId,
    sentence: auditSentence(event, { actor, key, previousKey, projectId }),
  };
};
