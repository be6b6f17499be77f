import { judged, notJudged, type Rule } from '../rule';
import { isShort, SHORT_HISTORY } from './shortHistory';

/** Keys added, Defaults moved and refusals, by actors new to the workspace: as of an account that was taken over. */
export const keyringActs: Rule = (facts) => {
  if (isShort(facts)) return notJudged('keyring-acts', SHORT_HISTORY);
  return judged(
    'keyring-acts',
    facts.actsOfNewActors.map(({ at, sequence, actor, action, refusedAs }) => ({
      at,
      sequence,
      what: `${action} by ${actor}${refusedAs === null ? '' : `, refused: ${refusedAs}`}`,
    })),
  );
};
