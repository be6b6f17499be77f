export type { KeyBehaviour } from './behaviour';
export { startVendorSandbox } from './vendorSandbox';
export type { VendorSandbox } from './vendorSandbox';
export { SANDBOX_VENDORS } from './vendors';
