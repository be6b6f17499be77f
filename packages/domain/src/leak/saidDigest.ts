import { hash } from 'node:crypto';
import { canonicalJson } from '../decide/canonicalJson';

/** Short digest of what was said: a keyring remembers that something was said, and not all the words. */
export const saidDigest = (said: object): string =>
  hash('sha256', canonicalJson(said), 'base64url').slice(0, 22);
