/** When keys whose test calls tell nothing are called again: at twice their age, so that the calls get rarer. */
export interface Retests {
  readonly isDue: (keyId: string) => boolean;
  /** A call was made for a key of this age; `again` when it told nothing. */
  readonly called: (keyId: string, addedAt: number, again: boolean) => void;
}

/** Remembered in this process alone: another one, or the next, begins with a call of its own. */
export const makeRetests = (clock: () => number): Retests => {
  const nextAt = new Map<string, number>();
  return {
    isDue: (keyId) => (nextAt.get(keyId) ?? 0) <= clock(),
    called: (keyId, addedAt, again) => {
      const now = clock();
      for (const [id, at] of nextAt) if (at <= now) nextAt.delete(id);
      if (again) nextAt.set(keyId, now + (now - addedAt));
    },
  };
};
