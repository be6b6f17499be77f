import type { AdminApi } from './adminApi';
import type { AdminSession } from './adminSession';

/** What each operation works with, once its credential and its target are what they have to be. */
export interface AdminOperation {
  readonly session: AdminSession;
  readonly admin: AdminApi;
  /** The place that was named, or null. */
  readonly place: string | null;
  /** The caller's bytes. */
  readonly credential: Uint8Array;
  readonly now: () => number;
}
