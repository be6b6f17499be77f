import type { Keyring } from '@keyturn/domain';
import type { StreamHead } from '@keyturn/event-store';

/** A keyring, and the chain's value at its newest event. */
export interface FoldedKeyring {
  readonly keyring: Keyring;
  readonly chain: Uint8Array;
}

export const headOf = ({ keyring, chain }: FoldedKeyring): StreamHead => ({
  revision: keyring.revision,
  chain,
});
