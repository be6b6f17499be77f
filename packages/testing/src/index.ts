export { selfSignedCertificate } from './certificates/selfSignedCertificate';
export * from './esdb';
export { brokenInvariants, scatteredCommands } from './keyring/history';
export * from './postgres';
export { expectRight, openKeyturnOnDisk, type KeyturnOnDisk } from './keyturnOnDisk';
