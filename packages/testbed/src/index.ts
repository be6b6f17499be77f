export { selfSignedCertificate } from './certificates/selfSignedCertificate';
export { directoryTemplate } from './directoryTemplate';
export { expectRight } from './expectRight';
export { KEPT_MASTER_KEY, keptDeployments, type KeptDeployment } from './keptFormats';
export { documentedTable, newOwnKey, startOwnVendor, type OwnVendor } from './ownVendor';
export * from './secretSearch';
export { readUnshared, writeUnshared } from './unsharedFiles';
