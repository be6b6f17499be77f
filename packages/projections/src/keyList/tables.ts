import type { FailureReason, KeyStatus } from '@keyturn/domain';
import { instant, integer, orNull, position, type RowOf, text, type ViewOf } from '../database/columns';

/** Facts alone: the words of a key's line are made when it is read. */
export const KEY_LIST_COLUMNS = {
  workspace_id: text(),
  key_id: text(),
  /** The store position of KeyAdded: the order of the list. */
  added_position: position(),
  vendor: text(),
  endpoint: orNull(text()),
  region: orNull(text()),
  /** What its test call asks for; null where that is the vendor table's own. */
  model: orNull(text()),
  label: orNull(text()),
  last4: text(),
  status: text<KeyStatus>(),
  failure_reason: orNull(text<FailureReason>()),
  is_default: integer(),
  was_default: integer(),
  /** JSON list of the projects that it is Default of, in order of their names. */
  project_defaults: text(),
  runs_in_flight: integer(),
  added_at: instant(),
  last_used_at: orNull(instant()),
  last_validated_at: orNull(instant()),
  expires_at: orNull(instant()),
  hard_deleted_at: orNull(instant()),
  /** When its secret was proven gone. */
  destroyed_at: orNull(instant()),
  /** When this key was first said to be leaked; null again once all reports are withdrawn. */
  reported_leaked_at: orNull(instant()),
  /** JSON list of the cases that it is reported under, in order of their ids. */
  leak_cases: text(),
  /** 1 while nothing but a kill check gets its secret. */
  suspended: integer(),
};

/** One row for every key that was ever added, hard-deleted ones too. Times in milliseconds since 1970. */
export type KeyListTable = RowOf<typeof KEY_LIST_COLUMNS>;

/** `known_keys_v3`, and `key_list_v3` without the hard-deleted ones. Times as RFC 3339 text and, `…_ms`, as numbers. */
export type KeyListView = ViewOf<typeof KEY_LIST_COLUMNS>;
