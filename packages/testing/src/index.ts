export * from './vendorSandbox';
