/** How far this Keyturn has written, so that its queries have its own writes in them. */
export interface OwnWrites {
  readonly note: (position: bigint | null) => void;
  /** Something may have been written, and where it ends is not known: the next query asks the store. */
  readonly doubt: () => void;
  /** The furthest place that may have been written; null before the first write. */
  readonly furthest: () => Promise<bigint | null>;
}

/** Begins in doubt: what an earlier process wrote is to be in the first answer, too. */
export const makeOwnWrites = (head: () => Promise<bigint | null>): OwnWrites => {
  let furthest: bigint | null = null;
  let doubtful = true;
  const note = (position: bigint | null): void => {
    if (position !== null && (furthest === null || position > furthest)) furthest = position;
  };
  return {
    note,
    doubt: () => {
      doubtful = true;
    },
    furthest: async () => {
      if (doubtful) {
        doubtful = false;
        try {
          note(await head());
        } catch (error) {
          doubtful = true;
          throw error;
        }
      }
      return furthest;
    },
  };
};
