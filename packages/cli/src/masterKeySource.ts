import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { MasterKeySource, VaultInfo } from '@keyturn/vault';
import { existingPassphrase } from './input/passphrase';
import { SetupFault } from './problems';
import type { Settings } from './settings';

const realpath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
};

const isInside = (directory: string, path: string): boolean => {
  const way = relative(realpath(directory), realpath(path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** A backup of the data directory must not carry the key that opens it. @throws SetupFault `master-key-exposed` */
export const masterKeyFile = ({ dataDirectory, masterKeyFile: path }: Settings): MasterKeySource => {
  if (!isInside(dataDirectory, path)) return { kind: 'file', path };
  throw new SetupFault(
    'master-key-exposed',
    `The master key ${path} lies inside the data directory, so every copy of that would have it. Move it elsewhere (--master-key-file, KEYTURN_MASTER_KEY_FILE).`,
  );
};

/** Where the master key of a vault that stands comes from: asks for the passphrase where it was made with one. */
export const masterKeySource = async (
  settings: Settings,
  { masterKeyKind }: VaultInfo,
): Promise<MasterKeySource> =>
  masterKeyKind === 'file'
    ? masterKeyFile(settings)
    : { kind: 'passphrase', passphrase: await existingPassphrase(settings.passphraseFile) };
