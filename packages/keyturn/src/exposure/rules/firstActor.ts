import type { Rule } from '../rule';
import { firstUsesBy } from './firstUses';

/** Used by an actor who used no key of this workspace before the window. */
export const firstActor: Rule = (facts) =>
  firstUsesBy('first-actor', facts, ({ actor }) => actor, facts.known.actors);
