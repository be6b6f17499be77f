import { keyOfEvent } from '@keyturn/domain';
import type { ProjectedEvent } from '../runtime/projector';
import { saidOf } from './auditWords';
import { isFarLater } from './clocks';
import type { KeyOfLog } from './keysOfLog';
import type { AuditEntriesTable } from './tables';

/** What an entry says beside the event itself: looked up by the projector. */
export interface EntryLookups {
  readonly key: (workspaceId: string, keyId: string) => KeyOfLog;
  readonly projectOfRun: (workspaceId: string, runId: string) => string | null;
}

/** Where an entry stands, and under which case. */
export interface EntryPlace {
  readonly sequence: number;
  /** When the one above it was recorded. */
  readonly recordedAbove: number;
  readonly caseId: string | null;
}

/** The entry of one event. */
export const auditEntryOf = (
  { recorded, event, envelope }: ProjectedEvent,
  { sequence, recordedAbove, caseId }: EntryPlace,
  lookups: EntryLookups,
): AuditEntriesTable => {
  const { workspaceId, actor } = envelope;
  const keyId = keyOfEvent(event);
  const previousKeyId = event.type === 'DefaultChanged' ? event.data.previousKeyId : null;
  const key = keyId === null ? null : lookups.key(workspaceId, keyId);
  const previousKey = previousKeyId === null ? null : lookups.key(workspaceId, previousKeyId);
  const said = saidOf(event, (runId) => lookups.projectOfRun(workspaceId, runId));
  return {
    sequence,
    event_id: recorded.id,
    type: event.type,
    position: recorded.position,
    revision: recorded.revision,
    recorded_at: recorded.recordedAt,
    time: envelope.time,
    recorded_after: isFarLater(recordedAbove, recorded.recordedAt) ? recordedAbove : null,
    workspace_id: workspaceId,
    actor_kind: actor.kind,
    actor_id: actor.id,
    origin_ref: actor.originRef ?? null,
    key_id: keyId,
    last4: key?.last4 ?? null,
    vendor: key?.vendor ?? null,
    label: key?.label ?? null,
    previous_key_id: previousKeyId,
    previous_last4: previousKey?.last4 ?? null,
    previous_vendor: previousKey?.vendor ?? null,
    previous_label: previousKey?.label ?? null,
    run_id: 'runId' in event.data ? event.data.runId : null,
    project_id: said.projectId,
    cause: said.cause,
    case_id: caseId,
    facts: said.facts,
    correlation_id: envelope.correlationId,
    causation_id: envelope.causationId,
    command_id: envelope.commandId,
  };
};
