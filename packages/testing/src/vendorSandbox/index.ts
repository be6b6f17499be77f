export type { KeyBehaviour } from './behaviour';
export type { RecordedAnswer } from './recordedAnswer';
export type { SandboxCall } from './sandboxCall';
export { startVendorSandbox } from './vendorSandbox';
export type { VendorSandbox } from './vendorSandbox';
export { SANDBOX_VENDORS } from './vendors';
