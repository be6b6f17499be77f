import type { KeyringEvent, PayloadOf } from '@keyturn/domain';
import type { ProjectedEvent } from '../runtime/projector';
import { addedRow, type KeyRow } from './keyRow';

/** The rows that a batch touches: read once, changed in memory, written once. */
export interface TouchedKeys {
  /** The key's row, to be changed; undefined for a key that was never added. */
  readonly edit: (workspaceId: string, keyId: string) => KeyRow | undefined;
  readonly add: (row: KeyRow) => void;
}

const isOnFile = (row: KeyRow): boolean =>
  row.status === 'pending' || row.status === 'active' || row.status === 'failed';

const defaultChanged = (keys: TouchedKeys, workspaceId: string, data: PayloadOf<'DefaultChanged'>): void => {
  const { scope } = data;
  const previous = data.previousKeyId === null ? undefined : keys.edit(workspaceId, data.previousKeyId);
  const next = data.keyId === null ? undefined : keys.edit(workspaceId, data.keyId);
  if (scope.kind === 'project') {
    const { projectId } = scope;
    if (previous !== undefined) {
      previous.projectDefaults = previous.projectDefaults.filter((project) => project !== projectId);
    }
    if (next !== undefined) next.projectDefaults = [...next.projectDefaults, projectId].sort();
    return;
  }
  if (previous !== undefined && previous !== next) {
    previous.isDefault = false;
    previous.wasDefault = true;
  }
  if (next !== undefined) next.isDefault = true;
};

/** Changes the rows that one event is about, as the keyring's own fold changes its keys. */
export const applyToKeys = (keys: TouchedKeys, projected: ProjectedEvent): void => {
  const { envelope } = projected;
  const { workspaceId, time } = envelope;
  const event: KeyringEvent = projected.event;
  if (event.type === 'DefaultChanged') {
    defaultChanged(keys, workspaceId, event.data);
    return;
  }
  if (event.type === 'KeyAddAbandoned') return;
  const row = keys.edit(workspaceId, event.data.keyId);
  if (event.type === 'KeyAdded') {
    if (row === undefined) keys.add(addedRow(projected, event.data));
    return;
  }
  if (row === undefined) return;
  switch (event.type) {
    case 'KeyValidated':
      if (!isOnFile(row)) return;
      row.status = 'active';
      row.failureReason = null;
      row.lastValidatedAt = time;
      return;
    case 'KeyValidationFailed':
      if (!isOnFile(row) || !event.data.disables) return;
      row.status = 'failed';
      row.failureReason = event.data.reason;
      return;
    case 'KeyRetired':
      row.status = 'retired';
      row.failureReason = null;
      return;
    case 'KeyHardDeleted':
      row.status = 'hard-deleted';
      row.failureReason = null;
      return;
    case 'RunKeyPinned':
      row.runsInFlight += 1;
      row.lastUsedAt = time;
      return;
    case 'RunKeyResumed':
      row.lastUsedAt = time;
      return;
    case 'RunKeyReleased':
      row.runsInFlight -= 1;
      return;
    case 'KeyTestCallStarted':
    case 'KeyValidationInconclusive':
    case 'KeyReportedLeaked':
    case 'KeySecretDestroyed':
      return;
  }
};
