import type { VendorProfile } from '@keyturn/vendors';
import * as loaded from './parts';
import { keyturnError } from './settle';
import type { OwnVendorTables } from './testCalls';

/**
 * What is known of every vendor whose keys can be test-called: its test call and what that costs, what its answers
 * mean, and the steps by which a person makes and revokes a key. It needs no deployment.
 *
 * @throws KeyturnFault `bad-vendor-table` for a table of your own that can't be used
 *
 * @example
 * const [anthropic] = vendorProfiles();
 * console.log(anthropic?.revokeSteps.join('\n'));
 */
export const vendorProfiles = ({ vendorTables = [] }: OwnVendorTables = {}): ReadonlyArray<VendorProfile> => {
  try {
    return loaded.vendors().knownVendors({ ownTables: vendorTables }).profiles();
  } catch (error) {
    throw keyturnError(error);
  }
};
