import nacl from 'tweetnacl';

/** The part of tweetnacl's `lowlevel` that is used here; its own types leave `lowlevel` out. */
interface Lowlevel {
  readonly crypto_secretbox: (
    out: Uint8Array,
    m: Uint8Array,
    length: number,
    n: Uint8Array,
    k: Uint8Array,
  ) => number;
  readonly crypto_secretbox_open: Lowlevel['crypto_secretbox'];
}

const isLowlevel = (u: unknown): u is Lowlevel =>
  typeof u === 'object' &&
  u !== null &&
  'crypto_secretbox' in u &&
  typeof u.crypto_secretbox === 'function' &&
  'crypto_secretbox_open' in u &&
  typeof u.crypto_secretbox_open === 'function';

const load = (): Lowlevel => {
  const lowlevel: unknown = 'lowlevel' in nacl ? nacl.lowlevel : undefined;
  if (!isLowlevel(lowlevel)) {
    throw new Error('tweetnacl has no lowlevel secretbox: install version 1.0.3 of it');
  }
  return lowlevel;
};

const lowlevel = load();

/** NaCl wants this many zeros before the message, and gives half as many before the box. */
const MESSAGE_ZEROS = 32;
const BOX_ZEROS = 16;

export const NONCE_BYTES = 24;
/** The Poly1305 tag before the ciphertext. */
export const TAG_BYTES = MESSAGE_ZEROS - BOX_ZEROS;

/**
 * XSalsa20-Poly1305. `nacl.secretbox` leaves a copy of the message in memory (its zero-padded input); here that copy is
 * wiped. The cipher's own key-stream blocks are out of reach.
 */
export const secretboxSeal = (message: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(MESSAGE_ZEROS + message.length);
  padded.set(message, MESSAGE_ZEROS);
  const sealed = new Uint8Array(padded.length);
  lowlevel.crypto_secretbox(sealed, padded, padded.length, nonce, key);
  padded.fill(0);
  return sealed.subarray(BOX_ZEROS);
};

/** The message in a buffer of its own, for the caller to wipe; null when the tag does not fit. */
export const secretboxOpen = (sealed: Uint8Array, nonce: Uint8Array, key: Uint8Array): Buffer | null => {
  const padded = new Uint8Array(BOX_ZEROS + sealed.length);
  padded.set(sealed, BOX_ZEROS);
  const opened = new Uint8Array(padded.length);
  if (lowlevel.crypto_secretbox_open(opened, padded, padded.length, nonce, key) !== 0) {
    return null;
  }
  const message = Buffer.alloc(opened.length - MESSAGE_ZEROS);
  message.set(opened.subarray(MESSAGE_ZEROS));
  opened.fill(0);
  return message;
};
