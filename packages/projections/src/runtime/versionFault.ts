import type { Checkpoint } from '../database/checkpoints';
import { ProjectionFault } from '../faults';
import type { ProjectorIdentity } from './projector';

/** An older release built these tables: they answer, but only a rebuild brings them on. */
export const isOutdated = (projector: ProjectorIdentity, checkpoint: Checkpoint): boolean =>
  checkpoint.version < projector.version;

/** Why this release leaves tables alone: a newer one built them. Null when none did. */
export const newerVersion = (
  { name, version }: ProjectorIdentity,
  checkpoint: Checkpoint,
  cause?: unknown,
): ProjectionFault | null =>
  checkpoint.version > version
    ? new ProjectionFault(
        'newer-version',
        `The projection ${name} was built at version ${checkpoint.version} by a newer release; this one has version ` +
          `${version} and leaves it alone. Upgrade this process.`,
        cause === undefined ? undefined : { cause },
      )
    : null;
