/** Told of a key that its vendor still takes, and of the cases about it that are open from there on. */
export type OnAlive = (
  key: { readonly workspaceId: string; readonly keyId: string },
  openCases: ReadonlyArray<string>,
) => void;
