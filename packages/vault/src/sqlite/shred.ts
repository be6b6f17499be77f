import type { Statement } from 'better-sqlite3';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import * as t from 'io-ts';
import { VaultFault } from '../faults';
import type { VaultStorage } from '../storage';
import { type Connection, type Connections, KEYS_FILE, VAULT_FILE } from './connection';
import { decodeRow } from './rows';
import { attempt, isBusy } from './sqliteFaults';

/** A reader that stays longer than this many milliseconds makes the shred incomplete, to be run again. */
const CHECKPOINT_WAIT_MS = 1000;

const CheckpointRow = t.type({ busy: t.number });

const truncateLog = (db: Connection, file: string): boolean => {
  const before: unknown = db.pragma('busy_timeout', { simple: true });
  db.pragma(`busy_timeout = ${Math.min(Number(before), CHECKPOINT_WAIT_MS)}`);
  try {
    const rows: unknown = db.pragma('wal_checkpoint(TRUNCATE)');
    return decodeRow(CheckpointRow, Array.isArray(rows) ? rows[0] : rows, file)?.busy === 0;
  } finally {
    db.pragma(`busy_timeout = ${Number(before)}`);
  }
};

/**
 * `secure_delete` zeroes a deleted row where it stood, not the copies that were left when pages were split or merged:
 * VACUUM writes the file anew from live rows. The checkpoint then moves that into the file and empties the log; while
 * another process reads an older state it can't (busy), and the bytes are still there.
 */
const erase = (db: Connection, file: string): boolean => {
  try {
    db.exec('VACUUM');
    return truncateLog(db, file);
  } catch (error) {
    if (isBusy(error)) {
      return false;
    }
    throw error;
  }
};

/**
 * Data keys go first: from that commit on nothing can be opened, whatever happens next. Every step can be done again, so
 * a shred that was cut off is finished by running it once more.
 */
export const shredder = ({ vault, keys }: Connections): VaultStorage['shred'] => {
  const deleteRow = vault.prepare('DELETE FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?');
  const deleteDataKeys = keys.prepare('DELETE FROM data_keys WHERE workspace_id = ? AND key_id = ?');

  const deleteAll =
    (db: Connection, statement: Statement) =>
    (workspaceId: string, keyIds: ReadonlyArray<string>): number =>
      db
        .transaction(() => keyIds.reduce((count, id) => count + statement.run(workspaceId, id).changes, 0))
        .immediate();
  const destroyDataKeys = deleteAll(keys, deleteDataKeys);
  const destroyRows = deleteAll(vault, deleteRow);

  return (workspaceId, keyIds) =>
    pipe(
      TE.Do,
      TE.bind('dataKeysDestroyed', () => attempt(KEYS_FILE, () => destroyDataKeys(workspaceId, keyIds))),
      TE.bind('secretsDestroyed', () => attempt(VAULT_FILE, () => destroyRows(workspaceId, keyIds))),
      TE.bind('keysErased', () => attempt(KEYS_FILE, () => erase(keys, KEYS_FILE))),
      TE.bind('vaultErased', () => attempt(VAULT_FILE, () => erase(vault, VAULT_FILE))),
      TE.filterOrElse(
        ({ keysErased, vaultErased }) => keysErased && vaultErased,
        () =>
          new VaultFault(
            'shred-incomplete',
            `keys of workspace ${workspaceId} no longer open, but another process reads the vault and its old bytes ` +
              `are still in a file: run the shred again`,
          ),
      ),
      TE.map(({ secretsDestroyed, dataKeysDestroyed }) => ({
        secretsDestroyed,
        dataKeysDestroyed,
        method: 'sqlite: data keys deleted, then sealed rows, files rewritten, write-ahead logs emptied',
        checks: [KEYS_FILE, VAULT_FILE].map((file) => `${file}: VACUUM, wal_checkpoint(TRUNCATE) busy=0`),
      })),
    );
};
