import { forgetLastMatch } from './paste/forgetLastMatch';

/** Beginnings that vendors give their keys, each with enough of a key behind it. Sources: `docs/vendors.md`. */
const BEGINNINGS = [
  /sk-[A-Za-z0-9_-]{20}/,
  /gsk_[A-Za-z0-9]{20}/,
  /xai-[A-Za-z0-9]{20}/,
  /AIza[A-Za-z0-9_-]{30}/,
  /AQ\.[A-Za-z0-9_-]{16}/,
  /ABSK[A-Za-z0-9+/=]{20}/,
  /bedrock-api-key-[A-Za-z0-9+/=_-]{16}/,
];
const VENDOR_KEY = new RegExp(`(?:^|[^A-Za-z0-9])(?:${BEGINNINGS.map(({ source }) => source).join('|')})`);
const SHORTEST_VENDOR_KEY = 19;

const UUID = /[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}/g;
const TOKEN = /[A-Za-z0-9+/=]{20,}/g;
const HEX_TOKEN = /^(?=.*[0-9])(?=.*[a-fA-F])[0-9a-fA-F]{32,}$/;
const MIXED = /^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])/;
/** Random base 62 changes between lower case, upper case and digit at 6 of 10 steps, words in camel case at 3. */
const RANDOM_CHANGES = 0.45;

const classOf = (char: string): number => (/[a-z]/.test(char) ? 0 : /[A-Z]/.test(char) ? 1 : 2);

const looksRandom = (token: string): boolean => {
  if (HEX_TOKEN.test(token)) return true;
  if (!MIXED.test(token)) return false;
  const classes = Array.from(token, classOf);
  const changes = classes.filter((kind, i) => i > 0 && kind !== classes[i - 1]).length;
  return changes / (token.length - 1) >= RANDOM_CHANGES;
};

/** Whether the text holds something shaped as a known vendor's key. For ids, which may well be long and random. */
export const looksLikeVendorKey = (text: string): boolean => {
  const found = text.length >= SHORTEST_VENDOR_KEY && VENDOR_KEY.test(text);
  forgetLastMatch();
  return found;
};

const hasRandomToken = (text: string): boolean => {
  const found = (text.replace(UUID, ' ').match(TOKEN) ?? []).some(looksRandom);
  forgetLastMatch();
  return found;
};

/**
 * Whether a text that a person wrote, and that is kept and shown, looks as if a secret was pasted into it: a vendor's
 * key, or a long random token (32 hex digits, 20 of mixed base 64). A UUID is none. A guess, not a guarantee.
 */
export const looksLikeSecret = (text: string): boolean => looksLikeVendorKey(text) || hasRandomToken(text);

const SAFE = /^[A-Za-z0-9_.:@-]{1,64}$/;

/**
 * The text if a message may repeat it, else words in its place.
 *
 * @example
 * quotable('successorKeyId')
 */
export const quotable = (text: string): string =>
  !looksLikeSecret(text) && SAFE.test(text) ? text : '(a text that is not repeated here)';
