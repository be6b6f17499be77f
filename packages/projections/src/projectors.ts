import { auditLogProjector } from './auditLog/auditLogProjector';
import { keyListProjector } from './keyList/keyListProjector';
import { runUsageProjector } from './runUsage/runUsageProjector';
import type { ProjectionName, Projector, ProjectorIdentity } from './runtime/projector';

const PROJECTORS: Readonly<Record<ProjectionName, Projector>> = {
  'key-list': keyListProjector,
  'run-usage': runUsageProjector,
  'audit-log': auditLogProjector,
};

/** The whole of a projector. Loads the query builder, so that only what projects imports this. */
export const projectorOf = ({ name }: ProjectorIdentity): Projector => PROJECTORS[name];
