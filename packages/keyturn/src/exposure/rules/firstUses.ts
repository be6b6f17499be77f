import type { ExposureFacts, KeyUse } from '../facts';
import { judged, notJudged, type RuleAnswer, type RuleName } from '../rule';
import { isShort, SHORT_HISTORY } from './shortHistory';

/** The first pin or resume of each name that used no key of the workspace before the window. */
export const firstUsesBy = (
  rule: RuleName,
  facts: ExposureFacts,
  nameOf: (use: KeyUse) => string | null,
  known: ReadonlySet<string>,
): RuleAnswer => {
  if (isShort(facts)) return notJudged(rule, SHORT_HISTORY);
  const seen = new Set(known);
  return judged(
    rule,
    facts.uses.flatMap((use) => {
      const name = use.kind === 'test-call' ? null : nameOf(use);
      if (name === null || seen.has(name)) return [];
      seen.add(name);
      return [{ at: use.at, sequence: use.sequence, what: name }];
    }),
  );
};
