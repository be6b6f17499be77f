import { OTHER_SERVICES } from './otherServices';
import type { KnownSecret } from './sightings';
import type { VendorTable } from './vendorTable';

const secretOf = ({ vendor, key }: VendorTable): KnownSecret => ({
  owner: vendor,
  isVendor: true,
  beginnings: key.prefixes,
  adminBeginnings: key.adminPrefixes,
  mark: key.mark,
  pattern: key.pattern,
});

/** Every secret that is known by how it begins. What a vendor and a service have in common is the vendor's. */
export const knownSecrets = (tables: ReadonlyArray<VendorTable>): ReadonlyArray<KnownSecret> => [
  ...OTHER_SERVICES,
  ...tables.map(secretOf),
];
