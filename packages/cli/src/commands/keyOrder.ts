import type { KnownKey } from 'keyturn';

/** By what keys are sorted: smallest first; keys that have none come last. */
const BY = {
  added: ({ addedAt }) => addedAt,
  used: ({ lastUsedAt }) => (lastUsedAt === null ? null : -lastUsedAt),
  due: ({ rotateBy }) => rotateBy,
  runs: ({ runsInFlight }) => -runsInFlight,
} as const satisfies Readonly<Record<string, (key: KnownKey) => number | null>>;

export type KeyOrder = keyof typeof BY;

export const KEY_ORDERS = ['added', 'used', 'due', 'runs'] as const satisfies ReadonlyArray<KeyOrder>;

/** Those that are equal stay as they were. */
export const sortedKeys = (keys: ReadonlyArray<KnownKey>, order: KeyOrder): ReadonlyArray<KnownKey> => {
  const valueOf = (key: KnownKey): number => BY[order](key) ?? Infinity;
  return [...keys].sort((a, b) => (valueOf(a) === valueOf(b) ? 0 : valueOf(a) - valueOf(b)));
};
