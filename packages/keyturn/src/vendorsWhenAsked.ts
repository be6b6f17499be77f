import type { KnownVendors } from '@keyturn/vendors';
import * as loaded from './parts';
import type { OwnVendorTables } from './testCalls';

/** What lists and audit log say of vendors. */
type NamedVendors = Pick<KnownVendors, 'displayName' | 'isModelNamedWithKey'>;

/**
 * What is known of vendors, loaded when it is first asked for: most lists need none of it. An operator's own tables are
 * looked at now, since whoever named them has to know that they can't be used.
 *
 * @throws ProberFault `bad-vendor-table`
 */
export const vendorsWhenAsked = ({ vendorTables }: OwnVendorTables): NamedVendors => {
  const load = (): KnownVendors => loaded.vendors().knownVendors({ ownTables: vendorTables ?? [] });
  let known: KnownVendors | undefined = vendorTables === undefined ? undefined : load();
  return {
    displayName: (vendor) => (known ??= load()).displayName(vendor),
    isModelNamedWithKey: (vendor) => (known ??= load()).isModelNamedWithKey(vendor),
  };
};
