import type { VaultServer } from '../../deployment';

/** A vault in which keys are shredded, seen past the product. */
export interface ShreddedVault {
  /** Undefined where it lies in the data directory. */
  readonly server: VaultServer | undefined;
  /** The sealed secret and the sealed data key of a key, as they lie there now. */
  readonly sealedBytesOf: (workspaceId: string, keyId: string) => Promise<ReadonlyArray<Buffer>>;
  /** Leaves a copy of a row where copies may come to lie by mistake: in another table, or in another file. */
  readonly keepCopy: (workspaceId: string, keyId: string) => Promise<void>;
  /** Where bytes of it may lie, beside the data directory. */
  readonly directories: ReadonlyArray<string>;
  /** Reads an older state of both tables until it is let go. */
  readonly openReader: () => Promise<() => Promise<void>>;
  /** Lets its server write all that it has to write. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A way for such a vault to lie. */
export interface ShreddedVaultKind {
  /** Made before the data directory. */
  readonly open: (vaultDirectory: () => string) => Promise<ShreddedVault>;
  /** The first key of a run is destroyed under the eyes of a reader. Else chance decides: it takes its time. */
  readonly beginsWithReader: boolean;
}
