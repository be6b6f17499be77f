import type { ChoiceMade, ReleaseOutcome } from '@keyturn/domain';
import { instant, integer, orNull, type RowOf, text, type ViewOf } from '../database/columns';

export const RUN_USAGE_COLUMNS = {
  workspace_id: text(),
  /** Stream revision of the pin. */
  pin_revision: integer(),
  run_id: text(),
  project_id: orNull(text()),
  key_id: text(),
  last4: orNull(text()),
  vendor: text(),
  /** JSON of what the caller asked for: `{"kind":"default"}`, `{"kind":"vendor",…}` or `{"kind":"key",…}`. */
  requested: text(),
  choice: text<ChoiceMade>(),
  pinned_at: instant(),
  lease_until: instant(),
  resumed: integer(),
  released_at: orNull(instant()),
  outcome: orNull(text<ReleaseOutcome>()),
  /** 1 when its key was hard-deleted under it. */
  interrupted: integer(),
};

/** One row for every pin. A run id may be used again after a while, so its pin's stream revision names the row. */
export type RunUsageTable = RowOf<typeof RUN_USAGE_COLUMNS>;

/** `run_usage_v1`. Times as RFC 3339 text and, `…_ms`, as numbers. */
export type RunUsageView = ViewOf<typeof RUN_USAGE_COLUMNS>;

export const RUN_USAGE_KEY_COLUMNS = { workspace_id: text(), key_id: text(), last4: text() };

/** The last 4 of every key, to show with its runs. */
export type RunUsageKeysTable = RowOf<typeof RUN_USAGE_KEY_COLUMNS>;
