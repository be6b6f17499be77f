export { ensureDirectory } from './directories';
export { VaultFault, type VaultFaultCode } from './faults';
export { createMasterKeyFile, type MasterKeyInfo } from './masterKeyFile';
export { liesInside } from './liesInside';
export type { VaultFormat } from './format';
export { migrateVault, readVaultFormat } from './migrateVault';
export type { MasterKeySource, RotatableMasterKey } from './masterKey';
export {
  createVault,
  openVault,
  readVaultInfo,
  type NewVaultOptions,
  type RotationInfo,
  type VaultInfo,
  type VaultOptions,
} from './openVault';
export type { DirectoryPlace, PostgresPlace, VaultPlace } from './place';
export { rotateMasterKey, type RotateMasterKeyOptions } from './rotation/rotateMasterKey';
export { prepareMasterKeyRotation, type PreparedRotation } from './rotation/prepare';
export type { RotationProgress, RotationReport } from './rotation/report';
export { Secret, SecretWiped, type SecretRefusal } from './secret';
export { copyVault, type CopiedVault, type CopyVaultOptions } from './sqlite/copyFiles';
export type * from './vault';
export type { VaultAccess } from './place';
