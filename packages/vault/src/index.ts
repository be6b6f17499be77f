export { VaultFault, type VaultFaultCode } from './faults';
export { createMasterKeyFile, type MasterKeyInfo } from './masterKeyFile';
export type { MasterKeySource } from './masterKey';
export {
  createVault,
  openVault,
  readVaultInfo,
  type NewVaultOptions,
  type VaultInfo,
  type VaultOptions,
} from './openVault';
export { Secret, SecretWiped, type SecretRefusal } from './secret';
export type * from './vault';
