import type { SqliteConnection } from '@keyturn/sqlite';
import { hourOf, OLDER } from './hours';
import type { RefusalLimits } from './limits';

/** Lines that go in one transaction: whoever writes meanwhile waits for no more. */
const AT_ONCE = 1_000;

const NOT_HELD = `NOT EXISTS (
  SELECT 1 FROM refusals_held AS held
  WHERE held.workspace_id = refusals.workspace_id AND held.key_id = refusals.key_id AND held.since <= refusals.at
)`;

/**
 * Takes away what is too old, or too much: the oldest first, and never what an open case holds. What goes is counted
 * where it was, and what is older than lines are kept is counted together.
 */
export const ageing = (database: SqliteConnection, limits: RefusalLimits): ((now: number) => void) => {
  const countOf = database.pluck<[], number>('SELECT count(*) FROM refusals');
  const oldest = database.prepare<[number, number], { readonly sequence: number; readonly at: number }>(
    `SELECT sequence, at FROM refusals WHERE at < ? AND ${NOT_HELD} ORDER BY at LIMIT ?`,
  );
  const whole = `SELECT coalesce(actor_kind, '') AS kind, coalesce(actor_id, '') AS id,
    coalesce(workspace_id, '') AS workspace FROM refusals WHERE sequence = ?`;
  const lineAt = database.prepare<
    [number],
    { readonly kind: string; readonly id: string; readonly workspace: string }
  >(whole);
  const remove = database.prepare<[number]>('DELETE FROM refusals WHERE sequence = ?');
  const intoCount = database.prepare<[number, string, string, string]>(
    `UPDATE refusal_hours SET lines = lines - 1, counted = counted + 1
     WHERE hour = ? AND actor_kind = ? AND actor_id = ? AND workspace_id = ?`,
  );
  const olderCount = database.pluck<[number, number], number | null>(
    'SELECT sum(counted) FROM refusal_hours WHERE hour > ? AND hour < ? AND lines = 0',
  );
  const forgetHours = database.prepare<[number, number]>(
    'DELETE FROM refusal_hours WHERE hour > ? AND hour < ? AND lines = 0',
  );
  const forgetTotals = database.prepare<[number]>('DELETE FROM refusal_totals WHERE hour < ?');
  const addOlder = database.prepare<[number, number]>(
    `INSERT INTO refusal_hours (hour, actor_kind, actor_id, workspace_id, lines, counted) VALUES (?, '', '', '', 0, ?)
     ON CONFLICT DO UPDATE SET counted = counted + excluded.counted`,
  );

  const removeLines = (before: number, most: number): number => {
    const going = oldest.all(before, most);
    for (const { sequence, at } of going) {
      const line = lineAt.get(sequence);
      if (line !== undefined) intoCount.run(hourOf(at), line.kind, line.id, line.workspace);
      remove.run(sequence);
    }
    return going.length;
  };

  return (now) => {
    const before = now - limits.keptForMs;
    for (let more = true; more;) {
      more = database.transaction('immediate', () => {
        const tooMany = Math.min(AT_ONCE, Math.max(0, (countOf.get() ?? 0) - limits.lines));
        const gone = removeLines(before, AT_ONCE) + removeLines(Number.MAX_SAFE_INTEGER, tooMany);
        return gone > 0 && gone >= AT_ONCE;
      });
    }
    database.transaction('immediate', () => {
      const older = olderCount.get(OLDER, hourOf(before)) ?? 0;
      if (older === 0) return;
      forgetHours.run(OLDER, hourOf(before));
      forgetTotals.run(hourOf(before));
      addOlder.run(OLDER, older);
    });
  };
};
