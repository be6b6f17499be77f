import type { FailureReason, InconclusiveReason } from '@keyturn/domain';
import { instant, orNull, type RowOf, text, type ViewOf } from '../database/columns';

/** What speaks against this side or the vendor alone. `clock`: the clocks of service and event store disagree. */
export type Trouble = InconclusiveReason | Extract<FailureReason, 'rejected'> | 'clock';

/** Times are the event store's: one clock for all. */
export const VENDOR_CALL_COLUMNS = {
  workspace_id: text(),
  vendor: text(),
  /** When the newest test call's outcome was recorded. */
  called_at: instant(),
  /** The same of the newest that speaks against no key; null where there is none. */
  troubled_at: orNull(instant()),
  trouble: orNull(text<Trouble>()),
};

/** One row for every workspace and vendor that it ever called. */
export type VendorCallsTable = RowOf<typeof VENDOR_CALL_COLUMNS>;

/** `vendor_calls_v1`. Times as RFC 3339 text and, `…_ms`, as numbers. */
export type VendorCallsView = ViewOf<typeof VENDOR_CALL_COLUMNS>;
