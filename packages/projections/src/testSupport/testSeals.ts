import { createHmac, randomBytes } from 'node:crypto';
import type { Seal } from '@keyturn/event-store';
import { right } from 'fp-ts/Either';
import type { SealChecking } from '../log/sealChecking';

/** A log key of a test's own, with what seals by it and what checks that. */
export interface TestSeals extends SealChecking {
  readonly sealChain: (chain: Uint8Array) => Seal;
}

export const testSeals = (sealKey = 1): TestSeals => {
  const key = randomBytes(32);
  const sealChain = (chain: Uint8Array): Seal => ({
    seal: createHmac('sha256', key).update(chain).digest(),
    sealKey,
  });
  return {
    sealChain,
    verifySeal: (chain, given) => {
      if (given.sealKey !== sealKey) return 'unknown-key';
      return Buffer.compare(sealChain(chain).seal, given.seal) === 0 ? 'good' : 'bad';
    },
    logKeyNumber: () => sealKey,
    rereadLogKeys: () => Promise.resolve(right(undefined)),
  };
};
