import { runsOf, type Run } from './runsOf';

/**
 * A text inside of secrets; null for none. With how many letters and digits stand before it and behind it, where that
 * is always the same: it tells where a secret begins then.
 */
type Mark = string | { readonly text: string; readonly before: number; readonly after: number };

/** How the secrets of one vendor or service are told from all others. */
export interface KnownSecret {
  /** The vendor's slug, or the service's name. */
  readonly owner: string;
  readonly isVendor: boolean;
  readonly beginnings: ReadonlyArray<string>;
  /** Those of secrets that administer an organisation. */
  readonly adminBeginnings: ReadonlyArray<string>;
  /** Stands inside of them. */
  readonly mark: Mark | null;
  /** What a whole one looks like, from ^ to $; null where that is not known. */
  readonly pattern: string | null;
}

/** A secret that was recognised in a text. Holds nothing of it. */
export interface Sighting {
  /** How much of the text stands before it, in UTF-16 units. */
  readonly at: number;
  /** The vendor's slug, or the service's name. */
  readonly owner: string;
  readonly isVendor: boolean;
  /** It administers an organisation. */
  readonly isAdmin: boolean;
  /** It stands there in base64, or in hexadecimal digits. */
  readonly isEncoded: boolean;
}

/** More than one is more than a paste may have: what else is in it makes no difference. */
const MOST = 2;
/** A beginning so long comes about by chance in one of hundreds of millions of keys. */
const LONG = 6;
/** So long, and with a whole secret from there to the end: likewise. */
const LONG_OF_WHOLE = 4;
/** No secret whose pattern says how long it is, is longer. */
const LONGEST_WHOLE = 512;
/** A blank or a mark in letters, as URLs and string literals have it: its last letter is no part of what follows. */
const SPELLED = /(?:%[0-9A-Fa-f]{2}|\\[a-z]|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2})$/;
const isSpelled = (before: string): boolean => /[%\\]/.test(before) && SPELLED.test(before);
/** Three parts with dots between. It begins where a run does: elsewhere the search would take quadratic time. */
const JSON_WEB_TOKEN = /(?:(?<![\w-])|(?<=%[0-9A-Fa-f]{2}|\\[a-z]))eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/;

interface Literal {
  readonly text: string;
  readonly secret: KnownSecret;
  readonly pattern: RegExp | null;
  readonly is: 'beginning' | 'admin' | 'mark';
  /** How much of a secret stands before it and behind it; null where that differs. */
  readonly around: { readonly before: number; readonly after: number } | null;
}

/** As phones write the first letter of a text. */
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const literalsOf = (known: ReadonlyArray<KnownSecret>): ReadonlyMap<string, Literal> =>
  new Map(
    known.flatMap((secret): ReadonlyArray<readonly [string, Literal]> => {
      const pattern = secret.pattern === null ? null : new RegExp(secret.pattern);
      const as = (is: Literal['is']) => (text: string) =>
        [text, { text, secret, pattern, is, around: null }] as const;
      return [
        ...secret.beginnings.flatMap((text) => [capitalised(text), text]).map(as('beginning')),
        ...secret.adminBeginnings.flatMap((text) => [capitalised(text), text]).map(as('admin')),
        ...(typeof secret.mark === 'string' ? [secret.mark] : []).map(as('mark')),
        ...(secret.mark === null || typeof secret.mark === 'string' ? [] : [secret.mark]).map(
          ({ text, ...around }) => [text, { text, secret, pattern, is: 'mark', around }] as const,
        ),
      ];
    }),
  );

const longestFirst = (a: string, b: string): number => b.length - a.length;
const escaped = (literal: string): string => literal.replace(/[^A-Za-z0-9_ ]/g, '\\$&');
const anyOf = (literals: ReadonlyArray<string>): RegExp =>
  new RegExp([...literals].sort(longestFirst).map(escaped).join('|'), 'g');

/**
 * Whether it is a whole secret of a kind that says how long it is: one more character would be too many, or its mark
 * stands in the middle.
 */
const isWhole = (
  { text: beginning, secret, pattern }: Literal,
  text: string,
  { start, end }: Run,
): boolean => {
  if (pattern === null || end - start > LONGEST_WHOLE) return false;
  const candidate = text.slice(start, end);
  if (!pattern.test(candidate)) return false;
  if (typeof secret.mark !== 'string')
    return !pattern.test(`${candidate}A`) && !pattern.test(`${candidate}0`);
  const body = candidate.slice(beginning.length);
  return 2 * body.indexOf(secret.mark) + secret.mark.length === body.length;
};

/** Where a secret begins that has so much before and behind what was found in it; null where it has not. */
const startAround = (text: string, at: number, { text: mark, around }: Literal): number | null => {
  if (around === null || at < around.before) return null;
  const start = at - around.before;
  const length = around.before + mark.length + around.after;
  const whole = text.slice(start, start + length);
  return whole.length === length && /^[A-Za-z0-9]*$/.test(whole) ? start : null;
};

/** A key that is being read from left to right. */
interface Reading {
  readonly sighting: Sighting;
  readonly literal: Literal;
  readonly hasMark: boolean;
}

/**
 * Tells where a text has secrets that are known by how they begin, or by a mark inside; at most the first two.
 *
 * A short beginning counts where nothing stands before it that could belong to the same secret, or where a whole secret
 * ends or begins there: within a random key it comes about by chance.
 */
export const makeSightings = (
  known: ReadonlyArray<KnownSecret>,
): ((text: string) => ReadonlyArray<Sighting>) => {
  const literals = literalsOf(known);
  const any = anyOf([...literals.keys()]);

  const readings = (text: string): ReadonlyArray<Reading> => {
    const runAt = runsOf(text);
    const read: Reading[] = [];

    const standsAlone = (at: number, literal: Literal): boolean => {
      const { length } = literal.text;
      if (length >= LONG) return true;
      const run = runAt(at);
      const before = read.at(-1);
      return (
        at <= run.start ||
        isSpelled(text.slice(Math.max(0, at - 6), at)) ||
        (length >= LONG_OF_WHOLE && isWhole(literal, text, { start: at, end: run.end })) ||
        (before?.sighting.at === run.start && isWhole(before.literal, text, { start: run.start, end: at }))
      );
    };

    any.lastIndex = 0;
    for (let match = any.exec(text); match !== null && read.length < MOST; match = any.exec(text)) {
      const [found] = match;
      const at = match.index;
      const literal = literals.get(found);
      if (literal === undefined) continue;
      const { owner, isVendor } = literal.secret;
      const before = read.at(-1);
      const isMark = literal.is === 'mark';
      if (literal.around !== null) {
        const start = startAround(text, at, literal);
        if (start === null) continue;
        const sighting = { at: start, owner, isVendor, isAdmin: false, isEncoded: false };
        read.push({ sighting, literal, hasMark: true });
      } else if (isMark && before?.sighting.owner === owner && !before.hasMark) {
        read[read.length - 1] = { ...before, hasMark: true };
      } else if (isMark || standsAlone(at, literal)) {
        const { start: begun } = runAt(at);
        const start = isMark && (before === undefined || before.sighting.at < begun) ? begun : at;
        const sighting = { at: start, owner, isVendor, isAdmin: literal.is === 'admin', isEncoded: false };
        read.push({ sighting, literal, hasMark: isMark });
      } else {
        any.lastIndex = at + 1;
      }
    }
    return read;
  };

  return (text) => {
    const sightings = readings(text).map(({ sighting }) => sighting);
    const token = sightings.length < MOST ? text.search(JSON_WEB_TOKEN) : -1;
    const all = token < 0 ? sightings : [...sightings, jsonWebToken(token)];
    return [...all].sort((a, b) => a.at - b.at);
  };
};

const jsonWebToken = (at: number): Sighting => ({
  at,
  owner: 'JWT',
  isVendor: false,
  isAdmin: false,
  isEncoded: false,
});
