const SHORTEST = 8;

/** Shortens ids to beginnings that tell all of these apart. Longer where 8 characters do not. */
export const shortIds = (ids: ReadonlyArray<string>): ((id: string) => string) => {
  const distinct = new Set(ids);
  let length = SHORTEST;
  while (new Set([...distinct].map((id) => id.slice(0, length))).size < distinct.size) length += 1;
  return (id) => id.slice(0, length);
};
