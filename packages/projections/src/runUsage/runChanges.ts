import { RunChoice } from '@keyturn/domain';
import { type EventHandlers, ignored } from '../runtime/eventHandlers';
import type { RunUsageTable } from './tables';

/** The rows that a batch touches: read once, changed in memory, written once. */
export interface TouchedRuns {
  /** The row of an open run, to be changed. */
  readonly edit: (workspaceId: string, runId: string) => RunUsageTable | undefined;
  readonly add: (row: RunUsageTable) => void;
  readonly addKey: (workspaceId: string, key: { readonly keyId: string; readonly last4: string }) => void;
  readonly last4Of: (workspaceId: string, keyId: string) => string | null;
}

export const runChanges: EventHandlers<TouchedRuns> = {
  KeyAdded: (runs, data, { envelope }) => {
    runs.addKey(envelope.workspaceId, data);
  },
  KeyRelabelled: ignored,
  KeyExpiryChanged: ignored,
  KeyAddAbandoned: ignored,
  KeyTestCallStarted: ignored,
  KeyValidated: ignored,
  KeyValidationFailed: ignored,
  KeyValidationInconclusive: ignored,
  DefaultChanged: ignored,
  KeyRetired: ignored,
  KeyHardDeleted: (runs, data, { envelope }) => {
    for (const runId of data.interruptedRuns) {
      const row = runs.edit(envelope.workspaceId, runId);
      if (row !== undefined) row.interrupted = 1;
    }
  },
  KeyReportedLeaked: ignored,
  KeyLeakReportWithdrawn: ignored,
  KeySuspended: ignored,
  KeyReinstated: ignored,
  KeyKillChecked: ignored,
  KeyRevocationRecorded: ignored,
  LeakReviewed: ignored,
  LeakCaseClosed: ignored,
  KeySecretDestroyed: ignored,
  RunKeyPinned: (runs, data, { envelope, recorded }) => {
    runs.add({
      workspace_id: envelope.workspaceId,
      pin_revision: recorded.revision,
      run_id: data.runId,
      project_id: data.projectId,
      key_id: data.keyId,
      last4: runs.last4Of(envelope.workspaceId, data.keyId),
      vendor: data.vendor,
      requested: JSON.stringify(RunChoice.encode(data.requested)),
      choice: data.choice,
      pinned_at: envelope.time,
      lease_until: data.leaseUntil,
      resumed: 0,
      released_at: null,
      outcome: null,
      interrupted: 0,
    });
  },
  RunKeyResumed: (runs, data, { envelope }) => {
    const row = runs.edit(envelope.workspaceId, data.runId);
    if (row === undefined) return;
    if (data.renewal !== true) row.resumed += 1;
    row.lease_until = data.leaseUntil;
  },
  RunKeyReleased: (runs, data, { envelope }) => {
    const row = runs.edit(envelope.workspaceId, data.runId);
    if (row === undefined) return;
    row.released_at = envelope.time;
    row.outcome = data.outcome;
  },
  LogKeyRenewed: ignored,
  LogRestored: ignored,
  EventsDisowned: ignored,
  WorkspaceClosed: ignored,
};
