import { type RowOf, text } from '../database/columns';

/** What a secret is recognised by. In no view: who reads lists has no use for it. */
export const FINGERPRINT_COLUMNS = {
  workspace_id: text(),
  key_id: text(),
  last4: text(),
  /** Keyed, and of this workspace alone: it says nothing to who has not the vault's pepper. */
  fingerprint: text(),
};

/** One row for every key that was ever added. */
export type FingerprintsTable = RowOf<typeof FINGERPRINT_COLUMNS>;
