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

/**
 * No vault costs less than a new one gets: the parameters lie with the vault, and who can write it could lower them to
 * have the true passphrase guessed cheaply.
 */
const LEAST = DEFAULT_COST;
/** An altered row must not make a start take hours or all memory. */
const MOST: Argon2Cost = { memoryKib: 2 * 1024 * 1024, passes: 16, lanes: 8 };

const within = (n: number, least: number, most: number): boolean =>
  Number.isSafeInteger(n) && n >= least && n <= most;

/** Whether the cost is one that a vault may have: from 256 MiB, 3 passes, 1 lane to 2 GiB, 16 passes, 8 lanes. */
export const isAllowedCost = (cost: Argon2Cost): boolean =>
  within(cost.memoryKib, LEAST.memoryKib, MOST.memoryKib) &&
  within(cost.passes, LEAST.passes, MOST.passes) &&
  within(cost.lanes, LEAST.lanes, MOST.lanes);

/** In memory of its own: no small buffer shares it. For the caller to wipe. */
const copyOf = (bytes: Uint8Array): Buffer => {
  const copy = Buffer.alloc(bytes.length);
  copy.set(bytes);
  return copy;
};

/**
 * A passphrase in the form that counts, for the caller to wipe: NFC, since keyboards and systems make different bytes
 * of one letter; without a BOM. What is no UTF-8 stays as it is.
 */
export const normalised = (passphrase: Uint8Array): Buffer => {
  // Nothing to do for ASCII, and a text could be wiped by nobody.
  if (passphrase.every((byte) => byte < 0x80)) return copyOf(passphrase);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(passphrase).normalize('NFC');
    const bytes = Buffer.alloc(Buffer.byteLength(text));
    bytes.write(text);
    return bytes;
  } catch {
    return copyOf(passphrase);
  }
};

/** The forms of a passphrase that may have made a vault's key, the likeliest first, for the caller to wipe. */
export const formsOf = (passphrase: Uint8Array): ReadonlyArray<Buffer> => {
  const form = normalised(passphrase);
  return form.equals(passphrase) ? [form] : [form, copyOf(passphrase)];
};

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
        'the stored argon2 parameters are not those of a vault (256 MiB to 2 GiB, 3 to 16 passes, 1 to 8 lanes): ' +
          'somebody altered them; restore the vault from a backup',
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
