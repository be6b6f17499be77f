import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VaultKind, VaultOfPlace } from './vaults/vaultOfPlace';

/**
 * A deployment's directory: its data, its master key beside it, and what commands of runs leave there. And its vault.
 */
export interface Place {
  readonly directory: string;
  readonly data: string;
  readonly vault: VaultOfPlace;
  readonly remove: () => Promise<void>;
}

/** A place that nobody works on any more, to be copied. */
export interface KeptPlace {
  /** The same bytes elsewhere. */
  readonly copy: () => Promise<Place>;
  readonly remove: () => Promise<void>;
}

const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'keyturn-kills-'));
const removed = (directory: string): void =>
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });

const placeAt = async (
  directory: string,
  vaultFor: (data: string) => Promise<VaultOfPlace>,
): Promise<Place> => {
  const data = join(directory, 'data');
  const vault = await vaultFor(data);
  return {
    directory,
    data,
    vault,
    remove: async () => {
      await vault.remove();
      removed(directory);
    },
  };
};

export const newPlace = ({ newVault }: VaultKind): Promise<Place> => placeAt(newDirectory(), newVault);

/** Ends a place: it is not used, nor removed, afterwards. */
export const keptPlace = async ({ directory, vault }: Place): Promise<KeptPlace> => {
  const kept = await vault.keep();
  return {
    copy: () => {
      const copy = newDirectory();
      cpSync(directory, copy, { recursive: true });
      return placeAt(copy, kept.copyFor);
    },
    remove: async () => {
      await kept.remove();
      removed(directory);
    },
  };
};
