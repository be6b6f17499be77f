export * from './esdb';
export { brokenInvariants, scatteredCommands } from './keyring/history';
export * from './postgres';
export * from './vendorSandbox';
export { expectRight, openKeyturnOnDisk, type KeyturnOnDisk } from './keyturnOnDisk';
