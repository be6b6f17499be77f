import type { VendorTable } from './vendorTable';
import { VENDOR_TABLES } from './vendors/tables';

const tableOf = (vendor: string): VendorTable | undefined =>
  VENDOR_TABLES.find((table) => table.vendor === vendor);

/** A vendor's name as people write it, such as `OpenAI` for `openai`; the slug itself when it is not known. */
export const displayName = (vendor: string): string => tableOf(vendor)?.displayName ?? vendor;

/**
 * The page where the vendor revokes keys, or null for a vendor without a table. Revoking there "is the action that
 * actually stops the leaked key from being used by a third party".
 */
export const revocationPage = (vendor: string): string | null => tableOf(vendor)?.pages.revocation ?? null;

/** The page where the vendor makes keys, or null for a vendor without a table. */
export const keyConsolePage = (vendor: string): string | null => tableOf(vendor)?.pages.console ?? null;

/** Whether a vendor's keys come with their model: where that is gone, its customer has to name another. */
export const isModelNamedWithKey = (vendor: string): boolean => tableOf(vendor)?.models.length === 0;
