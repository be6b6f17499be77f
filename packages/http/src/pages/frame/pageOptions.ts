import type { HandlerOptions } from '../../options';
import { checkBranding } from './branding';
import { checkFrameAncestors } from './policy';

const SHORTEST_SECRET = 32;

/** @throws TypeError for options with which the screens would be open to others, or broken */
export const checkPageOptions = ({
  csrfSecret,
  branding = {},
  frameAncestors = [],
}: HandlerOptions): void => {
  if (csrfSecret !== undefined && (typeof csrfSecret !== 'string' || csrfSecret.length < SHORTEST_SECRET)) {
    throw new TypeError(`\`csrfSecret\` has to be a text of at least ${SHORTEST_SECRET} characters.`);
  }
  checkBranding(branding);
  checkFrameAncestors(frameAncestors);
};
