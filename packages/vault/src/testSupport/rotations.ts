import { readFileSync } from 'node:fs';
import { openSqlite, type SqliteConnection } from '@keyturn/sqlite';
import { join } from 'node:path';
import type * as TE from 'fp-ts/TaskEither';
import { backendAt } from '../backendAt';
import type { VaultFault } from '../faults';
import { DEFAULT_COST } from '../passphrase';
import type { RotationReport } from '../rotation/report';
import { rotate, type RotateOptions } from '../rotation/rotate';
import { rotationKeys } from '../rotation/rotationKeys';
import type { RotationStorage } from '../rotation/rotationStorage';
import { withRotationStorage } from '../rotation/withRotationStorage';
import type { VaultOptions } from '../openVault';
import { onFile } from './database';

/** argon2id as cheap as it is allowed: what new vaults get. */
export const CHEAP = DEFAULT_COST;

export const byFile = (path: string) => ({ kind: 'file' as const, path });
export const byPassphrase = (text: string) => ({
  kind: 'passphrase' as const,
  passphrase: Buffer.from(text),
});

export const keyPathOf = ({ masterKey }: VaultOptions): string => {
  if (masterKey.kind !== 'file') throw new Error('the vault has no key file');
  return masterKey.path;
};

/** The lines of a master key's file. */
export const linesOf = (path: string): ReadonlyArray<string> =>
  readFileSync(path, 'latin1')
    .split('\n')
    .filter((line) => line !== '');

const blobsIn = (directory: string, file: string, query: string): ReadonlyArray<Buffer> =>
  onFile(directory, file, (db) =>
    db
      .raw(query)
      .all()
      .flatMap((row) => (Array.isArray(row) ? row.filter((value) => Buffer.isBuffer(value)) : [])),
  );

/** All that lies in the vault under the master key: check value, pepper, workspace keys. */
export const underMasterKey = (directory: string): ReadonlyArray<Buffer> => [
  ...blobsIn(directory, 'vault.sqlite', 'SELECT master_check, sealed_pepper FROM deployment'),
  ...blobsIn(directory, 'vault.sqlite', 'SELECT sealed FROM workspace_keys'),
];

export const sealedDataKeys = (directory: string): ReadonlyArray<Buffer> =>
  blobsIn(directory, 'vault-keys.sqlite', 'SELECT sealed FROM data_keys ORDER BY data_key_id');

/** Another process that reads an older state of the vault until it is let go. */
export const openReader = (directory: string): SqliteConnection => {
  const db = openSqlite(join(directory, 'vault.sqlite'), { readonly: true });
  db.exec('BEGIN');
  db.prepare('SELECT count(*) FROM workspace_keys').get();
  return db;
};

/** Stands for a process that is gone from one moment to the next. */
export class Killed extends Error {}

/** Called before every step of a rotation, with its number; may end the "process" before the step or behind it. */
type AtStep = (step: number) => Promise<'go-on' | 'kill-before' | 'kill-behind'>;

const watched = (storage: RotationStorage, atStep: AtStep): RotationStorage => {
  let step = 0;
  const around =
    <A>(task: TE.TaskEither<VaultFault, A>): TE.TaskEither<VaultFault, A> =>
    async () => {
      const then = await atStep((step += 1));
      if (then === 'kill-before') throw new Killed();
      const outcome = await task();
      if (then === 'kill-behind') throw new Killed();
      return outcome;
    };
  return {
    deployment: around(storage.deployment),
    exclusively: (run) => around(storage.exclusively(run)),
    begin: (...args) => around(storage.begin(...args)),
    countWorkspaceKeys: around(storage.countWorkspaceKeys),
    workspaceKeys: (...args) => around(storage.workspaceKeys(...args)),
    keepResealed: (...args) => around(storage.keepResealed(...args)),
    finish: (...args) => around(storage.finish(...args)),
    keepSuccessor: (...args) => around(storage.keepSuccessor(...args)),
    dataKeys: (...args) => around(storage.dataKeys(...args)),
    replaceDataKeys: (...args) => around(storage.replaceDataKeys(...args)),
    succeed: (...args) => around(storage.succeed(...args)),
    retireLogKey: (...args) => around(storage.retireLogKey(...args)),
    finishRenewal: (...args) => around(storage.finishRenewal(...args)),
    erase: (...args) => around(storage.erase(...args)),
    end: (...args) => around(storage.end(...args)),
  };
};

/** A rotation in the key's own file, on the vault's storage as it is made here. */
const rotateOn = (
  { masterKey: given, ...place }: VaultOptions,
  made: (storage: RotationStorage) => RotationStorage,
  options: Partial<RotateOptions>,
): TE.TaskEither<VaultFault, RotationReport> => {
  const backend = backendAt(place);
  const masterKey = byFile(keyPathOf({ ...place, masterKey: given }));
  return withRotationStorage(backend, (vaults) => {
    const storage = made(vaults);
    const keys = rotationKeys(storage, {
      directory: backend.directory,
      from: masterKey,
      to: masterKey,
      passphraseCost: DEFAULT_COST,
    });
    return rotate(storage, keys, {
      compromised: false,
      startOver: false,
      onProgress: () => undefined,
      renewLog: null,
      ...options,
    });
  });
};

/** One as a process does it that something happens to at its steps. */
export const rotateWatched = (
  vault: VaultOptions,
  atStep: AtStep,
  options: Partial<RotateOptions> = {},
): TE.TaskEither<VaultFault, RotationReport> =>
  rotateOn(vault, (storage) => watched(storage, atStep), options);

/** One that gets so few rows at a time. */
export const rotateByPages = (
  vault: VaultOptions,
  rows: number,
  options: Partial<RotateOptions>,
): TE.TaskEither<VaultFault, RotationReport> =>
  rotateOn(
    vault,
    (storage) => ({
      ...storage,
      workspaceKeys: (after) => storage.workspaceKeys(after, rows),
      dataKeys: (workspaceId, after) => storage.dataKeys(workspaceId, after, rows),
    }),
    options,
  );
