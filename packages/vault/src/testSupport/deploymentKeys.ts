import { randomBytes } from 'node:crypto';
import type { DeploymentKeys } from '../deployment';

/** Keys of a deployment, made up where a test does not say them. */
export const deploymentKeys = (given: Partial<DeploymentKeys> = {}): DeploymentKeys => ({
  deploymentId: 'd',
  masterKeyId: Buffer.alloc(8),
  workspaceSealing: randomBytes(32),
  pepper: randomBytes(32),
  logKeySealing: randomBytes(32),
  logKeys: { number: 1, present: randomBytes(32), former: null },
  rotations: { number: 0, renewedIn: 0 },
  proof: 'erased',
  ...given,
});
