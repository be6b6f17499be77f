import { openSqlite } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { VaultRow } from '../../vaultRow';
import type { VaultKind, VaultOfPlace } from './vaultOfPlace';

const Blob = new t.Type<Buffer, Buffer, unknown>(
  'Blob',
  (value): value is Buffer => Buffer.isBuffer(value),
  (value, context) => (Buffer.isBuffer(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);
const Row = t.type({ workspace_id: t.string, key_id: t.string, state: t.string, sealed: Blob });

const TABLES = [
  {
    kind: 'sealed secret',
    file: 'vault.sqlite',
    select: 'SELECT workspace_id, key_id, state, sealed FROM sealed_secrets',
  },
  {
    kind: 'data key',
    file: 'vault-keys.sqlite',
    select: `SELECT workspace_id, key_id, 'live' AS state, sealed FROM data_keys`,
  },
] as const;

const rowsIn = (directory: string): ReadonlyArray<VaultRow> =>
  TABLES.flatMap(({ kind, file, select }) => {
    const path = join(directory, file);
    if (!existsSync(path)) return [];
    const db = openSqlite(path, { readonly: true });
    try {
      if (db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) return [];
      return db
        .prepare(select)
        .all()
        .map((row) => {
          const decoded = Row.decode(row);
          if (E.isLeft(decoded)) throw new Error(`${file} has a row of another shape`);
          const { workspace_id: workspaceId, key_id: keyId, state, sealed } = decoded.right;
          return { workspaceId, keyId, kind, state, sealed };
        });
    } finally {
      db.close();
    }
  });

const nothing = (): Promise<void> => Promise.resolve();

const sqliteVault = (data: string): VaultOfPlace => {
  const directory = join(data, 'vault');
  return {
    at: { directory },
    env: {},
    directories: [],
    rows: () => Promise.resolve(rowsIn(directory)),
    crash: null,
    keep: () => Promise.resolve({ copyFor: (copy) => Promise.resolve(sqliteVault(copy)), remove: nothing }),
    remove: nothing,
  };
};

/** In the data directory, and copied with it. */
export const SQLITE: VaultKind = {
  newVault: (data) => Promise.resolve(sqliteVault(data)),
  crashes: false,
  env: {},
};
