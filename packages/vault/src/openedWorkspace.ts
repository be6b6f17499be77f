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
  { workspaceSealing, deploymentId }: DeploymentKeys,
  workspaceId: string,
  sealed: Uint8Array,
): Buffer => {
  const key = openWorkspaceKey(workspaceSealing, deploymentId, workspaceId, sealed);
  if (key === null) throw tamperedWorkspaceKey(workspaceId);
  return key;
};

/** Runs with a workspace's keys, and wipes them. Throws `tampered` when they don't open. */
export const withWorkspaceKeys = <A>(
  keys: DeploymentKeys,
  workspaceId: string,
  { sealed, successor }: Pick<StoredWorkspaceKey, 'sealed' | 'successor'>,
  run: (workspace: WorkspaceKeys) => A,
): A => {
  const own = opened(keys, workspaceId, sealed);
  try {
    if (successor === null) return run({ present: own, former: null });
    const next = opened(keys, workspaceId, successor);
    try {
      return run({ present: next, former: own });
    } finally {
      next.fill(0);
    }
  } finally {
    own.fill(0);
  }
};
