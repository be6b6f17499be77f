/** What many entries have in common, stored once: the kinds, and which one each entry is of. */
export const storeKinds = <K>(
  kinds: ReadonlyArray<K>,
): { readonly kinds: ReadonlyArray<K>; readonly kindOf: ReadonlyArray<number> } => {
  const places = new Map<string, number>();
  const distinct: K[] = [];
  const kindOf = kinds.map((kind) => {
    const text = JSON.stringify(kind);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, distinct.length);
    return distinct.push(kind) - 1;
  });
  return { kinds: distinct, kindOf };
};

/** What times of a column are counted from. */
export const earliest = (times: ReadonlyArray<number>): number =>
  times.reduce((least, time) => Math.min(least, time), times[0] ?? 0);
