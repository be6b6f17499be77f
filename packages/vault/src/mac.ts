import { createHmac } from 'node:crypto';
import { lengthPrefixed, type Part } from './lengthPrefixed';

/** Short messages are put together here, and wiped: one update takes half the time of one for each piece. */
const scratch = Buffer.alloc(1_024);

/** HMAC-SHA-512(key, context ‖ 0 ‖ LP(part)…), 64 bytes. The context says what the digest is for, and never repeats. */
export const mac = (key: Uint8Array, context: string, parts: ReadonlyArray<Part>): Buffer => {
  const pieces = [Buffer.from(`${context}\0`), ...parts.flatMap(lengthPrefixed)];
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const hmac = createHmac('sha512', key);
  if (length > scratch.length) {
    for (const piece of pieces) hmac.update(piece);
    return hmac.digest();
  }
  let at = 0;
  for (const piece of pieces) {
    scratch.set(piece, at);
    at += piece.length;
  }
  hmac.update(scratch.subarray(0, at));
  scratch.fill(0, 0, at);
  return hmac.digest();
};

const prefix = (digest: Buffer, length: number): Buffer => {
  const out = Buffer.alloc(length);
  digest.copy(out, 0, 0, length);
  digest.fill(0);
  return out;
};

export const KEY_BYTES = 32;
const SHORT_MAC_BYTES = 32;
export const KEY_ID_BYTES = 8;

/** Names a key without telling anything of it: HMAC-SHA-512(key, "keyturn/kid/1\0")[0..8]. */
export const keyIdOf = (key: Uint8Array): Buffer => prefix(mac(key, 'keyturn/kid/1', []), KEY_ID_BYTES);

/** The first 32 bytes of {@link mac}: what seals and witnesses keep of it. */
export const shortMac = (key: Uint8Array, context: string, parts: ReadonlyArray<Part>): Buffer =>
  prefix(mac(key, context, parts), SHORT_MAC_BYTES);

/** One key for one purpose: HMAC-SHA-512(key, "keyturn/key/1\0" ‖ LP(purpose))[0..32]. The caller wipes it. */
export const deriveKey = (key: Uint8Array, purpose: string): Buffer =>
  prefix(mac(key, 'keyturn/key/1', [purpose]), KEY_BYTES);
