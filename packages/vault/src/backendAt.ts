import type { VaultBackend } from './backend';
import { DEFAULT_BUSY_MS, type VaultPlace } from './place';
import { postgresBackend } from './postgres/backend';
import { sqliteBackend } from './sqlite/backend';

/** The storage of a vault at this place. */
export const backendAt = (place: VaultPlace, busyMs: number = DEFAULT_BUSY_MS): VaultBackend =>
  'postgres' in place ? postgresBackend(place, busyMs) : sqliteBackend(place.directory, busyMs);
