/** The faulty parts that a process of the product can be given. */
export const FAULTY_NAMES = [
  'a vault that does not shred, and says that it did',
  'a vault that does not let a frozen row open again',
  'a vault that says that a secret is sealed, and seals it later',
  'a store that forgets a hard delete, which it acknowledged',
  'a store whose clock stands',
  'a store that leaves out events when all are read',
  'a prober that can never tell',
] as const;

export type FaultyName = (typeof FAULTY_NAMES)[number];
