import type { EnvelopedEvent, KeyId, ProjectId, RunId } from '@keyturn/domain';

type Standing = 'pending' | 'active' | 'failed' | 'retired' | 'gone';

/**
 * The keyring as an auditor with a pencil would keep it from the events alone: a second, slow and plain reading of them
 * that shares no code with the domain's.
 */
export interface Ledger {
  readonly standing: Map<KeyId, Standing>;
  readonly fingerprint: Map<KeyId, string>;
  /** Secrets that the vault remembered as leaked, by key. */
  readonly remembered: Map<KeyId, Set<string>>;
  /** Keys with the cases that they are reported under. */
  readonly reports: Map<KeyId, Set<string>>;
  readonly suspended: Set<KeyId>;
  workspaceDefault: KeyId | null;
  readonly projectDefaults: Map<ProjectId, KeyId>;
  readonly pins: Map<RunId, KeyId>;
}

export const emptyLedger = (): Ledger => ({
  standing: new Map(),
  fingerprint: new Map(),
  remembered: new Map(),
  reports: new Map(),
  suspended: new Set(),
  workspaceDefault: null,
  projectDefaults: new Map(),
  pins: new Map(),
});

const entry = <K, V>(map: Map<K, Set<V>>, key: K): Set<V> => {
  const found = map.get(key) ?? new Set<V>();
  map.set(key, found);
  return found;
};

/** Writes one event down. */
export const enterEvent = (ledger: Ledger, { event }: EnvelopedEvent): void => {
  const report = (keyId: KeyId, caseId: string) => entry(ledger.reports, keyId).add(caseId);
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
      ledger.suspended.delete(event.data.keyId);
      if (event.data.reason === 'leak') report(event.data.keyId, event.data.caseId ?? 'no case');
      return;
    case 'KeyReportedLeaked':
      report(event.data.keyId, event.data.caseId);
      return;
    case 'KeyLeakReportWithdrawn':
      ledger.remembered.delete(event.data.keyId);
      entry(ledger.reports, event.data.keyId).delete(event.data.caseId);
      if (entry(ledger.reports, event.data.keyId).size === 0) ledger.suspended.delete(event.data.keyId);
      return;
    case 'KeySuspended':
      ledger.suspended.add(event.data.keyId);
      return;
    case 'KeyReinstated':
      ledger.suspended.delete(event.data.keyId);
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
      for (const { keyId, fingerprint, leaked } of event.data.removals) {
        if (leaked) entry(ledger.remembered, keyId).add(fingerprint);
      }
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
    case 'KeyKillChecked':
    case 'KeyRevocationRecorded':
    case 'LeakReviewed':
    case 'LeakCaseClosed':
    case 'RunKeyResumed':
      return;
  }
};

/** Secrets that do not come back: of keys with a report that stands, and those that the vault remembered. */
export const leakedIn = ({ reports, remembered, fingerprint }: Ledger): ReadonlySet<string> =>
  new Set([
    ...[...reports].flatMap(([keyId, cases]) => (cases.size > 0 ? [fingerprint.get(keyId) ?? ''] : [])),
    ...[...remembered.values()].flatMap((secrets) => [...secrets]),
  ]);

/** Keys that count as the workspace's. */
export const onFile = ({ standing }: Ledger): ReadonlyArray<KeyId> =>
  [...standing].filter(([, state]) => state !== 'retired' && state !== 'gone').map(([keyId]) => keyId);
