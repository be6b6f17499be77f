import type { Rule } from '../rule';
import { firstUsesBy } from './firstUses';

/** Used by a project that used no key of this workspace before the window. */
export const firstProject: Rule = (facts) =>
  firstUsesBy('first-project', facts, ({ projectId }) => projectId, facts.known.projects);
