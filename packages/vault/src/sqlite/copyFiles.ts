import { preparePrivateFile } from '@keyturn/sqlite';
import type * as TE from 'fp-ts/TaskEither';
import { join } from 'node:path';
import { standing } from '../deploymentRows';
import type { VaultFault } from '../faults';
import { DEFAULT_BUSY_MS, type DirectoryPlace } from '../place';
import { CopiedRow, decodeRow } from '../rows';
import { KEYS_FILE, openFile, VAULT_FILE, type Connection, type Connections } from './connection';
import { withFiles } from './files';

export interface CopyVaultOptions<A> extends DirectoryPlace {
  /** A private directory without either file. */
  readonly to: string;
  /**
   * Run at once, while nothing can be written to the vault: what it takes hold of fits the copies. No row of theirs is
   * younger, and no add or hard delete that it sees is missing from them but one that is on its way.
   */
  readonly whileHeld: () => A;
}

/** What the copies are of. */
export interface CopiedVault<A> {
  readonly deploymentId: string;
  /** 16 hexadecimal digits that name the master key and tell nothing of it. */
  readonly masterKeyId: string;
  /** Of the log key that seals. */
  readonly logKeyNumber: number;
  /** What `whileHeld` gave. */
  readonly held: A;
}

/** SQLite writes a compact copy, without the pages that deleted rows have left. */
const copyInto = (connection: Connection, file: string): void => {
  preparePrivateFile(file, { create: true });
  connection.prepare('VACUUM INTO ?').run(file);
};

const copied = <A>(
  { vault, keys }: Connections,
  { directory, to, whileHeld }: CopyVaultOptions<A>,
): CopiedVault<A> => {
  const reader = openFile(join(directory, VAULT_FILE), DEFAULT_BUSY_MS);
  try {
    return vault.transaction('immediate', () => {
      const row = standing(
        decodeRow(CopiedRow, vault.prepare('SELECT * FROM deployment').get(), VAULT_FILE),
        VAULT_FILE,
      );
      // The secrets first. A shred takes the data key first, and an add stores it first: so a row of the copy has its
      // data key, or was being destroyed. In the other order an add in between would leave a secret that nothing opens.
      copyInto(reader, join(to, VAULT_FILE));
      copyInto(keys, join(to, KEYS_FILE));
      return {
        deploymentId: row.deployment_id,
        masterKeyId: row.master_key_id.toString('hex'),
        logKeyNumber: row.log_key_number,
        held: whileHeld(),
      };
    });
  } finally {
    reader.close();
  }
};

/**
 * Copies a vault that lies in a directory, in any format that is kept, while services use it. Needs no master key: the
 * copies are sealed as the vault is, and open with the same master key. Writes to the vault wait meanwhile, and so does
 * this process.
 *
 * Faults: `not-initialised`, `tampered`, `schema-altered`, `unavailable`, `not-writable`, `unsafe-files`.
 *
 * @example
 * const copy = await copyVault({ directory: '/srv/keyturn/vault', to: '/backup/vault', whileHeld: () => null })();
 */
export const copyVault = <A>(options: CopyVaultOptions<A>): TE.TaskEither<VaultFault, CopiedVault<A>> =>
  withFiles(options.directory, DEFAULT_BUSY_MS, { formats: 'kept' }, (connections) =>
    copied(connections, options),
  );
