/** Entries of so many sequences share the times that a window is looked up by. */
const ENTRIES_PER_BLOCK = 1_024;

/** Which block an entry is of. Sequences begin with 1, blocks with 0. */
export const blockOf = (sequence: number): number => Math.floor((sequence - 1) / ENTRIES_PER_BLOCK);

export const firstSequenceOf = (block: number): number => block * ENTRIES_PER_BLOCK + 1;
