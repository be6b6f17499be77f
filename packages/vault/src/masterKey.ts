import { randomBytes } from 'node:crypto';
import { types } from 'node:util';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { GivenMasterKeys, MasterKeyKind } from './deployment';
import { VaultFault } from './faults';
import { liesInside } from './liesInside';
import { readMasterKeyFile } from './masterKeyFile';
import { KEY_BYTES } from './mac';
import {
  formsOf,
  masterKeyFromPassphrase,
  normalised,
  SALT_BYTES,
  type Argon2Cost,
  type Argon2Parameters,
} from './passphrase';
import { wipingAfter } from './wiping';

/**
 * A master key that can be rotated here: kept in a file of this machine, or derived. A passphrase's buffer stays the
 * caller's, to wipe once the vault is open.
 */
export type RotatableMasterKey =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'passphrase'; readonly passphrase: Buffer };

/**
 * Where the master key comes from. `loaded`: 32 bytes from a key management service, asked for at each opening, and
 * again when the vault went over to another key; what it gives is wiped after use.
 */
export type MasterKeySource =
  RotatableMasterKey | { readonly kind: 'loaded'; readonly load: () => Promise<Uint8Array> };

export interface NewMasterKey {
  readonly masterKey: MasterKeyKind;
  readonly key: Buffer;
}

/** A copy of the vault's directory, such as a backup, must not carry the key that opens it. */
export const exposedInside = (directory: string | null, path: string): VaultFault | null =>
  directory !== null && liesInside(directory, path)
    ? new VaultFault(
        'master-key-exposed',
        `the master key ${path} lies inside the vault's directory, so every copy of the vault would have it: ` +
          `move it elsewhere`,
      )
    : null;

const readOutside = (
  directory: string | null,
  path: string,
): TE.TaskEither<VaultFault, ReadonlyArray<Buffer>> => {
  const exposed = exposedInside(directory, path);
  return exposed === null ? readMasterKeyFile(path) : TE.left(exposed);
};

const noKey = (): VaultFault =>
  new VaultFault(
    'master-key-missing',
    `a master key has ${KEY_BYTES} random bytes, and something else was loaded`,
  );

/** The bytes that a key management service gave, for the caller to wipe. */
const loadKey = (load: () => Promise<Uint8Array>): TE.TaskEither<VaultFault, Buffer> =>
  pipe(
    TE.tryCatch(
      load,
      (cause) =>
        new VaultFault(
          'master-key-missing',
          'the master key could not be loaded: see to the service that has it',
          {
            cause,
          },
        ),
    ),
    TE.chain((given: unknown) => {
      if (!types.isUint8Array(given)) return TE.left(noKey());
      const key = Buffer.alloc(given.length);
      key.set(given);
      given.fill(0);
      if (key.length === KEY_BYTES && key.some((byte) => byte !== 0)) return TE.right(key);
      key.fill(0);
      return TE.left(noKey());
    }),
  );

const wipeAll = (keys: ReadonlyArray<Buffer>): void => keys.forEach((key) => key.fill(0));

/** The key that a passphrase gives a vault from now on, for the caller to wipe. */
const newKey =
  (passphrase: Buffer, argon2: Argon2Parameters): TE.TaskEither<VaultFault, Buffer> =>
  async () => {
    const form = normalised(passphrase);
    return wipingAfter(() => form.fill(0), masterKeyFromPassphrase(form, argon2))();
  };

/**
 * The key for a new vault, or for one that goes over to this source. `cost` counts for passphrases alone. A loaded key
 * makes a vault of the kind `file`: the same bytes in a file open it, too.
 */
export const takeMasterKey = (
  directory: string | null,
  source: MasterKeySource,
  cost: Argon2Cost,
): TE.TaskEither<VaultFault, NewMasterKey> => {
  if (source.kind === 'file') {
    return pipe(
      readOutside(directory, source.path),
      TE.chain(([key, ...more]) => {
        wipeAll(more);
        return key === undefined
          ? TE.left(
              new VaultFault('master-key-missing', `${source.path} holds no key: name the master key's file`),
            )
          : TE.right(key);
      }),
      TE.map((key) => ({ masterKey: { kind: 'file' }, key })),
    );
  }
  if (source.kind === 'loaded') {
    return pipe(
      loadKey(source.load),
      TE.map((key) => ({ masterKey: { kind: 'file' }, key })),
    );
  }
  const argon2 = { ...cost, salt: randomBytes(SALT_BYTES) };
  return pipe(
    newKey(source.passphrase, argon2),
    TE.map((key) => ({ masterKey: { kind: 'passphrase', argon2 }, key })),
  );
};

/** The key of each form of a passphrase, for the caller to wipe. */
const derivedKeys =
  (passphrase: Buffer, argon2: Argon2Parameters): TE.TaskEither<VaultFault, ReadonlyArray<Buffer>> =>
  async () => {
    const forms = formsOf(passphrase);
    const keys: Array<Buffer> = [];
    try {
      for (const form of forms) {
        const key = await masterKeyFromPassphrase(form, argon2)();
        if (E.isLeft(key)) {
          wipeAll(keys);
          return key;
        }
        keys.push(key.right);
      }
      return E.right(keys);
    } finally {
      wipeAll(forms);
    }
  };

/** Keys that were found, to be wiped once they were used. */
export interface FoundMasterKeys extends GivenMasterKeys {
  readonly wipe: () => void;
}

/**
 * The keys that a source has for a vault that stands: its own kind of source, with the parameters it was made with. A
 * file has two while a rotation is under way.
 */
export const findMasterKeys = (
  directory: string | null,
  source: MasterKeySource,
  made: MasterKeyKind,
): TE.TaskEither<VaultFault, FoundMasterKeys> => {
  const found = (keys: ReadonlyArray<Buffer>, holder: string): FoundMasterKeys => ({
    keys,
    holder,
    wipe: () => wipeAll(keys),
  });
  if (source.kind === 'file' && made.kind === 'file') {
    return pipe(
      readOutside(directory, source.path),
      TE.map((keys) => found(keys, `${source.path} holds`)),
    );
  }
  if (source.kind === 'loaded' && made.kind === 'file') {
    return pipe(
      loadKey(source.load),
      TE.map((key) => found([key], 'the one that was loaded is')),
    );
  }
  if (source.kind === 'passphrase' && made.kind === 'passphrase') {
    return pipe(
      derivedKeys(source.passphrase, made.argon2),
      TE.map((keys) => ({ ...found(keys, 'the passphrase gives'), isGuessable: true })),
    );
  }
  return TE.left(
    new VaultFault(
      'master-key-wrong',
      `this vault's master key comes from a ${made.kind}, and a ${source.kind} was given: give the ${made.kind}`,
    ),
  );
};
