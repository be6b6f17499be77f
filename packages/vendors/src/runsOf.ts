/** A row of characters that could all belong to one secret. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** `A-Z a-z 0-9 _ -`: what most secrets consist of, and what stands between two of them in none. */
const isRunCharacter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === 0x5f ||
  code === 0x2d;

/** Gives the run around a place. Places have to ascend: so each character of the text is looked at twice at most. */
export const runsOf = (text: string): ((at: number) => Run) => {
  let run: Run = { start: 0, end: 0 };
  return (at) => {
    if (at < run.end) return run;
    let start = at;
    while (start > 0 && isRunCharacter(text.charCodeAt(start - 1))) start -= 1;
    let end = at;
    while (end < text.length && isRunCharacter(text.charCodeAt(end))) end += 1;
    run = { start, end };
    return run;
  };
};
