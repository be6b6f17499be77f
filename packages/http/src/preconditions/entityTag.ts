import { hash } from 'node:crypto';

/** JSON with members in one order. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inside]) => inside !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inside]) => [name, canonical(inside)]),
  );
};

/** SHA-256 (base64url) of a JSON value. */
export const digestOf = (value: unknown): string =>
  hash('sha256', JSON.stringify(canonical(value)), 'base64url');

/** Tags that a header names; `*` alone for any. */
const tagsOf = (header: string): ReadonlyArray<string> | '*' => {
  if (header.trim() === '*') return '*';
  return [...header.matchAll(/(?:W\/)?"([\x21\x23-\x7e]*)"/g)].map(([, tag = '']) => tag);
};

/**
 * Whether `If-Match` or `If-None-Match` names a tag. Weak and strong are one: a proxy that compresses makes every tag a
 * weak one.
 */
export const isNamed = (header: string, tag: string): boolean => {
  const tags = tagsOf(header);
  return tags === '*' || tags.includes(tag);
};
