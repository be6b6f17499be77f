import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Part } from './lengthPrefixed';
import { KEY_ID_BYTES, keyIdOf, mac } from './mac';
import { NONCE_BYTES, secretboxOpen, secretboxSeal, TAG_BYTES } from './secretbox';

const VERSION = 0x01;
/** HMAC-SHA-512 for keys and commitment, XSalsa20-Poly1305 for the message. */
const ALGORITHM = 0x01;

const HEADER_BYTES = 2 + KEY_ID_BYTES + NONCE_BYTES;
const COMMITMENT_BYTES = 32;
const OVERHEAD_BYTES = HEADER_BYTES + COMMITMENT_BYTES + TAG_BYTES;

/** What a box is for, and what must be known to open it: `aad` is authenticated, not stored. */
export interface BoxContext {
  readonly purpose: string;
  readonly aad: ReadonlyArray<Part>;
}

const header = (key: Uint8Array, nonce: Uint8Array): Buffer => {
  const out = Buffer.alloc(HEADER_BYTES);
  out.set([VERSION, ALGORITHM]);
  out.set(keyIdOf(key), 2);
  out.set(nonce, 2 + KEY_ID_BYTES);
  return out;
};

/** First half: the message key. Second half: the commitment, which ties a box to one key, header, purpose and aad. */
const expand = (key: Uint8Array, hdr: Uint8Array, context: BoxContext): Buffer =>
  mac(key, 'keyturn/box/1', [hdr, context.purpose, ...context.aad]);

/** {@link box} with the nonce given: for test vectors. A nonce used twice with one key and context reveals messages. */
export const boxWithNonce = (
  key: Uint8Array,
  nonce: Uint8Array,
  context: BoxContext,
  message: Uint8Array,
): Buffer => {
  const hdr = header(key, nonce);
  const okm = expand(key, hdr, context);
  const sealed = secretboxSeal(message, nonce, okm.subarray(0, 32));
  const out = Buffer.alloc(OVERHEAD_BYTES + message.length);
  out.set(hdr);
  out.set(okm.subarray(32), HEADER_BYTES);
  out.set(sealed, HEADER_BYTES + COMMITMENT_BYTES);
  okm.fill(0);
  return out;
};

/**
 * Seals a message, with associated data, which secretbox itself does not have:
 *
 * ```text
 * hdr = version 01 ‖ algorithm 01 ‖ key id (8) ‖ nonce (24)
 * okm = HMAC-SHA-512(K, "keyturn/box/1\0" ‖ LP(hdr) ‖ LP(purpose) ‖ LP(aad)…)
 * out = hdr ‖ okm[32..64] ‖ secretbox(m, nonce, okm[0..32])
 * ```
 *
 * `vectors/box.json` has test vectors. 82 bytes longer than the message.
 */
export const box = (key: Uint8Array, context: BoxContext, message: Uint8Array): Buffer =>
  boxWithNonce(key, randomBytes(NONCE_BYTES), context, message);

/** Whether the box names this key as its own; says nothing of whether it opens. */
export const isBoxOf = (key: Uint8Array, sealed: Uint8Array): boolean =>
  sealed.length >= OVERHEAD_BYTES && keyIdOf(key).equals(sealed.subarray(2, 2 + KEY_ID_BYTES));

/** The message, for the caller to wipe; null unless key, purpose, aad and every byte are those it was sealed with. */
export const unbox = (key: Uint8Array, context: BoxContext, sealed: Uint8Array): Buffer | null => {
  if (sealed.length < OVERHEAD_BYTES) {
    return null;
  }
  const nonce = sealed.subarray(2 + KEY_ID_BYTES, HEADER_BYTES);
  const hdr = header(key, nonce);
  if (!hdr.equals(sealed.subarray(0, HEADER_BYTES))) {
    return null;
  }
  const okm = expand(key, hdr, context);
  const commitment = sealed.subarray(HEADER_BYTES, HEADER_BYTES + COMMITMENT_BYTES);
  const message = timingSafeEqual(okm.subarray(32), commitment)
    ? secretboxOpen(sealed.subarray(HEADER_BYTES + COMMITMENT_BYTES), nonce, okm.subarray(0, 32))
    : null;
  okm.fill(0);
  return message;
};
