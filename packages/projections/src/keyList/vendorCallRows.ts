import type { SqliteConnection } from '@keyturn/sqlite';
import type { Kysely } from 'kysely';
import { areFarApart } from '../auditLog/clocks';
import { bind, prepareInsert, prepareNamed, prepareUpdate } from '../database/namedStatements';
import type { ReadModelTables } from '../database/tables';
import { ByWorkspace } from '../runtime/byWorkspace';
import { type EventHandlers, handleEvent, ignored } from '../runtime/eventHandlers';
import type { ProjectedEvent } from '../runtime/projector';
import type { KeyListTable } from './tables';
import { type Trouble, VENDOR_CALL_COLUMNS, type VendorCallsTable } from './vendorCallTables';

/** What is looked up of the key that a test call was made with, as it stood before. */
type TestedKey = Pick<KeyListTable, 'vendor' | 'model' | 'last_validated_at'>;

/** The test calls of a batch: each workspace and vendor is read once and written once. */
export interface VendorCallRows {
  /** Counts an event in. `keyOf` gives the key as it stood before the event. */
  readonly enter: (
    event: ProjectedEvent,
    keyOf: (workspaceId: string, keyId: string) => TestedKey | undefined,
  ) => void;
  readonly write: () => void;
}

interface Counting {
  /** `troubleOf` says what of the outcome speaks against no key; null for nothing. */
  readonly called: (keyId: string, troubleOf: (key: TestedKey) => Trouble | null) => void;
}

const outcomes: EventHandlers<Counting> = {
  KeyAdded: ignored,
  KeyRelabelled: ignored,
  KeyExpiryChanged: ignored,
  KeyAddAbandoned: ignored,
  KeyTestCallStarted: ignored,
  KeyValidated: ({ called }, { keyId }) => {
    called(keyId, () => null);
  },
  // A new key that is rejected is a bad paste; one that worked before may be the vendor's or this side's doing.
  KeyValidationFailed: ({ called }, { keyId, reason }) => {
    called(keyId, (key) => (reason === 'rejected' && key.last_validated_at !== null ? reason : null));
  },
  KeyValidationInconclusive: ({ called }, { keyId, reason }, { envelope, recorded }) => {
    called(keyId, ({ model }) => {
      // What a customer named is the customer's to mend.
      if (reason === 'model-unavailable' && model !== null) return null;
      return areFarApart(envelope.time, recorded.recordedAt) ? 'clock' : reason;
    });
  },
  DefaultChanged: ignored,
  KeyRetired: ignored,
  KeyHardDeleted: ignored,
  KeyReportedLeaked: ignored,
  KeyLeakReportWithdrawn: ignored,
  KeySuspended: ignored,
  KeyReinstated: ignored,
  KeyKillChecked: ignored,
  KeyRevocationRecorded: ignored,
  LeakReviewed: ignored,
  LeakCaseClosed: ignored,
  KeySecretDestroyed: ignored,
  RunKeyPinned: ignored,
  RunKeyResumed: ignored,
  RunKeyReleased: ignored,
  LogKeyRenewed: ignored,
  LogRestored: ignored,
  EventsDisowned: ignored,
  WorkspaceClosed: ignored,
};

/** Made once for a generation's tables; gives the rows of a batch. */
export const vendorCallRowsOf = (
  database: SqliteConnection,
  db: Kysely<ReadModelTables>,
): (() => VendorCallRows) => {
  const find = prepareNamed(
    database,
    db
      .selectFrom('vendor_calls')
      .selectAll()
      .where('workspace_id', '=', bind('workspace_id'))
      .where('vendor', '=', bind('vendor')),
  );
  const insert = prepareInsert(database, db, 'vendor_calls', VENDOR_CALL_COLUMNS);
  const update = prepareUpdate(database, db, 'vendor_calls', VENDOR_CALL_COLUMNS, {
    key: ['workspace_id', 'vendor'],
    settled: [],
  });

  return () => {
    const rows = new ByWorkspace<VendorCallsTable>();
    const touched = new Set<VendorCallsTable>();
    const added = new Set<VendorCallsTable>();
    const rowOf = (workspaceId: string, vendor: string, at: number): VendorCallsTable => {
      const known = rows.get(workspaceId, vendor) ?? find.get({ workspace_id: workspaceId, vendor });
      const row = known ?? {
        workspace_id: workspaceId,
        vendor,
        called_at: at,
        troubled_at: null,
        trouble: null,
      };
      if (known === undefined) added.add(row);
      rows.set(workspaceId, vendor, row);
      touched.add(row);
      return row;
    };
    return {
      enter: (projected, keyOf) => {
        const { envelope, recorded } = projected;
        const called: Counting['called'] = (keyId, troubleOf) => {
          const key = keyOf(envelope.workspaceId, keyId);
          if (key === undefined) return;
          const row = rowOf(envelope.workspaceId, key.vendor, recorded.recordedAt);
          row.called_at = recorded.recordedAt;
          const trouble = troubleOf(key);
          if (trouble === null) return;
          row.troubled_at = recorded.recordedAt;
          row.trouble = trouble;
        };
        handleEvent(outcomes, { called }, projected);
      },
      write: () => {
        for (const row of touched) {
          if (added.has(row)) insert(row);
          else update(row);
        }
      },
    };
  };
};
