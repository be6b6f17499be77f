import type { Seal } from '@keyturn/event-store';
import { isRight, type Either } from 'fp-ts/Either';

/** What seals are checked with: a vault has it, and whoever has no vault leaves it out. */
export interface SealChecking {
  /** `unknown-key`: of a log key that this process does not hold, or no longer. */
  readonly verifySeal: (chain: Uint8Array, seal: Seal) => 'good' | 'bad' | 'unknown-key';
  /** The highest number of a log key that this process holds. */
  readonly logKeyNumber: () => number;
  /** Reads the vault's log keys again. */
  readonly rereadLogKeys: () => Promise<Either<Error, void>>;
}

/** A seal, and what it lies over. */
export interface PlacedSeal extends Seal {
  readonly revision: number;
  readonly chain: Uint8Array;
}

export type SealVerdict = ReturnType<SealChecking['verifySeal']>;

/** Checks one seal. */
export type CheckSeal = (seal: PlacedSeal) => Promise<SealVerdict>;

/**
 * Checks the seals of one batch. Where one is of a key that is not known, the keys are read again, once: a newer one
 * may have made it. A vault that is away says nothing of a seal.
 */
export const sealCheckOf = (checking: SealChecking): CheckSeal => {
  let reread: ReturnType<SealChecking['rereadLogKeys']> | null = null;
  return async ({ chain, seal, sealKey }) => {
    const verdict = checking.verifySeal(chain, { seal, sealKey });
    if (verdict !== 'unknown-key') return verdict;
    const known = await (reread ??= checking.rereadLogKeys());
    const again = checking.verifySeal(chain, { seal, sealKey });
    // A key of before may be gone. One that the vault never made was made up.
    return again === 'unknown-key' && isRight(known) && sealKey > checking.logKeyNumber() ? 'bad' : again;
  };
};
