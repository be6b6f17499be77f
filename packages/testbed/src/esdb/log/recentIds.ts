import type { LogRecord } from './record';

/**
 * The ids of events that this process wrote as the leader, each with the first event that had it. By them alone does a
 * real server know a repetition where no revision is expected, so it knows none after a restart or a change of leader.
 */
export interface RecentIds {
  /** The event with this id, where it was written to that stream. */
  readonly find: (id: string, stream: string) => LogRecord | undefined;
  readonly add: (record: LogRecord) => void;
  readonly forget: () => void;
}

export const makeRecentIds = (): RecentIds => {
  const records = new Map<string, LogRecord>();
  return {
    find: (id, stream) => {
      const record = records.get(id);
      return record?.stream === stream ? record : undefined;
    },
    add: (record) => {
      if (!records.has(record.id)) records.set(record.id, record);
    },
    forget: () => records.clear(),
  };
};
