import type { LogFacts, ServiceLog } from '../options';
import { OVERDUE, WITHIN_GRACE, type SweepReport } from './report';

/** A line of what it came to, and one of each matter that a person has to look at. */
export const logReport = (log: ServiceLog, actor: LogFacts['actor'], report: SweepReport): void => {
  const { dryRun, workspaces, repairs, pending } = report;
  log.info({ actor, dryRun, workspaces, repairs: repairs.length, pending: pending.length }, 'swept');
  for (const { workspaceId, kind, keyId, runId, code } of pending) {
    if (code !== WITHIN_GRACE && code !== OVERDUE)
      log.warn({ actor, workspaceId, kind, keyId, runId, code }, 'not repaired');
  }
};
