import { keyIdOf, mac } from './mac';

const VERSION = 0x01;
const DIGEST_BYTES = 32;

/**
 * base64url of 01 ‖ pepper id (8) ‖ HMAC-SHA-512(pepper, "keyturn/fp/1\0" ‖ LP(workspace) ‖ LP(secret))[0..32]: 55
 * characters. Per workspace, so that nobody can use a workspace of his own to find out what another one has on file.
 */
export const fingerprintOf = (pepper: Uint8Array, workspaceId: string, secret: Uint8Array): string => {
  const pepperId = keyIdOf(pepper);
  const digest = mac(pepper, 'keyturn/fp/1', [workspaceId, secret]);
  const out = Buffer.alloc(1 + pepperId.length + DIGEST_BYTES);
  out.set([VERSION]);
  out.set(pepperId, 1);
  out.set(digest.subarray(0, DIGEST_BYTES), 1 + pepperId.length);
  return out.toString('base64url');
};
