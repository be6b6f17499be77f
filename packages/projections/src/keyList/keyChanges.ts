import { isListed, isOnFile } from '@keyturn/domain';
import { type EventHandlers, ignored } from '../runtime/eventHandlers';
import { textList } from './textList';
import type { KeyListTable } from './tables';

/** The rows that a batch touches: read once, changed in memory, written once. */
export interface TouchedKeys {
  /** The key's row, to be changed; undefined for a key that was never added. */
  readonly edit: (workspaceId: string, keyId: string) => KeyListTable | undefined;
  readonly add: (row: KeyListTable, fingerprint: string) => void;
}

const withoutProject = (row: KeyListTable, projectId: string): string =>
  JSON.stringify(textList(row.project_defaults).filter((project) => project !== projectId));

const withProject = (row: KeyListTable, projectId: string): string =>
  JSON.stringify([...textList(row.project_defaults), projectId].sort());

const reported = (row: KeyListTable, caseId: string | null, at: number): void => {
  row.reported_leaked_at ??= at;
  if (caseId === null) return;
  row.leak_cases = JSON.stringify([...new Set([...textList(row.leak_cases), caseId])].sort());
};

/** Changes the rows that an event is about, as the keyring's own folds change its keys. */
export const keyChanges: EventHandlers<TouchedKeys> = {
  KeyAdded: (keys, data, { envelope, recorded }) => {
    const { workspaceId } = envelope;
    if (keys.edit(workspaceId, data.keyId) !== undefined) return;
    const row: KeyListTable = {
      workspace_id: workspaceId,
      key_id: data.keyId,
      added_position: recorded.position,
      vendor: data.vendor,
      endpoint: data.endpoint,
      region: data.region,
      model: data.model ?? null,
      label: data.label,
      last4: data.last4,
      status: 'pending',
      failure_reason: null,
      is_default: 0,
      was_default: 0,
      project_defaults: '[]',
      runs_in_flight: 0,
      added_at: envelope.time,
      last_used_at: null,
      last_validated_at: null,
      expires_at: data.expiresAt,
      hard_deleted_at: null,
      destroyed_at: null,
      reported_leaked_at: null,
      leak_cases: '[]',
      suspended: 0,
    };
    keys.add(row, data.fingerprint);
  },
  KeyRelabelled: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row !== undefined && isListed(row)) row.label = data.label;
  },
  KeyExpiryChanged: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row !== undefined && isListed(row)) row.expires_at = data.expiresAt;
  },
  KeyAddAbandoned: ignored,
  KeyTestCallStarted: ignored,
  KeyValidated: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row === undefined || !isOnFile(row)) return;
    row.status = 'active';
    row.failure_reason = null;
    row.last_validated_at = envelope.time;
  },
  KeyValidationFailed: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row === undefined || !isOnFile(row) || !data.disables) return;
    row.status = 'failed';
    row.failure_reason = data.reason;
  },
  KeyValidationInconclusive: ignored,
  DefaultChanged: (keys, { scope, keyId, previousKeyId }, { envelope }) => {
    const previous = previousKeyId === null ? undefined : keys.edit(envelope.workspaceId, previousKeyId);
    const next = keyId === null ? undefined : keys.edit(envelope.workspaceId, keyId);
    if (scope.kind === 'project') {
      if (previous !== undefined) previous.project_defaults = withoutProject(previous, scope.projectId);
      if (next !== undefined) next.project_defaults = withProject(next, scope.projectId);
      return;
    }
    if (previous !== undefined && previous !== next) {
      previous.is_default = 0;
      previous.was_default = 1;
    }
    if (next !== undefined) next.is_default = 1;
  },
  KeyRetired: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row === undefined || !isOnFile(row)) return;
    row.status = 'retired';
    row.failure_reason = null;
  },
  KeyHardDeleted: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row === undefined) return;
    if (data.reason === 'leak') reported(row, data.caseId, envelope.time);
    if (row.status === 'hard-deleted') return;
    row.status = 'hard-deleted';
    row.failure_reason = null;
    row.hard_deleted_at = envelope.time;
    row.suspended = 0;
  },
  KeyReportedLeaked: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row !== undefined) reported(row, data.caseId, envelope.time);
  },
  KeyLeakReportWithdrawn: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row === undefined) return;
    const left = textList(row.leak_cases).filter((caseId) => caseId !== data.caseId);
    row.leak_cases = JSON.stringify(left);
    if (left.length > 0) return;
    row.reported_leaked_at = null;
    row.suspended = 0;
  },
  KeySuspended: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row !== undefined && isListed(row)) row.suspended = 1;
  },
  KeyReinstated: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row !== undefined) row.suspended = 0;
  },
  KeyKillChecked: ignored,
  KeyRevocationRecorded: ignored,
  LeakReviewed: ignored,
  LeakCaseClosed: ignored,
  KeySecretDestroyed: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row !== undefined) row.destroyed_at ??= envelope.time;
  },
  RunKeyPinned: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row === undefined) return;
    row.runs_in_flight += 1;
    row.last_used_at = envelope.time;
  },
  RunKeyResumed: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row !== undefined) row.last_used_at = envelope.time;
  },
  RunKeyReleased: (keys, data, { envelope }) => {
    const row = keys.edit(envelope.workspaceId, data.keyId);
    if (row !== undefined) row.runs_in_flight -= 1;
  },
  LogKeyRenewed: ignored,
  LogRestored: ignored,
  EventsDisowned: ignored,
  WorkspaceClosed: ignored,
};
