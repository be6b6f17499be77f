import { authHeaders } from './authHeaders';
import { keyFormsBy, type KeyForms } from './keyForms';
import { profileOf, type VendorProfile } from './vendorProfile';
import { loadTables } from './vendorTables';
import type { VendorTable } from './vendorTable';

/** What is known of vendors beside the calls: ours, with an operator's own among them. */
export interface KnownVendors {
  /** The vendors whose keys can be test-called. */
  readonly list: ReadonlyArray<{ readonly vendor: string; readonly displayName: string }>;
  /** A vendor's name as people write it, such as `OpenAI` for `openai`; the slug itself when it is not known. */
  readonly displayName: (vendor: string) => string;
  /**
   * The page where the vendor revokes keys, or null where none is known. Revoking there "is the action that actually
   * stops the leaked key from being used by a third party".
   */
  readonly revocationPage: (vendor: string) => string | null;
  /** The page where the vendor makes keys, or null where none is known. */
  readonly keyConsolePage: (vendor: string) => string | null;
  /** Whether a vendor's keys come with their model: where that is gone, its customer has to name another. */
  readonly isModelNamedWithKey: (vendor: string) => boolean;
  /**
   * What a paste for a vendor's key is looked at with. Total: any vendor, known or not, and any text.
   *
   * @example
   * knownVendors().keyForms('anthropic').sightings('sk-proj-…'); // [{ at: 0, owner: 'openai', … }]
   */
  readonly keyForms: (vendor: string) => KeyForms;
  /** A sentence when a key does not look as its vendor's keys do today. Only a warning: formats change. */
  readonly formatWarning: (vendor: string, key: string) => string | null;
  /**
   * The headers by which a vendor's requests carry a key, such as `{ 'x-api-key': '…' }`; null for a vendor without a
   * table. The strings can't be wiped: drop them as soon as the request is sent.
   *
   * @example
   * const headers = knownVendors().authHeaders('openai', secret); // { authorization: 'Bearer …' }
   */
  readonly authHeaders: (vendor: string, secret: Uint8Array) => Readonly<Record<string, string>> | null;
  /** All of it for people, by vendor. */
  readonly profiles: () => ReadonlyArray<VendorProfile>;
}

/** What of an operator's word changes what is known. */
export interface KnowledgeOptions {
  /** Tables of the operator's own: each adds a vendor, or takes the place of ours of that name. They are checked. */
  readonly ownTables?: ReadonlyArray<unknown>;
}

/** What tables say, once they are checked. */
export const vendorsOf = (
  tables: ReadonlyMap<string, VendorTable>,
  ownVendors: ReadonlySet<string>,
): KnownVendors => {
  const keyForms = keyFormsBy(tables);
  const displayName = (vendor: string): string => tables.get(vendor)?.displayName ?? vendor;
  return {
    list: [...tables.values()].map((table) => ({ vendor: table.vendor, displayName: table.displayName })),
    displayName,
    revocationPage: (vendor) => tables.get(vendor)?.pages.revocation ?? null,
    keyConsolePage: (vendor) => tables.get(vendor)?.pages.console ?? null,
    isModelNamedWithKey: (vendor) => tables.get(vendor)?.models.length === 0,
    keyForms,
    formatWarning: (vendor, key) =>
      keyForms(vendor).fits(key) === false
        ? `This does not look like a key of ${displayName(vendor)}, which today is ` +
          `${tables.get(vendor)?.key.patternInWords ?? ''}. Formats change, so it is tested all the same.`
        : null,
    authHeaders: (vendor, secret) => {
      const table = tables.get(vendor);
      return table === undefined ? null : authHeaders(table, secret);
    },
    profiles: () => [...tables.values()].map((table) => profileOf(table, ownVendors.has(table.vendor))),
  };
};

/**
 * What is known of vendors, where nothing is called: for lists, names and pages. A prober has the same in `vendors`.
 *
 * @throws ProberFault `bad-vendor-table` that names the table and what is wrong with it
 *
 * @example
 * const names = knownVendors().list.map(({ displayName }) => displayName);
 */
export const knownVendors = ({ ownTables = [] }: KnowledgeOptions = {}): KnownVendors => {
  const { tables, ownVendors } = loadTables(ownTables, {});
  return vendorsOf(tables, ownVendors);
};
