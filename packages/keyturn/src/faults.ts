import type { StoreFaultCode } from '@keyturn/event-store';
import type { ProjectionFaultCode } from '@keyturn/projections';
import type { ServiceFaultCode } from '@keyturn/service';
import type { VaultFaultCode } from '@keyturn/vault';
import type { ProberFaultCode } from '@keyturn/vendors';
import type { SetupFaultCode } from './deployment/setupFault';

/** Which part a fault comes from. */
export type FaultPart = 'event-store' | 'vault' | 'read-models' | 'service' | 'vendors' | 'set-up';

/** What can be done about a fault, for a program that offers it. The message says the same in words. */
export type FaultStep =
  | 'retry'
  | 'initialise'
  | 'join'
  | 'name-directory'
  | 'name-event-store'
  | 'name-vault'
  | 'name-master-key'
  | 'give-passphrase'
  | 'restore-backup'
  /** Accept that the log lost its end, where nothing newer can be restored. */
  | 'accept-loss'
  /** Disown what somebody without the vault wrote to the end of the log. */
  | 'disown-events'
  | 'mend-permissions'
  | 'mend-stream-metadata'
  | 'mend-option'
  | 'mend-hook'
  | 'rebuild-read-models'
  | 'upgrade'
  /** Stop every process that uses the store, back it up, and migrate it. */
  | 'migrate'
  | 'open-again'
  | 'install-driver'
  | 'report';

/** The door's own. */
export type DoorFaultCode =
  /** Keyturn is closed, or closing: nothing new is begun. */
  | 'closed'
  /** An option, or a combination of them, is not one that is taken. */
  | 'bad-option'
  /** A run's secret was read after it was wiped: the function that had it kept it for too long. */
  | 'secret-wiped'
  /** SQLite's driver is not there: below Node 24 it has to be built when Keyturn is installed. */
  | 'no-sqlite-driver'
  /** No table says how this vendor's requests carry a key: use `reveal()`. */
  | 'no-vendor-table'
  /** None of the other codes: a defect. `cause` is what was thrown. */
  | 'unexpected';

/** Stable: programs may branch on it. */
export type FaultCode =
  | StoreFaultCode
  | VaultFaultCode
  | ServiceFaultCode
  | ProjectionFaultCode
  | ProberFaultCode
  | SetupFaultCode
  | DoorFaultCode;

interface FaultRow {
  readonly next: ReadonlyArray<FaultStep>;
  readonly retryable: boolean;
}

/** What may pass by itself, and only that, has `retry` among its steps. */
const row = (...next: ReadonlyArray<FaultStep>): FaultRow => ({ next, retryable: next.includes('retry') });

/** A row for each code: a new code of any part is missed by the compiler here. */
export const FAULTS: { readonly [C in FaultCode]: FaultRow } = {
  unavailable: row('retry'),
  'outcome-unknown': row('retry'),
  'too-large': row('report'),
  'not-writable': row('mend-permissions'),
  corrupt: row('restore-backup'),
  'stream-deleted': row('restore-backup'),
  'stream-tombstoned': row('restore-backup'),
  'stream-cut': row('mend-stream-metadata', 'restore-backup'),
  'invalid-argument': row('report'),
  'access-denied': row('mend-permissions'),
  closed: row('open-again'),

  'not-initialised': row('initialise', 'name-directory', 'name-vault'),
  'already-initialised': row('name-directory', 'join'),
  'master-key-missing': row('name-master-key', 'give-passphrase'),
  'master-key-wrong': row('name-master-key', 'give-passphrase'),
  'master-key-exposed': row('name-master-key', 'mend-permissions'),
  tampered: row('restore-backup'),
  'schema-altered': row('restore-backup'),
  'migration-needed': row('migrate'),
  'unsafe-files': row('mend-permissions', 'name-directory'),
  'missing-secret': row('restore-backup'),
  frozen: row('retry'),
  'duplicate-key': row('report'),
  'release-too-late': row('retry'),
  'shred-incomplete': row('retry'),
  'rotation-incomplete': row('retry'),
  'witness-damaged': row('restore-backup'),
  'witness-differs': row('restore-backup'),
  'other-event-store': row('name-event-store', 'name-directory'),

  'undecodable-history': row('upgrade', 'restore-backup'),
  'log-damaged': row('restore-backup', 'disown-events'),
  contention: row('retry'),
  cancelled: row(),
  'unencodable-event': row('report'),
  // Mostly what the hook asks is away.
  'authorisation-failed': row('mend-hook', 'retry'),
  'other-vault': row('name-vault', 'name-directory'),
  'event-store-behind': row('restore-backup', 'accept-loss'),
  defect: row('report'),

  busy: row('retry'),
  'undecodable-event': row('upgrade', 'restore-backup'),
  'incomplete-command': row('restore-backup'),
  'other-store': row('name-directory', 'rebuild-read-models'),
  'store-behind': row('restore-backup', 'rebuild-read-models'),
  'newer-version': row('upgrade'),
  'read-model-altered': row('rebuild-read-models'),
  'rebuild-needed': row('rebuild-read-models'),
  timeout: row('retry'),
  store: row('retry'),
  'invalid-query': row('mend-option'),
  'query-too-long': row('mend-option'),

  'bad-vendor-table': row('mend-option'),
  'bad-endpoint-override': row('mend-option'),

  'incomplete-data-directory': row('initialise', 'join', 'name-vault', 'restore-backup'),
  'not-accessible': row('mend-permissions'),
  'place-not-empty': row('name-directory'),
  'backup-damaged': row('restore-backup'),
  'bad-option': row('mend-option'),
  'secret-wiped': row('mend-option'),
  'no-sqlite-driver': row('install-driver'),
  'no-vendor-table': row('mend-option'),
  unexpected: row('report'),
};
