import { VaultFault } from './faults';
import { someOf } from './someOf';
import type { SealedKeyRef, ShredGroup } from './vault';

export const named = ({ workspaceId, keyId }: SealedKeyRef): string =>
  `key ${keyId} of workspace ${workspaceId}`;

export const frozen = (ref: SealedKeyRef): VaultFault =>
  new VaultFault(
    'frozen',
    `${named(ref)} is frozen, since a hard delete of it is under way: choose another key`,
  );

export const missing = (ref: SealedKeyRef): VaultFault =>
  new VaultFault(
    'missing-secret',
    `the vault has no secret of ${named(ref)}: it was destroyed, or the vault is older than the event log`,
  );

export const duplicate = ({ workspaceId, keyId }: SealedKeyRef): VaultFault =>
  new VaultFault(
    'duplicate-key',
    `workspace ${workspaceId} has a sealed key ${keyId} already: use a new key id`,
  );

export const otherDataKey = (ref: SealedKeyRef): VaultFault =>
  new VaultFault(
    'tampered',
    `${named(ref)} names another data key than its own: restore the vault from a backup`,
  );

export const tampered = (ref: SealedKeyRef): VaultFault =>
  new VaultFault(
    'tampered',
    `${named(ref)} does not open as what was sealed: restore the vault from a backup, or add the key anew`,
  );

export const tamperedWorkspaceKey = (workspaceId: string): VaultFault =>
  new VaultFault(
    'tampered',
    `the key of workspace ${workspaceId} does not open as what was sealed: restore the vault from a backup`,
  );

/** The storage says that it deleted, and the rows are there. */
export const rowsKept = ({ workspaceId }: ShredGroup): VaultFault =>
  new VaultFault(
    'shred-incomplete',
    `rows of keys of workspace ${workspaceId} are still there, though they were deleted and no error was told: ` +
      'find out what keeps them, then run the shred again',
  );

/** The storage says that it wrote, and no row was changed. */
export const removalsNotStored = (workspaceId: string): VaultFault =>
  new VaultFault(
    'not-writable',
    `hard deletes and leaks of workspace ${workspaceId} were not stored, though no error was told: ` +
      'find out what keeps them out of the table removals, then try again',
  );

export const schemaAltered = (where: string, alterations: ReadonlyArray<string>): VaultFault =>
  new VaultFault(
    'schema-altered',
    `${where}: ${someOf(alterations, '; ')}. It could copy or keep what is to be destroyed, so the vault is not used ` +
      'with it: find out who made it, and undo that, or restore the vault from a backup of before',
  );

export const shredIncomplete = (groups: ReadonlyArray<ShredGroup>, why: string): VaultFault =>
  new VaultFault(
    'shred-incomplete',
    `keys of workspace ${[...new Set(groups.map(({ workspaceId }) => workspaceId))].join(', ')} no longer ` +
      `open, but ${why}: run the shred again`,
  );

/** A migration has to have the vault alone. */
export const inUse = (where: string, cause?: unknown): VaultFault =>
  new VaultFault(
    'unavailable',
    `another process has the vault ${where} open, so the vault was not changed: stop every process that uses it, ` +
      'then migrate again',
    { cause },
  );
