/** How far this Keyturn has written, so that its queries have its own writes in them. */
export interface OwnWrites {
  readonly note: (position: bigint | null) => void;
  /** The furthest place written; null before the first write. */
  readonly furthest: () => bigint | null;
}

export const makeOwnWrites = (): OwnWrites => {
  let furthest: bigint | null = null;
  return {
    note: (position) => {
      if (position !== null && (furthest === null || position > furthest)) furthest = position;
    },
    furthest: () => furthest,
  };
};
