import type { ActorKind, KeyringEventType } from '@keyturn/domain';
import {
  instant,
  integer,
  milliseconds,
  orNull,
  position,
  type RowOf,
  text,
  type ViewOf,
} from '../database/columns';

/** Facts alone: an entry's sentence is made when it is read. */
export const AUDIT_ENTRY_COLUMNS = {
  /** 1, 2, 3 … without gaps. */
  sequence: integer(),
  event_id: text(),
  type: text<KeyringEventType>(),
  position: position(),
  revision: integer(),
  recorded_at: instant(),
  time: instant(),
  /** When the entry above was recorded, where that is over five minutes later: the store's clock went back. */
  recorded_after: orNull(milliseconds()),
  workspace_id: text(),
  actor_kind: text<ActorKind>(),
  actor_id: text(),
  origin_ref: orNull(text()),
  key_id: orNull(text()),
  last4: orNull(text()),
  vendor: orNull(text()),
  label: orNull(text()),
  /** The key that a Default moved away from. */
  previous_key_id: orNull(text()),
  previous_last4: orNull(text()),
  previous_vendor: orNull(text()),
  previous_label: orNull(text()),
  run_id: orNull(text()),
  project_id: orNull(text()),
  cause: orNull(text()),
  case_id: orNull(text()),
  /** JSON of what the sentence says besides, such as `{"openRuns":2}`; null where that is nothing. */
  facts: orNull(text()),
  correlation_id: text(),
  causation_id: text(),
  command_id: text(),
};

/** One row for each event of the store, in its order. Times in milliseconds since 1970. */
export type AuditEntriesTable = RowOf<typeof AUDIT_ENTRY_COLUMNS>;

/** `audit_entries_v2`. Times as RFC 3339 text and, `…_ms`, as numbers. */
export type AuditEntriesView = ViewOf<typeof AUDIT_ENTRY_COLUMNS>;

export const AUDIT_KEY_COLUMNS = {
  workspace_id: text(),
  key_id: text(),
  vendor: orNull(text()),
  last4: orNull(text()),
  label: orNull(text()),
  /** Under which case it was hard-deleted. */
  case_id: orNull(text()),
};

/** What the log says of a key beside its id: nothing for one whose add was given up. */
export type AuditKeysTable = RowOf<typeof AUDIT_KEY_COLUMNS>;

export const AUDIT_RUN_COLUMNS = { workspace_id: text(), run_id: text(), project_id: text() };

/** The project of each open run that has one. */
export type AuditRunsTable = RowOf<typeof AUDIT_RUN_COLUMNS>;

export const AUDIT_TIMES_COLUMNS = {
  /** Entries that follow each other. */
  block: integer(),
  /** 0, 1, 2 …: which of the block's stretches. */
  nth: integer(),
  earliest: milliseconds(),
  latest: milliseconds(),
};

/** The times of a block's entries, the store's and the service's, as a few stretches: each of them lies in one. */
export type AuditTimesTable = RowOf<typeof AUDIT_TIMES_COLUMNS>;

/** `audit_block_times`: where a window is looked up. */
export type AuditTimesView = ViewOf<typeof AUDIT_TIMES_COLUMNS>;

const TOTAL_OF = {
  /** Empty, with the kind, where all actors are counted together. */
  actor_id: text(),
  actor_kind: text<ActorKind | ''>(),
  type: text<KeyringEventType>(),
  entries: integer(),
};

export const AUDIT_TOTALS_COLUMNS = { workspace_id: text(), ...TOTAL_OF };

/** How many entries of a type there are in a workspace, by each actor and by all. */
export type AuditTotalsTable = RowOf<typeof AUDIT_TOTALS_COLUMNS>;

export const AUDIT_TOTALS_OVERALL_COLUMNS = TOTAL_OF;

/** The same of all workspaces together. */
export type AuditTotalsOverallTable = RowOf<typeof AUDIT_TOTALS_OVERALL_COLUMNS>;
