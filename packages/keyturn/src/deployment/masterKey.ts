import { resolve } from 'node:path';
import type { MasterKeySource, VaultInfo } from '@keyturn/vault';
import { faultError, isKeyturnError } from '../errors';
import * as loaded from '../parts';
import { SetupFault } from './setupFault';

/**
 * Where the master key comes from.
 *
 * - `file`: 32 random bytes in a file that only its owner can read, outside the data directory.
 * - `passphrase`: as text or bytes; derived by argon2id, about a second at each opening. Bytes stay yours to wipe; a
 *   text can't be wiped.
 * - `load`: 32 random bytes from a key management service, asked for when the vault is opened, and again after it went
 *   over to another master key. The bytes are wiped after use.
 */
export type MasterKey =
  | { readonly file: string }
  | { readonly passphrase: string | Uint8Array }
  | { readonly load: () => Promise<Uint8Array> };

/** The master key, or how to get it once the vault has said which kind it needs. */
export type MasterKeyOption = MasterKey | ((vault: VaultInfo) => MasterKey | Promise<MasterKey>);

/** The master key for a vault that stands. */
export const masterKeyOf = async (option: MasterKeyOption, info: VaultInfo): Promise<MasterKey> => {
  if (typeof option !== 'function') return option;
  try {
    return await option(info);
  } catch (cause) {
    if (isKeyturnError(cause)) throw cause;
    const what = 'The function that gives the master key failed. See to what it asks.';
    throw faultError('master-key-missing', 'set-up', what, cause);
  }
};

/** A backup of the data directory must not carry the key that opens it. @throws SetupFault `master-key-exposed` */
export const refuseKeyInside = (directory: string | null, masterKey: MasterKey): void => {
  if (!('file' in masterKey) || directory === null || !loaded.vault().liesInside(directory, masterKey.file))
    return;
  throw new SetupFault(
    'master-key-exposed',
    `The master key ${masterKey.file} lies inside the data directory, so every copy of that would have it. ` +
      'Move it elsewhere.',
  );
};

const passphraseBytes = (passphrase: string | Uint8Array): Buffer => {
  // Not cut from Node's pool, which every small buffer of the process could show.
  const bytes = Buffer.alloc(
    typeof passphrase === 'string' ? Buffer.byteLength(passphrase) : passphrase.length,
  );
  if (typeof passphrase === 'string') bytes.write(passphrase);
  else bytes.set(passphrase);
  return bytes;
};

/** Runs some work with the vault's own form of the source; a copy of a passphrase is wiped after it. */
export const withMasterKey = async <A>(
  masterKey: MasterKey,
  work: (source: MasterKeySource) => Promise<A>,
): Promise<A> => {
  if ('load' in masterKey) return work({ kind: 'loaded', load: masterKey.load });
  if ('file' in masterKey) return work({ kind: 'file', path: resolve(masterKey.file) });
  const passphrase = passphraseBytes(masterKey.passphrase);
  try {
    return await work({ kind: 'passphrase', passphrase });
  } finally {
    passphrase.fill(0);
  }
};
