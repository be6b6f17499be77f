import { instant, integer, orNull, type RowOf, text, type ViewOf } from '../database/columns';

/** Facts of a workspace. How many keys it has by their status: what their own rows say, counted once for all. */
export const WORKSPACE_COLUMNS = {
  workspace_id: text(),
  first_event_at: instant(),
  /** Of the newest event that was not Keyturn's own doing; null where there is none. */
  last_activity_at: orNull(instant()),
  closed_at: orNull(instant()),
  closed_case_id: orNull(text()),
  default_key_id: orNull(text()),
  pending: integer(),
  active: integer(),
  failed: integer(),
  retired: integer(),
  hard_deleted: integer(),
};
/** One row for every workspace that an event names. Times in milliseconds since 1970. */
export type WorkspacesTable = RowOf<typeof WORKSPACE_COLUMNS>;
/** `workspaces_v1`. Times as RFC 3339 text and, `…_ms`, as numbers. */
export type WorkspacesView = ViewOf<typeof WORKSPACE_COLUMNS>;
