import type { MasterKey, MasterKeyOption } from 'keyturn';
import { existingPassphrase } from './input/passphrase';
import type { Io } from './io';
import type { Settings } from './settings';

/** The master key of a vault that stands, and which kind it turned out to be. */
export interface GivenMasterKey {
  readonly option: MasterKeyOption;
  /** Null until the vault was found. */
  readonly kind: () => 'file' | 'passphrase' | null;
  /** Wipes the passphrase, where there was one. */
  readonly wipe: () => void;
}

/** Where it comes from: asks for the passphrase where the vault was made with one. */
export const masterKeyOf = (settings: Settings, io: Io): GivenMasterKey => {
  let passphrase: Buffer | null = null;
  let kind: 'file' | 'passphrase' | null = null;
  return {
    option: async ({ masterKeyKind }): Promise<MasterKey> => {
      kind = masterKeyKind;
      if (kind === 'file') return { file: settings.masterKeyFile };
      passphrase = await existingPassphrase(settings.passphraseFile, io);
      return { passphrase };
    },
    kind: () => kind,
    wipe: () => passphrase?.fill(0),
  };
};
