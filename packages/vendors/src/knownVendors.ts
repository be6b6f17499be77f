import type { VendorTable } from './vendorTable';
import { VENDOR_TABLES } from './vendors/tables';

/** How a vendor's keys can be told from all others: by how they begin, or by a mark inside. */
interface KnownVendor {
  readonly vendor: string;
  readonly displayName: string;
  readonly prefixes: ReadonlyArray<string>;
  readonly mark: string | null;
}

/** Vendors that have no table yet: their keys can be recognised, and not be test-called. */
const WITHOUT_TABLE: ReadonlyArray<KnownVendor> = [
  { vendor: 'azure-openai', displayName: 'Azure OpenAI', prefixes: [], mark: null },
];

/**
 * Every vendor that is known, with a table or without: a key that belongs to one of them must not be sent to another.
 * Vendors whose keys look like any random string have no prefix here.
 */
export const KNOWN_VENDORS: ReadonlyArray<KnownVendor> = [
  ...VENDOR_TABLES.map(({ vendor, displayName, key: { prefixes, mark } }) => ({
    vendor,
    displayName,
    prefixes,
    mark,
  })),
  ...WITHOUT_TABLE.filter(({ vendor }) => VENDOR_TABLES.every((table) => table.vendor !== vendor)),
];

const tableOf = (vendor: string): VendorTable | undefined =>
  VENDOR_TABLES.find((table) => table.vendor === vendor);

/** A vendor's name as people write it, such as `OpenAI` for `openai`; the slug itself when it is not known. */
export const displayName = (vendor: string): string =>
  KNOWN_VENDORS.find((known) => known.vendor === vendor)?.displayName ?? vendor;

/**
 * The page where the vendor revokes keys, or null for a vendor without a table. Revoking there "is the action that
 * actually stops the leaked key from being used by a third party".
 */
export const revocationPage = (vendor: string): string | null => tableOf(vendor)?.pages.revocation ?? null;

/** The page where the vendor makes keys, or null for a vendor without a table. */
export const keyConsolePage = (vendor: string): string | null => tableOf(vendor)?.pages.console ?? null;
