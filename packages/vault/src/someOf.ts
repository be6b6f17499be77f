const MOST = 8;

/** The first of many, and how many there are besides: a message is read by people. */
export const someOf = (words: ReadonlyArray<string>, between = ', '): string =>
  words.length <= MOST + 1
    ? words.join(between)
    : `${words.slice(0, MOST).join(between)}${between}and ${words.length - MOST} more`;
