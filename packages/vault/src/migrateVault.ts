import type * as TE from 'fp-ts/TaskEither';
import { backendAt } from './backendAt';
import type { VaultFault } from './faults';
import type { OnStep, VaultFormat } from './format';
import type { VaultPlace } from './place';

/**
 * Reads in which format a vault is stored, any that is kept. Needs no master key. Faults: `not-initialised`,
 * `tampered`, `newer-version`, `schema-altered`, `unsafe-files`, `unavailable`, `not-writable`.
 */
export const readVaultFormat = (place: VaultPlace): TE.TaskEither<VaultFault, VaultFormat> =>
  backendAt(place).readFormat;

/**
 * Brings a vault to the present format, and gives how it was found. Each step is one transaction. Needs no master key:
 * what is sealed stays as it is. Faults as of {@link readVaultFormat}; `unavailable` while another process has it open.
 *
 * @example
 * const found = await migrateVault({ directory: '/srv/keyturn/vault' }, ({ from, to }) => console.log(from, to))();
 */
export const migrateVault = (place: VaultPlace, onStep: OnStep): TE.TaskEither<VaultFault, VaultFormat> =>
  backendAt(place).migrate(onStep);
