import { VaultFault } from './faults';
import { KEY_BYTES } from './mac';

const PREFIX = 'keyturn-master-key-1:';
const PREFIX_BYTES = Buffer.from(PREFIX, 'latin1');
/** Base64 of 32 bytes: 43 characters and one for padding. */
const ENCODED = 44;
/** More than two lines need, with room for line ends around them: no larger file is a master key's. */
export const LARGEST = 1024;

/**
 * The content of a master key's file, for the caller to wipe. As bytes: of a text Node would make some in memory that
 * its small buffers share.
 */
export const formatMasterKeys = (keys: ReadonlyArray<Buffer>): Buffer => {
  const text = keys.map((key) => `${PREFIX}${key.toString('base64')}\n`).join('');
  const content = Buffer.alloc(text.length);
  content.write(text, 'latin1');
  return content;
};

const BOM = Buffer.of(0xef, 0xbb, 0xbf);
const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE, PADDING] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];
const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');

/**
 * From bytes to bytes: a text of the key could be wiped by nobody, and a regular expression would keep it as its last
 * match. Null for anything but the one form that 32 bytes have.
 */
const decode = (encoded: Buffer): Buffer | null => {
  if (encoded.length !== ENCODED || encoded[ENCODED - 1] !== PADDING) return null;
  const key = Buffer.alloc(KEY_BYTES);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of encoded.subarray(0, ENCODED - 1)) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return wiped(key);
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      key[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  // What the last character has beyond the key.
  return (held & ((1 << bits) - 1)) === 0 ? key : wiped(key);
};

const wiped = (key: Buffer): null => {
  key.fill(0);
  return null;
};

/** The lines that have something in them; line ends of every kind, and a BOM, are no part of them. */
const linesOf = (content: Buffer): ReadonlyArray<Buffer> => {
  const text = content.subarray(0, BOM.length).equals(BOM) ? content.subarray(BOM.length) : content;
  const lines: Array<Buffer> = [];
  let start = 0;
  for (let end = 0; end <= text.length; end += 1) {
    if (end < text.length && text[end] !== LINE_FEED && text[end] !== CARRIAGE_RETURN) continue;
    if (end > start) lines.push(text.subarray(start, end));
    start = end + 1;
  }
  return lines;
};

const notAKey = (path: string, lines: ReadonlyArray<Buffer>): VaultFault =>
  new VaultFault(
    'master-key-wrong',
    lines.some((line) => line.includes(SPACE) || line.includes(TAB))
      ? `${path} has a space or a tab in or around its line: take it out; nothing else is wrong with it if the key ` +
          'opens the vault then'
      : `${path} is not a master key file (a line, or two while a rotation is under way, ` +
          `of "${PREFIX}" and 44 characters): restore it from its backup`,
  );

/** The keys of a file's content, one or two, for the caller to wipe. Throws `master-key-wrong`. */
export const parseMasterKeys = (path: string, content: Buffer): ReadonlyArray<Buffer> => {
  const lines = content.length < LARGEST ? linesOf(content) : [];
  const keys = lines.flatMap((line) =>
    line.subarray(0, PREFIX_BYTES.length).equals(PREFIX_BYTES)
      ? (decode(line.subarray(PREFIX_BYTES.length)) ?? [])
      : [],
  );
  const [present, coming] = keys;
  const whole = keys.length === lines.length && keys.length <= 2;
  if (present !== undefined && whole && coming?.equals(present) !== true) return keys;
  for (const key of keys) key.fill(0);
  throw notAKey(path, lines);
};
