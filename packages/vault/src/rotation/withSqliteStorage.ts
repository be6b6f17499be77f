import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from '../faults';
import type { MasterKeySource } from '../masterKey';
import { DEFAULT_BUSY_MS } from '../sqlite/connection';
import { closeFiles, openFiles } from '../sqlite/files';
import { sqliteRotationStorage } from '../sqlite/rotationStorage';
import { attempt } from '../sqlite/sqliteFaults';
import { wipingAfter } from '../wiping';
import type { RotationStorage } from './rotationStorage';

/** A vault, and what opens it. */
export interface VaultPlace {
  /** The vault's directory. */
  readonly directory: string;
  /** Opens the vault now. A passphrase's buffer stays the caller's. */
  readonly masterKey: MasterKeySource;
  /** How long a step waits for another process, in milliseconds; 5,000 when left out. */
  readonly busyTimeoutMs?: number;
}

/** Works on the vault's two SQLite files, and closes them. */
export const withSqliteStorage = <A>(
  { directory, busyTimeoutMs = DEFAULT_BUSY_MS }: VaultPlace,
  use: (storage: RotationStorage) => TE.TaskEither<VaultFault, A>,
): TE.TaskEither<VaultFault, A> =>
  pipe(
    openFiles(directory, busyTimeoutMs),
    TE.chain(({ connections }) =>
      wipingAfter(
        () => closeFiles(connections),
        pipe(
          attempt(directory, () => sqliteRotationStorage(connections)),
          TE.chain(use),
        ),
      ),
    ),
  );
