import { KILL_CHECK_SAYS, KILL_CHECK_SHOWS } from '@keyturn/pages';
import type { KillCheckAnswer } from 'keyturn';

const standing = ({ says, dead, counts }: KillCheckAnswer): ReadonlyArray<string> => {
  if (dead) return [KILL_CHECK_SHOWS.dead];
  if (says !== 'dead') return [];
  return [counts ? KILL_CHECK_SHOWS.counts : KILL_CHECK_SHOWS.countsNot];
};

/** How whoever has the key gives it. */
const withKey = ({ says }: KillCheckAnswer): string =>
  says === 'not-checkable' ? ' Give it with --pasted, where somebody has it.' : '';

/** What a vendor said of a key, and what that shows. */
export const killCheckLines = (checked: KillCheckAnswer): ReadonlyArray<string> => [
  `${KILL_CHECK_SAYS[checked.says]}${withKey(checked)}`,
  ...standing(checked),
];
