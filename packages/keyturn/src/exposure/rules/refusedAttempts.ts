import { judged, type Rule } from '../rule';

/** Refusals that named this key, and those of the time that are counted alone: they may have named it. */
export const refusedAttempts: Rule = ({ refusals, refusalsCounted }) => {
  const lines = refusals.map(({ at, actorKind, actorId, action, code }) => ({
    at,
    sequence: null,
    what: `${action} by ${actorKind ?? '?'}:${actorId ?? '?'}, refused: ${code}`,
  }));
  const counted = refusalsCounted.reduce((sum, { count }) => sum + count, 0);
  return judged('refused-attempts', [
    ...lines,
    ...(lines.length > 0 && counted > 0
      ? [{ at: null, sequence: null, what: `${counted} more in the workspace, counted alone` }]
      : []),
  ]);
};
