import type { Statement } from 'better-sqlite3';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from '../faults';
import type { VaultStorage } from '../storage';
import { type Connection, type Connections, KEYS_FILE, VAULT_FILE } from './connection';
import { erase } from './erase';
import { decodeRow, SealedBlob } from '../rows';
import { samplesOf, searchFiles } from './search';
import { attempt } from './sqliteFaults';

const incomplete = (workspaceId: string, why: string): VaultFault =>
  new VaultFault(
    'shred-incomplete',
    `keys of workspace ${workspaceId} no longer open, but ${why}: run the shred again`,
  );

/** Reads sealed values before they are destroyed, so that they can be searched for afterwards. */
const sealedValues = ({
  vault,
  keys,
}: Connections): ((workspaceId: string, keyId: string) => ReadonlyArray<Buffer>) => {
  const selectDataKeys = keys.prepare('SELECT sealed FROM data_keys WHERE workspace_id = ? AND key_id = ?');
  const selectSecret = vault.prepare(
    'SELECT sealed FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?',
  );
  const blobs = (
    statement: Statement,
    file: string,
    ...names: ReadonlyArray<string>
  ): ReadonlyArray<Buffer> =>
    statement.all(...names).flatMap((row) => decodeRow(SealedBlob, row, file)?.sealed ?? []);
  return (...names) => [
    ...blobs(selectDataKeys, KEYS_FILE, ...names),
    ...blobs(selectSecret, VAULT_FILE, ...names),
  ];
};

/**
 * Data keys go first: from that commit on nothing can be opened, whatever happens next. Every step can be done again, so
 * a shred that was cut off is finished by running it once more. At the end the files themselves are read: the sealed
 * values that were there before must be in none.
 */
export const shredder = (connections: Connections): VaultStorage['shred'] => {
  const { vault, keys } = connections;
  const deleteRow = vault.prepare('DELETE FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?');
  const deleteDataKeys = keys.prepare('DELETE FROM data_keys WHERE workspace_id = ? AND key_id = ?');
  const valuesOf = sealedValues(connections);
  /** Samples of the values that a shred of a key has deleted, and none has yet proven gone; by key, then by value. */
  const deleted = new Map<string, Map<string, ReadonlyArray<Buffer>>>();
  const nameOf = (workspaceId: string, keyId: string): string => JSON.stringify([workspaceId, keyId]);

  const deleteAll =
    (db: Connection, statement: Statement) =>
    (workspaceId: string, keyIds: ReadonlyArray<string>): number =>
      db
        .transaction(() => keyIds.reduce((count, id) => count + statement.run(workspaceId, id).changes, 0))
        .immediate();
  const destroyDataKeys = deleteAll(keys, deleteDataKeys);
  const destroyRows = deleteAll(vault, deleteRow);

  const remember = (workspaceId: string, keyIds: ReadonlyArray<string>): void => {
    for (const keyId of keyIds) {
      const values = deleted.get(nameOf(workspaceId, keyId)) ?? new Map<string, ReadonlyArray<Buffer>>();
      for (const value of valuesOf(workspaceId, keyId))
        values.set(value.toString('base64'), samplesOf(value));
      if (values.size > 0) deleted.set(nameOf(workspaceId, keyId), values);
    }
  };

  /** Searches for what these keys had, and for nobody else's. */
  const search = (workspaceId: string, keyIds: ReadonlyArray<string>): string | null => {
    const names = keyIds.map((keyId) => nameOf(workspaceId, keyId));
    const values = names.flatMap((name) => [...(deleted.get(name)?.values() ?? [])]);
    if (values.length === 0)
      return 'no sealed value was left to search for: an earlier shred had deleted them';
    const { files, bytes, found } = searchFiles([keys, vault], values.flat());
    if (found) return null;
    for (const name of names) deleted.delete(name);
    return `${values.length} sealed values searched for, by 3 pieces of each, in all ${bytes} bytes of ${files} files: none found`;
  };

  return (workspaceId, keyIds) =>
    pipe(
      attempt(VAULT_FILE, () => remember(workspaceId, keyIds)),
      TE.chain(() => attempt(KEYS_FILE, () => destroyDataKeys(workspaceId, keyIds))),
      TE.bindTo('dataKeysDestroyed'),
      TE.bind('secretsDestroyed', () => attempt(VAULT_FILE, () => destroyRows(workspaceId, keyIds))),
      TE.bind('keysErased', () => attempt(KEYS_FILE, () => erase(keys, KEYS_FILE))),
      TE.bind('vaultErased', () => attempt(VAULT_FILE, () => erase(vault, VAULT_FILE))),
      TE.filterOrElse(
        ({ keysErased, vaultErased }) => keysErased && vaultErased,
        () =>
          incomplete(workspaceId, 'another process reads the vault and its old bytes are still in a file'),
      ),
      TE.bind('searched', () =>
        pipe(
          attempt(VAULT_FILE, () => search(workspaceId, keyIds)),
          TE.chain(TE.fromNullable(incomplete(workspaceId, 'their sealed bytes are still in a file'))),
        ),
      ),
      TE.map(({ secretsDestroyed, dataKeysDestroyed, searched }) => ({
        secretsDestroyed,
        dataKeysDestroyed,
        method: 'sqlite: data keys deleted, then sealed rows, files rewritten, write-ahead logs emptied',
        checks: [
          ...[KEYS_FILE, VAULT_FILE].map((file) => `${file}: VACUUM, wal_checkpoint(TRUNCATE) busy=0`),
          searched,
        ],
      })),
    );
};
