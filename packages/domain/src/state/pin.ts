import type { KeyId, ProjectId, RunId, Vendor } from '../ids';
import type { Instant } from '../instant';
import type { ChoiceMade, RunChoice } from '../run';

/** "Run R uses key K": made when the run starts, unchanged until it is released, but for its lease. */
export interface Pin {
  readonly runId: RunId;
  readonly projectId: ProjectId | null;
  readonly keyId: KeyId;
  readonly vendor: Vendor;
  /** What the caller asked for; a retry fits when this and the project are equal. */
  readonly requested: RunChoice;
  readonly choice: ChoiceMade;
  readonly startedAt: Instant;
  /** Past this the pin may be expired; until it is, it counts as open. */
  readonly leaseUntil: Instant;
  /** Its key was hard-deleted while the run held it: the secret can't be had again. */
  readonly interrupted: boolean;
}
