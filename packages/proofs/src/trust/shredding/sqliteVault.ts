import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '@keyturn/sqlite';
import type { ShreddedVaultKind } from './shreddedVault';

const TABLES = [
  ['vault.sqlite', 'sealed_secrets'],
  ['vault-keys.sqlite', 'data_keys'],
] as const;

const sealedIn = (directory: string, workspaceId: string, keyId: string): ReadonlyArray<Buffer> =>
  TABLES.flatMap(([file, table]) => {
    const db = openSqlite(join(directory, file), { readonly: true });
    try {
      const rows: ReadonlyArray<unknown> = db
        .pluck(`SELECT sealed FROM ${table} WHERE workspace_id = ? AND key_id = ?`)
        .all(workspaceId, keyId);
      return rows.filter((value) => Buffer.isBuffer(value));
    } finally {
      db.close();
    }
  });

const readerOf = (directory: string): (() => Promise<void>) => {
  const readers = TABLES.map(([file]) => {
    const db = openSqlite(join(directory, file), { readonly: true });
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM deployment').get();
    return db;
  });
  return async () => readers.forEach((db) => db.close());
};

const nothing = (): Promise<void> => Promise.resolve();

/** In the data directory. */
export const SQLITE: ShreddedVaultKind = {
  open: (directory) =>
    Promise.resolve({
      server: undefined,
      sealedBytesOf: (workspaceId, keyId) => Promise.resolve(sealedIn(directory(), workspaceId, keyId)),
      keepCopy: (workspaceId, keyId) => {
        writeFileSync(
          join(directory(), 'vault.sqlite-backup'),
          Buffer.concat(sealedIn(directory(), workspaceId, keyId)),
        );
        return Promise.resolve();
      },
      directories: [],
      openReader: () => Promise.resolve(readerOf(directory())),
      settle: nothing,
      close: nothing,
    }),
  beginsWithReader: false,
};
