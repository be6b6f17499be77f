import type * as t from 'io-ts';
import { looksLikeVendorKey } from 'keyturn';
import { isObject } from './isObject';
import { noteOf } from './codec';
import { structureOf } from './structure';

const membersOf = (codec: t.Mixed): Readonly<Record<string, t.Mixed>> => {
  const structure = structureOf(codec);
  return structure.kind === 'object' ? { ...structure.required, ...structure.optional } : {};
};

/**
 * Where a vendor's key stands that was put into another member than the one for keys; null where there is none. Names,
 * cursors and cases come back in answers, and into logs on the way.
 */
export const misplacedKey = (codec: t.Mixed, value: unknown, at: string): string | null => {
  if (typeof value === 'string') {
    return noteOf(codec).writeOnly !== true && looksLikeVendorKey(value) ? at : null;
  }
  if (Array.isArray(value)) {
    const structure = structureOf(codec);
    const inside = structure.kind === 'list' ? structure.of : codec;
    return (
      value.map((each: unknown) => misplacedKey(inside, each, at)).find((found) => found !== null) ?? null
    );
  }
  if (!isObject(value)) return null;
  const members = membersOf(codec);
  for (const [name, inside] of Object.entries(value)) {
    const found = misplacedKey(members[name] ?? codec, inside, at === '' ? name : `${at}.${name}`);
    if (found !== null) return found;
  }
  return null;
};
