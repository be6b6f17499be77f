import { distance } from 'fastest-levenshtein';

/** A name that differs in more than this part of its characters is another name. */
const MOST_DIFFERENT = 0.4;

/** Of the names that there are, the one that was probably meant; null where none is near. */
export const nearestOf = (named: string, names: Iterable<string>): string | null => {
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(named.length * MOST_DIFFERENT)) + 1;
  for (const name of names) {
    // At least so far apart as they differ in length: most names need no closer look.
    if (Math.abs(name.length - named.length) >= least) continue;
    const apart = distance(named.toLowerCase(), name.toLowerCase());
    if (apart >= least) continue;
    least = apart;
    nearest = name;
  }
  return nearest;
};
