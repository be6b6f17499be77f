import type { Checkpoint } from '../database/checkpoints';
import { ProjectionFault } from '../faults';
import type { Projector } from './projector';

/** Why this release can't go on with tables of that version; null when it can. */
export const versionFault = (projector: Projector, checkpoint: Checkpoint): ProjectionFault | null => {
  const { name, version } = projector;
  if (checkpoint.version === version) return null;
  return checkpoint.version > version
    ? new ProjectionFault(
        'newer-version',
        `The projection ${name} was built at version ${checkpoint.version} by a newer release; this one has version ` +
          `${version} and leaves it alone. Upgrade this process.`,
      )
    : new ProjectionFault(
        'rebuild-needed',
        `The projection ${name} was built at version ${checkpoint.version} and this release has version ${version}. ` +
          `Rebuild it: keyturn projections rebuild ${name}`,
      );
};
