import type { SqliteConnection } from '@keyturn/sqlite';
import type { RefusalLimits } from './limits';
import type { RefusedAttempt } from './refusedAttempt';

const HOUR_MS = 3_600_000;

/** The hour that counts all that is older than lines are kept. */
export const OLDER = 0;

/** The beginning of the hour. Never {@link OLDER}: a clock before 1970 counts as its first hour. */
export const hourOf = (at: number): number => Math.max(1, Math.floor(at / HOUR_MS) * HOUR_MS);

/** Whose row of an hour: empty texts where several are counted together. */
type Place = readonly [hour: number, actorKind: string, actorId: string, workspaceId: string];

/** What each hour has of each actor in each workspace. */
export interface Hours {
  /** Counts an attempt, and says whether it gets a line. */
  readonly count: (attempt: RefusedAttempt) => boolean;
}

/** @param database is in a transaction whenever it counts */
export const hoursIn = (database: SqliteConnection, limits: RefusalLimits): Hours => {
  const linesInHour = database.pluck<[number], number>('SELECT lines FROM refusal_totals WHERE hour = ?');
  const linesOfActor = database.pluck<[number, string, string], number | null>(
    'SELECT sum(lines) FROM refusal_hours WHERE hour = ? AND actor_kind = ? AND actor_id = ?',
  );
  const linesHere = database.pluck<Place, number>(
    'SELECT lines FROM refusal_hours WHERE hour = ? AND actor_kind = ? AND actor_id = ? AND workspace_id = ?',
  );
  const add = database.prepare<readonly [...Place, number, number]>(
    `INSERT INTO refusal_hours (hour, actor_kind, actor_id, workspace_id, lines, counted) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET lines = lines + excluded.lines, counted = counted + excluded.counted`,
  );
  const addToTotal = database.prepare<[number]>(
    'INSERT INTO refusal_totals (hour, lines) VALUES (?, 1) ON CONFLICT DO UPDATE SET lines = lines + 1',
  );

  /** Null: it gets a line. Else the row that counts it: the narrower, the fewer rows there can be of it. */
  const countedAt = (here: Place): Place | null => {
    const [hour, kind, id] = here;
    if ((linesHere.get(...here) ?? 0) >= limits.linesOfActorInWorkspace) return here;
    if ((linesInHour.get(hour) ?? 0) >= limits.linesInHour) return [hour, '', '', ''];
    return (linesOfActor.get(hour, kind, id) ?? 0) >= limits.linesOfActor ? [hour, kind, id, ''] : null;
  };

  return {
    count: ({ at, actorKind, actorId, workspaceId }) => {
      const here: Place = [hourOf(at), actorKind ?? '', actorId ?? '', workspaceId ?? ''];
      const counted = countedAt(here);
      if (counted !== null) {
        add.run(...counted, 0, 1);
        return false;
      }
      add.run(...here, 1, 0);
      addToTotal.run(here[0]);
      return true;
    },
  };
};
