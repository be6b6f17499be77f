/** One place of a source file, given by text that it has exactly once, and what stands there instead. */
export interface Edit {
  /** From the repository's root. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A safeguard taken away: the check named must find out. */
export interface Mutation {
  readonly name: string;
  /** What the product no longer does. */
  readonly removes: string;
  /** The check, by name. */
  readonly check: string;
  /** How long the check is given to find out; 0.3 when left out. */
  readonly minutes?: number;
  readonly edits: ReadonlyArray<Edit>;
}

/** The file's text with the edit made. @throws when the text is not there exactly once: the list has to follow the code. */
export const edited = (source: string, { file, find, replace }: Edit): string => {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${find}`);
  return parts.join(replace);
};
