import { KNOWN_VENDORS } from './knownVendors';
import { OTHER_SERVICES } from './otherServices';
import type { KnownSecret } from './sightings';
import { VENDOR_TABLES } from './vendors/tables';

const vendorSecrets: ReadonlyArray<KnownSecret> = KNOWN_VENDORS.map(({ vendor, prefixes, mark }) => {
  const key = VENDOR_TABLES.find((table) => table.vendor === vendor)?.key;
  return {
    owner: vendor,
    isVendor: true,
    beginnings: prefixes,
    adminBeginnings: key?.adminPrefixes ?? [],
    mark,
    pattern: key?.pattern ?? null,
  };
});

/** Every secret that is known by how it begins. What a vendor and a service have in common is the vendor's. */
export const KNOWN_SECRETS: ReadonlyArray<KnownSecret> = [...OTHER_SERVICES, ...vendorSecrets];
