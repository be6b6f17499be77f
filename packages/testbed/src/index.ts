export { selfSignedCertificate } from './certificates/selfSignedCertificate';
export { directoryTemplate } from './directoryTemplate';
export { expectRight } from './expectRight';
export * from './secretSearch';
export { readUnshared, writeUnshared } from './unsharedFiles';
