import { placeWithZeroWidth, withoutZeroWidth } from './blanks';
import type { Finding } from './findings';
import type { KeyForms, PasteWord, Sighting } from './keyForms';
import { secondKey } from './severalKeys';

/** A secret's own characters, as far as they can be told from what stands behind it. */
const SECRET = /[A-Za-z0-9_.+/=~-]*(?:[\u00ad\u200b-\u200f\u2060\ufeff]+[A-Za-z0-9_.+/=~-]+)*/y;

const lengthAt = (paste: string, at: number): number => {
  SECRET.lastIndex = at;
  return SECRET.exec(paste)?.[0].length ?? 0;
};

/** What a paste has that must not go to a vendor together with its key, or in its place. */
export interface Secrets {
  readonly findings: ReadonlyArray<Finding>;
  /** Where the one secret of the paste begins, when it is known by its beginning, and is there in plain. */
  readonly only: number | null;
}

const kindOf = (
  { owner, isVendor, isAdmin, isEncoded }: Sighting,
  { vendor }: KeyForms,
  { vendorIsCertain = false }: PasteWord,
): 'admin-key' | 'encoded' | 'other-vendor' | 'other-service' | null => {
  if (isAdmin) return 'admin-key';
  if (isEncoded) return 'encoded';
  if (owner === vendor || vendorIsCertain) return null;
  return isVendor ? 'other-vendor' : 'other-service';
};

/** What has no width may stand within a beginning, or between two secrets: a text is read with it and without. */
const sightingsIn = (paste: string, { sightings }: KeyForms): ReadonlyArray<Sighting> => {
  const asItIs = sightings(paste);
  const shown = withoutZeroWidth(paste);
  if (shown === paste) return asItIs;
  const seen = sightings(shown).map((one) => ({ ...one, at: placeWithZeroWidth(paste, one.at) }));
  return asItIs.length > seen.length ? asItIs : seen;
};

export const secretsIn = (paste: string, forms: KeyForms, word: PasteWord): Secrets => {
  const found = (kind: Finding['kind'], at: number, owner?: string): Finding => {
    const length = lengthAt(paste, at);
    const place = at === 0 && length === paste.length ? 'whole' : 'within';
    return { kind, place, at, length, ...(owner === undefined ? {} : { owner }) };
  };
  const sightings = sightingsIn(paste, forms);
  const admin = sightings.find(({ isAdmin }) => isAdmin);
  const [first, second] = sightings;
  const other = second?.at ?? secondKey(paste, forms);
  if (admin !== undefined) {
    return { findings: [found('admin-key', admin.at, admin.owner)], only: null };
  }
  if (other >= 0) return { findings: [found('several-keys', other)], only: null };
  if (first === undefined) return { findings: [], only: null };
  const kind = kindOf(first, forms, word);
  return {
    findings: kind === null ? [] : [found(kind, first.at, first.owner)],
    only: first.isEncoded ? null : first.at,
  };
};
