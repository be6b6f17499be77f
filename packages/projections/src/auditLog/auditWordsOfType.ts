import type { AuditFactsOf, DataOf, KeyringEventType } from '@keyturn/domain';

export type ProjectOfRun = (runId: string) => string | null;

/** What an entry says of an event of one type. */
export interface AuditWords<T extends KeyringEventType> {
  /** Why or how: the one word of the event that says it; null where it has none. */
  readonly cause: (data: DataOf<T>) => string | null;
  /** The project of the Default or of the run. */
  readonly project: (data: DataOf<T>, projectOfRun: ProjectOfRun) => string | null;
  /** What its sentence says besides. */
  readonly facts: (data: DataOf<T>) => AuditFactsOf<T>;
}
