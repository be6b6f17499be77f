import Database from 'better-sqlite3';
import type { Keyring } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Memory } from './memory';
import type { Place } from './place';

const Blob = new t.Type<Buffer, Buffer, unknown>(
  'Blob',
  (value): value is Buffer => Buffer.isBuffer(value),
  (value, context) => (Buffer.isBuffer(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);
const Row = t.type({ workspace_id: t.string, key_id: t.string, state: t.string, sealed: Blob });

/** A row of one of the vault's two files. */
export interface VaultRow {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly kind: 'sealed secret' | 'data key';
  readonly state: string;
  readonly sealed: Buffer;
}

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

/** Every row of the vault, read past the product. None where the vault was not made to its end. */
export const vaultRows = ({ data }: Place): ReadonlyArray<VaultRow> =>
  TABLES.flatMap(({ kind, file, select }) => {
    const path = join(data, 'vault', file);
    if (!existsSync(path)) return [];
    const db = new Database(path, { readonly: true });
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

export const keyName = (workspaceId: string, keyId: string): string => `${workspaceId}/${keyId}`;

/** Remembers the sealed bytes of what is there, to be looked for once it is gone. */
export const noteSealed = (place: Place, memory: Memory): void => {
  for (const { workspaceId, keyId, sealed } of vaultRows(place)) {
    const name = keyName(workspaceId, keyId);
    const known = memory.sealed.get(name) ?? [];
    if (!known.some((blob) => blob.equals(sealed))) memory.sealed.set(name, [...known, sealed]);
  }
};

const KINDS = TABLES.map(({ kind }) => kind);

/** Rows without a key in the log, and keys in the log without their rows. To be read after a sweep. */
export const strayRows = (
  rows: ReadonlyArray<VaultRow>,
  keyrings: ReadonlyMap<string, Keyring>,
): ReadonlyArray<string> => {
  const found = new Map<string, number>();
  const wrong: string[] = [];
  for (const { workspaceId, keyId, kind, state } of rows) {
    const name = keyName(workspaceId, keyId);
    const key = [...(keyrings.get(workspaceId)?.keys.values() ?? [])].find((one) => one.keyId === keyId);
    if (key === undefined) wrong.push(`a ${kind} of ${name} is there, and no key in the log`);
    else if (key.status === 'hard-deleted') wrong.push(`a ${kind} of ${name} is there, which is deleted`);
    if (state !== 'live') wrong.push(`the ${kind} of ${name} is ${state} after a sweep`);
    found.set(`${kind} of ${name}`, (found.get(`${kind} of ${name}`) ?? 0) + 1);
  }
  for (const [workspaceId, { keys }] of keyrings) {
    for (const { keyId, status } of keys.values()) {
      if (status === 'hard-deleted') continue;
      for (const kind of KINDS) {
        const count = found.get(`${kind} of ${keyName(workspaceId, keyId)}`) ?? 0;
        if (count !== 1)
          wrong.push(`${count} times a ${kind} of ${keyName(workspaceId, keyId)}, which is ${status}`);
      }
    }
  }
  return wrong;
};
