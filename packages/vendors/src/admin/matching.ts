import type { VendorKey, VendorKeyFilter } from './vendorAdmin';

/** Clocks differ, and a key is on file within a moment of its making. */
const SKEW_MS = 10 * 60_000;

/** What stands behind the masked part of a hint; null where nothing is masked, so that it may be any text. */
const shownEnd = (hint: string): string | null =>
  /(?:\.{2,}|[*•…]+)([A-Za-z0-9_-]*)$/.exec(hint)?.[1] ?? null;

/**
 * Whether a hint may be of a secret that ends so. As many characters are compared as both show; one alone can tell two
 * keys apart, and can't tell that they are one.
 */
export const hintFits = (hint: string | null, last4: string): 'yes' | 'no' | 'unknown' => {
  const end = hint === null ? null : shownEnd(hint);
  if (end === null || end === '') return 'unknown';
  const shown = Math.min(end.length, last4.length);
  if (end.slice(-shown) !== last4.slice(-shown)) return 'no';
  return shown > 1 ? 'yes' : 'unknown';
};

interface Matches {
  readonly keys: ReadonlyArray<VendorKey>;
  readonly otherHint: number;
  readonly madeLater: number;
}

/** The keys that may be the one that is looked for, the likeliest first, then the newest. */
export const matching = (
  listed: ReadonlyArray<Omit<VendorKey, 'fits'>>,
  { last4, onFileSince }: VendorKeyFilter,
): Matches => {
  const keys: VendorKey[] = [];
  let [otherHint, madeLater] = [0, 0];
  for (const key of listed) {
    const fits = last4 === null ? 'unknown' : hintFits(key.hint, last4);
    if (fits === 'no') otherHint += 1;
    else if (onFileSince !== null && (key.createdAt ?? 0) > onFileSince + SKEW_MS) madeLater += 1;
    else keys.push({ ...key, fits: fits === 'yes' ? 'hint' : 'unknown' });
  }
  const rank = ({ fits }: VendorKey): number => (fits === 'hint' ? 0 : 1);
  keys.sort((a, b) => rank(a) - rank(b) || (b.createdAt ?? 0) - (a.createdAt ?? 0));
  return { keys, otherHint, madeLater };
};
