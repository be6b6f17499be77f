import { distance } from 'fastest-levenshtein';

/** A name that differs in more than this part of its characters is another name. */
const MOST_DIFFERENT = 0.4;

/** Whether two neighbours were typed the wrong way round: a slip as common as any, and two to who counts changes. */
const isTransposed = (named: string, name: string): boolean => {
  let at = 0;
  while (named[at] === name[at]) at += 1;
  return name === named.slice(0, at) + (named[at + 1] ?? '') + (named[at] ?? '') + named.slice(at + 2);
};

const changesBetween = (named: string, name: string): number => {
  const changes = distance(named, name);
  return changes === 2 && isTransposed(named, name) ? 1 : changes;
};

/** Of the names that there are, those that may have been meant: the nearest first. */
export const nearOf = (named: string, names: Iterable<string>): ReadonlyArray<string> => {
  const most = Math.max(1, Math.floor(named.length * MOST_DIFFERENT));
  const near: Array<readonly [apart: number, name: string]> = [];
  for (const name of names) {
    // At least so far apart as they differ in length: most names need no closer look.
    if (name === named || Math.abs(name.length - named.length) > most) continue;
    const apart = changesBetween(named.toLowerCase(), name.toLowerCase());
    if (apart <= most) near.push([apart, name]);
  }
  return near.sort(([a], [b]) => a - b).map(([, name]) => name);
};
