import type { EnvelopedEvent, KeyId, ProjectId, RunId } from '@keyturn/domain';

type Standing = 'pending' | 'active' | 'failed' | 'retired' | 'gone';

/**
 * The keyring as an auditor with a pencil would keep it from the events alone: a second, slow and plain reading of them
 * that shares no code with the domain's.
 */
export interface Ledger {
  readonly standing: Map<KeyId, Standing>;
  readonly fingerprint: Map<KeyId, string>;
  readonly leaked: Set<string>;
  workspaceDefault: KeyId | null;
  readonly projectDefaults: Map<ProjectId, KeyId>;
  readonly pins: Map<RunId, KeyId>;
}

export const emptyLedger = (): Ledger => ({
  standing: new Map(),
  fingerprint: new Map(),
  leaked: new Set(),
  workspaceDefault: null,
  projectDefaults: new Map(),
  pins: new Map(),
});

/** Writes one event down. */
export const enterEvent = (ledger: Ledger, { event }: EnvelopedEvent): void => {
  const leak = (keyId: KeyId) => ledger.leaked.add(ledger.fingerprint.get(keyId) ?? '');
  switch (event.type) {
    case 'KeyAdded':
      ledger.standing.set(event.data.keyId, 'pending');
      ledger.fingerprint.set(event.data.keyId, event.data.fingerprint);
      return;
    case 'KeyValidated':
      ledger.standing.set(event.data.keyId, 'active');
      return;
    case 'KeyValidationFailed':
      if (event.data.disables) ledger.standing.set(event.data.keyId, 'failed');
      return;
    case 'KeyRetired':
      ledger.standing.set(event.data.keyId, 'retired');
      return;
    case 'KeyHardDeleted':
      ledger.standing.set(event.data.keyId, 'gone');
      if (event.data.reason === 'leak') leak(event.data.keyId);
      return;
    case 'KeyReportedLeaked':
      leak(event.data.keyId);
      return;
    case 'DefaultChanged':
      if (event.data.scope.kind === 'workspace') ledger.workspaceDefault = event.data.keyId;
      else if (event.data.keyId === null) ledger.projectDefaults.delete(event.data.scope.projectId);
      else ledger.projectDefaults.set(event.data.scope.projectId, event.data.keyId);
      return;
    case 'LogKeyRenewed':
    case 'EventsDisowned':
    case 'WorkspaceClosed':
      return;
    case 'LogRestored':
      for (const { fingerprint, leaked } of event.data.removals) if (leaked) ledger.leaked.add(fingerprint);
      return;
    case 'RunKeyPinned':
      ledger.pins.set(event.data.runId, event.data.keyId);
      return;
    case 'RunKeyReleased':
      ledger.pins.delete(event.data.runId);
      return;
    case 'KeyAddAbandoned':
    case 'KeyRelabelled':
    case 'KeyExpiryChanged':
    case 'KeyTestCallStarted':
    case 'KeyValidationInconclusive':
    case 'KeySecretDestroyed':
    case 'RunKeyResumed':
      return;
  }
};

/** Keys that count as the workspace's. */
export const onFile = ({ standing }: Ledger): ReadonlyArray<KeyId> =>
  [...standing].filter(([, state]) => state !== 'retired' && state !== 'gone').map(([keyId]) => keyId);
