import type { VaultServer } from '../../../deployment';

/** A value as the database holds it. */
export type Value = string | number | Buffer | null;
export type Row = Readonly<Record<string, Value>>;

/** Names a sealed row. */
export interface Ref {
  readonly workspaceId: string;
  readonly keyId: string;
}

export const TABLES = ['sealed_secrets', 'data_keys', 'workspace_keys'] as const;
export type Table = (typeof TABLES)[number];

/** A row, and the table that it lies in. */
export interface Lying {
  readonly table: Table;
  readonly row: Row;
}

/** Called with what comes out of the database, whoever asked for it, but not with what is done here. */
interface Watcher {
  /** Rows in whatever shape, by the statement that gave them. */
  readonly rows: (source: string, rows: unknown) => void;
  /** Something that is no row. */
  readonly strange: (what: string) => void;
}

/** The vault's tables, as whoever has the disk or the server could come at them. */
export interface VaultTables {
  /** Every row of these workspaces. */
  readonly read: (workspaceIds: ReadonlyArray<string>) => Promise<ReadonlyArray<Lying>>;
  /** Puts rows in the place of others, all at once. */
  readonly replace: (taken: ReadonlyArray<Lying>, put: ReadonlyArray<Lying>) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Stands between the database's driver and all others in this process; gives what ends it. */
  readonly watch: (watcher: Watcher) => () => void;
  readonly close: () => Promise<void>;
}

/** A place for a vault that is to be made. */
interface VaultHome {
  /** Undefined where the vault lies in its own directory. */
  readonly server: VaultServer | undefined;
  /** The tables of the vault, once it was made. */
  readonly tables: (vaultDirectory: string) => VaultTables;
  readonly close: () => Promise<void>;
}

/** A way for vaults to lie. */
export type VaultHomes = () => Promise<VaultHome>;

/** The columns that name a row in its table. */
export const namesOf = ({ table, row }: Lying): Row => {
  const { workspace_id = null, key_id = null } = row;
  return table === 'workspace_keys' ? { workspace_id } : { workspace_id, key_id };
};
