import { judged, type Rule } from '../rule';

/** A new pin after the key had been Default, and is so nowhere any more. Resumes keep their pin, so they count not. */
export const afterDefaultMoved: Rule = ({ uses, defaultMoves }) => {
  const scopes = new Set<string | null>();
  let wasDefault = false;
  let next = 0;
  return judged(
    'after-default-moved',
    uses.flatMap((use) => {
      for (; next < defaultMoves.length; next += 1) {
        const move = defaultMoves[next];
        if (move === undefined || move.sequence > use.sequence) break;
        if (move.to === 'this-key') {
          scopes.add(move.projectId);
          wasDefault = true;
        } else {
          scopes.delete(move.projectId);
        }
      }
      return use.kind === 'pinned' && wasDefault && scopes.size === 0
        ? [{ at: use.at, sequence: use.sequence, what: `${use.actor}, run ${use.runId ?? '?'}` }]
        : [];
    }),
  );
};
