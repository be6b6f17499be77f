import { hashRaw } from '@node-rs/argon2';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';
import { KEY_BYTES } from './mac';

/** What deriving a master key from a passphrase costs. */
export interface Argon2Cost {
  /** Kibibytes of memory. */
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface Argon2Parameters extends Argon2Cost {
  /** 16 random bytes. */
  readonly salt: Uint8Array;
}

export const SALT_BYTES = 16;

/** About a second on one core: a passphrase is asked for once per start, and an attacker pays it per guess. */
export const DEFAULT_COST: Argon2Cost = { memoryKib: 256 * 1024, passes: 3, lanes: 1 };

/** OWASP's least for argon2id (Password Storage Cheat Sheet): 19 MiB, 2 passes, 1 lane. */
const LEAST: Argon2Cost = { memoryKib: 19 * 1024, passes: 2, lanes: 1 };
/** An altered row must not make a start take hours or all memory. */
const MOST: Argon2Cost = { memoryKib: 2 * 1024 * 1024, passes: 16, lanes: 8 };

const within = (n: number, least: number, most: number): boolean =>
  Number.isSafeInteger(n) && n >= least && n <= most;

/** Whether the cost is one that this vault uses: from 19 MiB, 2 passes, 1 lane to 2 GiB, 16 passes, 8 lanes. */
export const isAllowedCost = (cost: Argon2Cost): boolean =>
  within(cost.memoryKib, LEAST.memoryKib, MOST.memoryKib) &&
  within(cost.passes, LEAST.passes, MOST.passes) &&
  within(cost.lanes, LEAST.lanes, MOST.lanes);

/** argon2id (RFC 9106) of a passphrase: the master key, for the caller to wipe. The passphrase stays the caller's. */
export const masterKeyFromPassphrase = (
  passphrase: Uint8Array,
  parameters: Argon2Parameters,
): TE.TaskEither<VaultFault, Buffer> => {
  if (passphrase.length === 0) {
    return TE.left(
      new VaultFault('master-key-missing', 'the passphrase is empty: give the vault’s passphrase'),
    );
  }
  if (!isAllowedCost(parameters) || parameters.salt.length !== SALT_BYTES) {
    return TE.left(
      new VaultFault(
        'tampered',
        'the stored argon2 parameters are outside the allowed bounds: restore the vault from a backup',
      ),
    );
  }
  // argon2id of version 0x13 is the library's default (its enums can't be used with isolatedModules); a test pins it.
  return TE.tryCatch(
    () =>
      hashRaw(passphrase, {
        memoryCost: parameters.memoryKib,
        timeCost: parameters.passes,
        parallelism: parameters.lanes,
        outputLen: KEY_BYTES,
        salt: parameters.salt,
      }),
    (error) =>
      new VaultFault(
        'unavailable',
        `the master key could not be derived (argon2id needs ${parameters.memoryKib / 1024} MiB): ` +
          'free memory, then try again',
        { cause: error },
      ),
  );
};
