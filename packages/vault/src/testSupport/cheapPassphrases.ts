import { afterEach, beforeEach, jest } from '@jest/globals';
import argon2 from '@node-rs/argon2';

/**
 * argon2id for a fraction of what a vault costs, on the same parameters: for tests that derive many keys, and are of
 * something else.
 */
export const withCheapPassphrases = (): void => {
  const { hashRaw } = argon2;
  beforeEach(() => {
    jest.spyOn(argon2, 'hashRaw').mockImplementation((passphrase, options) =>
      hashRaw(passphrase, {
        ...options,
        memoryCost: Math.round((options?.memoryCost ?? 0) / 13),
        timeCost: (options?.timeCost ?? 0) - 1,
      }),
    );
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
};
