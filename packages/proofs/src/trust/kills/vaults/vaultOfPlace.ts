import type { VaultPlace } from '@keyturn/vault';
import type { VaultRow } from '../../vaultRow';

/** The vault of a place, seen past the product. */
export interface VaultOfPlace {
  readonly at: VaultPlace;
  /** Variables that commands find it by. */
  readonly env: Readonly<Record<string, string>>;
  /** Where bytes of it may lie, beside the data directory. */
  readonly directories: ReadonlyArray<string>;
  /** Every row. None where the vault was not made to its end. */
  readonly rows: () => Promise<ReadonlyArray<VaultRow>>;
  /** Its server crashes, with nobody told; gives what starts it again. Null where it has no server. */
  readonly crash: (() => Promise<() => Promise<void>>) | null;
  /** Ends it, to be copied. */
  readonly keep: () => Promise<KeptVault>;
  readonly remove: () => Promise<void>;
}

/** A vault as it was when nobody worked with it any more. */
interface KeptVault {
  /** The same for a copy of the data directory that it belongs to. */
  readonly copyFor: (data: string) => Promise<VaultOfPlace>;
  readonly remove: () => Promise<void>;
}

/** A way for vaults to lie. */
export interface VaultKind {
  /** A place for a vault, in which there is none yet. */
  readonly newVault: (data: string) => Promise<VaultOfPlace>;
  /** Whether it has a server, which may crash. */
  readonly crashes: boolean;
  /** To be set for processes whose writes to such a vault are to be named. */
  readonly env: Readonly<Record<string, string>>;
}
