import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const WINDOW_BYTES = 24;

/** The sealed secret and the sealed data key of a key, as they lie in the vault now. */
export const sealedBytesOf = (vault: string, workspaceId: string, keyId: string): ReadonlyArray<Buffer> =>
  [
    ['vault.sqlite', 'sealed_secrets'],
    ['vault-keys.sqlite', 'data_keys'],
  ].flatMap(([file = '', table = '']) => {
    const db = new Database(join(vault, file), { readonly: true });
    try {
      const rows: ReadonlyArray<unknown> = db
        .prepare(`SELECT sealed FROM ${table} WHERE workspace_id = ? AND key_id = ?`)
        .pluck()
        .all(workspaceId, keyId);
      return rows.filter((value) => Buffer.isBuffer(value));
    } finally {
      db.close();
    }
  });

/** Every piece of it, one behind the other: what is left of a value that lay in several places. */
const piecesOf = (value: Buffer): ReadonlyArray<Buffer> =>
  Array.from({ length: Math.floor(value.length / WINDOW_BYTES) }, (_, index) =>
    value.subarray(index * WINDOW_BYTES, (index + 1) * WINDOW_BYTES),
  );

/** The files below a directory that have a piece of any of the values, and how many bytes were searched. */
export const searchBelow = (
  directory: string,
  values: ReadonlyArray<Buffer>,
): { readonly bytes: number; readonly found: ReadonlyArray<string> } => {
  // The header's first bytes name the key that a value is sealed under: others share them.
  const pieces = values.flatMap((value) => piecesOf(value.subarray(10)));
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, content: readFileSync(join(entry.parentPath, entry.name)) }));
  return {
    bytes: files.reduce((sum, { content }) => sum + content.length, 0),
    found: files
      .filter(({ content }) => pieces.some((piece) => content.includes(piece)))
      .map(({ name }) => name),
  };
};
