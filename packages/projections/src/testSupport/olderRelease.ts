import type { ReadModels } from '../readModels';
import { right } from './onDisk';

/** As an older release would have left the audit log: its version, and rows of its own. */
export const BUILT_BY_AN_OLDER_RELEASE = [
  "update projection_checkpoints set version = 0 where projector = 'audit-log'",
  "update audit_entries_g1 set actor_id = 'old-row'",
];

/** Who the audit log names: `old-row` alone, where its rows are the older release's. */
export const actors = async (models: ReadModels): Promise<ReadonlyArray<string>> => {
  const { entries } = await right(models.auditPage({}, { order: 'newest-first', limit: 1000 }));
  return [...new Set(entries.map(({ actorId }) => actorId))].sort();
};
