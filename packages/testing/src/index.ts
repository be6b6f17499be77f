export * from './esdb';
export * from './vendorSandbox';
export { expectRight, openKeyturnOnDisk, type KeyturnOnDisk } from './keyturnOnDisk';
