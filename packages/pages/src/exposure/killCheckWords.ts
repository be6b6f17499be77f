import type { KillCheckAnswer } from 'keyturn';

/** What a vendor said of a key. */
export const KILL_CHECK_SAYS: { readonly [S in KillCheckAnswer['says']]: string } = {
  dead: 'The vendor refuses the key as no valid one.',
  alive: 'The vendor still takes the key. Revoke it.',
  'alive-unfunded': 'The vendor still knows the key, which can not spend. Revoke it.',
  'cannot-tell': 'The vendor did not say whether it still takes the key. Ask again later.',
  'not-checkable': 'The key is destroyed here, so nothing was asked.',
};

/** What the answers so far show. */
export const KILL_CHECK_SHOWS = {
  dead: 'It is shown dead.',
  counts: 'Three such answers in a row, over five minutes or more, show that it is dead. Ask again.',
  countsNot: 'This does not count: the vendor never took it at this place, or took no other key just now.',
} as const;
