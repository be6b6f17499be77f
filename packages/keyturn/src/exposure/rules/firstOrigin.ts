import { notJudged, type Rule } from '../rule';
import { firstUsesBy } from './firstUses';

/** Used from an origin that used no key of this workspace before the window. */
export const firstOrigin: Rule = (facts) =>
  facts.originsRecorded
    ? firstUsesBy('first-origin', facts, ({ originRef }) => originRef, facts.known.origins)
    : notJudged('first-origin', 'No use before the window has an origin: the embedding service passes none.');
