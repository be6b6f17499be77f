export { fixedPartsOf } from './fixedParts';
export { scanForSecrets } from './secretScan';
export { SecretSearch, type Found } from './secretSearch';
export { bytesOf, type SearchedSecret } from './writtenForms';
