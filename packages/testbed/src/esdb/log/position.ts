/**
 * A place in the log. Ordered by `commit`, then by `prepare`. An event's own position has both equal; where a scan
 * stands between two events, `prepare` is 0 (the real server hands out such places in checkpoints).
 */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export const START: Position = { commit: 0n, prepare: 0n };

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Below, equal or above zero, as `a` lies before, at or after `b`. */
export const compare = (a: Position, b: Position): number =>
  order(a.commit, b.commit) || order(a.prepare, b.prepare);

/** Where the event at this place of the log is. */
export const at = (position: bigint): Position => ({ commit: position, prepare: position });
