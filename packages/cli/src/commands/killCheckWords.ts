import type { KillCheckAnswer } from 'keyturn';

const SAYS: { readonly [S in KillCheckAnswer['says']]: string } = {
  dead: 'The vendor refuses the key as no valid one.',
  alive: 'The vendor still takes the key. Revoke it.',
  'alive-unfunded': 'The vendor still knows the key, which can not spend. Revoke it.',
  'cannot-tell': 'The vendor did not say whether it still takes the key. Ask again later.',
  'not-checkable':
    'The key is destroyed here, so nothing was asked. Give it with --pasted, where somebody has it.',
};

const standing = ({ says, dead, counts }: KillCheckAnswer): ReadonlyArray<string> => {
  if (dead) return ['It is shown dead.'];
  if (says !== 'dead') return [];
  return counts
    ? ['Three such answers in a row, over five minutes or more, show that it is dead. Ask again.']
    : ['This does not count: the vendor never took it at this place, or took no other key just now.'];
};

/** What a vendor said of a key, and what that shows. */
export const killCheckLines = (checked: KillCheckAnswer): ReadonlyArray<string> => [
  SAYS[checked.says],
  ...standing(checked),
];
