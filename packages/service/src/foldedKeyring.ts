import type { Keyring } from '@keyturn/domain';

/** A keyring, and the chain's value at its newest event. */
export interface FoldedKeyring {
  readonly keyring: Keyring;
  readonly chain: Uint8Array;
}
