import { timingSafeEqual } from 'node:crypto';
import type { DeploymentKeys } from './deployment';
import { openWorkspaceKey } from './hierarchy';
import { tamperedWorkspaceKey } from './rowFaults';
import type { StoredWorkspaceKey } from './storage';

/** A workspace's keys in clear, for one use. */
export interface WorkspaceKeys {
  /** New data keys are sealed under it, and the witness is under its MAC. */
  readonly present: Buffer;
  /** The key that is being succeeded, which older data keys are under still; null when none is. */
  readonly former: Buffer | null;
}

const opened = (
  { workspaceSealing, deploymentId, rotations }: DeploymentKeys,
  workspaceId: string,
  madeIn: number,
  sealed: Uint8Array,
): Buffer => {
  const name = { deploymentId, workspaceId, sealedIn: rotations.number, madeIn };
  const key = openWorkspaceKey(workspaceSealing, name, sealed);
  if (key === null) throw tamperedWorkspaceKey(workspaceId);
  return key;
};

type StoredKeys = Pick<StoredWorkspaceKey, 'madeIn' | 'sealed' | 'successor' | 'renewing'>;

/**
 * Runs with a workspace's keys, and wipes them. Throws `tampered` when they don't open. So it does for a key from
 * before a renewal that is over, for a successor while nothing is renewed, and for one that is the key it succeeds:
 * rows of another time, which open, and which who has the old master key may know.
 */
export const withWorkspaceKeys = <A>(
  keys: DeploymentKeys,
  workspaceId: string,
  { madeIn, sealed, successor, renewing }: StoredKeys,
  run: (workspace: WorkspaceKeys) => A,
): A => {
  if (!renewing && (successor !== null || madeIn < keys.rotations.renewedIn))
    throw tamperedWorkspaceKey(workspaceId);
  const own = opened(keys, workspaceId, madeIn, sealed);
  try {
    if (successor === null) return run({ present: own, former: null });
    const next = opened(keys, workspaceId, keys.rotations.number, successor);
    try {
      if (timingSafeEqual(own, next)) throw tamperedWorkspaceKey(workspaceId);
      return run({ present: next, former: own });
    } finally {
      next.fill(0);
    }
  } finally {
    own.fill(0);
  }
};
