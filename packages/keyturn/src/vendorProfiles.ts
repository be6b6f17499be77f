import type { VendorProfile } from '@keyturn/vendors';
import * as loaded from './parts';

/**
 * What is known of every vendor whose keys can be test-called: its test call and what that costs, what its answers
 * mean, and the steps by which a person makes and revokes a key. It needs no deployment.
 *
 * @example
 * const [anthropic] = vendorProfiles();
 * console.log(anthropic?.revokeSteps.join('\n'));
 */
export const vendorProfiles = (): ReadonlyArray<VendorProfile> => loaded.vendors().vendorProfiles();
