import type { MasterKeySource } from './masterKey';

/**
 * A directory of this machine, with `vault.sqlite` and `vault-keys.sqlite`. The master key's file must lie elsewhere.
 */
export interface DirectoryPlace {
  readonly directory: string;
}

/** A database of a PostgreSQL server, for services on several machines. It holds one vault. */
export interface PostgresPlace {
  /**
   * Gives the connection string, `postgres://user:password@host:port/database?sslmode=verify-full`. A function, since
   * it may hold a password: what prints its settings does not print it.
   */
  readonly postgres: () => string;
}

/** Where a vault lies. */
export type VaultPlace = DirectoryPlace | PostgresPlace;

/** A vault, and what opens it. */
export type VaultAccess = VaultPlace & {
  /** Opens the vault now. A passphrase's buffer stays the caller's. */
  readonly masterKey: MasterKeySource;
  /** How long a call waits for another process, in milliseconds; 5,000 when left out. */
  readonly busyTimeoutMs?: number;
};

/** How long a call waits for another process, in milliseconds. */
export const DEFAULT_BUSY_MS = 5000;
