export type { AdminCredentialBehaviour } from './administration';
export type { KeyBehaviour } from './behaviour';
export type { SandboxCall } from './sandboxCall';
export { startVendorSandbox } from './vendorSandbox';
export type { VendorSandbox, VendorSandboxOptions } from './vendorSandbox';
