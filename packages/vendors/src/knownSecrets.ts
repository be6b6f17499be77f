import { OTHER_SERVICES } from './otherServices';
import type { KnownSecret } from './sightings';
import { VENDOR_TABLES } from './vendors/tables';

const vendorSecrets: ReadonlyArray<KnownSecret> = VENDOR_TABLES.map(({ vendor, key }) => ({
  owner: vendor,
  isVendor: true,
  beginnings: key.prefixes,
  adminBeginnings: key.adminPrefixes,
  mark: key.mark,
  pattern: key.pattern,
}));

/** Every secret that is known by how it begins. What a vendor and a service have in common is the vendor's. */
export const KNOWN_SECRETS: ReadonlyArray<KnownSecret> = [...OTHER_SERVICES, ...vendorSecrets];
