import type { SqliteStatement } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from '../faults';
import { rowsKept, shredIncomplete } from '../rowFaults';
import type { ShredGroup, ShredReceipt } from '../vault';
import { type Connection, type Connections, KEYS_FILE, VAULT_FILE } from './connection';
import { eraseDeleted, type Erased } from './eraseDeleted';
import { decodeRows, SealedBlob } from '../rows';
import { PIECES, samplesOf } from './search';
import { requireKnownSchema, requireKnownSchemas, type VaultFile } from './schemaCheck';
import { attempt } from './sqliteFaults';

/** Each of which has a value of a key: its data key, and its secret. */
const TABLES = 2;

/** Of one group; the witness is none of its business. */
type Receipt = E.Either<VaultFault, Omit<ShredReceipt, 'destroyedAt' | 'witness'>>;

/** What a receipt says of a search for values, by their samples, that found none of them. */
const searchedFor = (values: ReadonlyArray<ReadonlyArray<Buffer>>, files: number, bytes: number): string => {
  if (values.length === 0) return 'no sealed value was left to search for: an earlier shred had deleted them';
  const whole = values.filter((samples) => samples.length === PIECES);
  const damaged = values.length - whole.length;
  return [
    whole.length === 0
      ? 'no sealed value searched for'
      : `${whole.length} sealed values searched for, by ${PIECES} pieces of each, in all ${bytes} bytes of ` +
        `${files} files: none found`,
    ...(damaged === 0 ? [] : [`${damaged} damaged ones not searched for as a whole`]),
  ].join('; ');
};

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
    statement: SqliteStatement,
    file: string,
    ...names: ReadonlyArray<string>
  ): ReadonlyArray<Buffer> =>
    decodeRows(SealedBlob, statement.all(...names), file).map(({ sealed }) => sealed);
  return (...names) => [
    ...blobs(selectDataKeys, KEYS_FILE, ...names),
    ...blobs(selectSecret, VAULT_FILE, ...names),
  ];
};

/** What one transaction did for a group. */
interface Deleted {
  readonly count: number;
  /** Whether a row of it was there when all were deleted. */
  readonly kept: boolean;
}

/**
 * Data keys go first: from that commit on nothing can be opened, whatever happens next. Every step can be done again,
 * so a shred that was cut off is finished by running it once more. At the end the files themselves are read: the sealed
 * values that were there before must be in none.
 */
export const shredder = (
  connections: Connections,
): ((groups: ReadonlyArray<ShredGroup>) => TE.TaskEither<VaultFault, ReadonlyArray<Receipt>>) => {
  const { vault, keys } = connections;
  const deleteRow = vault.prepare('DELETE FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?');
  const deleteDataKeys = keys.prepare('DELETE FROM data_keys WHERE workspace_id = ? AND key_id = ?');
  const valuesOf = sealedValues(connections);
  /** Samples of the values that a shred of a key has deleted, and none has yet proven gone; by key, then by value. */
  const deleted = new Map<string, Map<string, ReadonlyArray<Buffer>>>();
  const nameOf = (workspaceId: string, keyId: string): string => JSON.stringify([workspaceId, keyId]);

  // In the transaction that deletes nobody else changes the schema, or adds a row.
  const deleteAll =
    (db: Connection, file: VaultFile, remove: SqliteStatement, look: SqliteStatement) =>
    (groups: ReadonlyArray<ShredGroup>): ReadonlyArray<Deleted> =>
      db.transaction('immediate', () => {
        requireKnownSchema(db, file);
        return groups.map(({ workspaceId, keyIds }) => {
          const count = keyIds.reduce((sum, id) => sum + remove.run(workspaceId, id).changes, 0);
          return { count, kept: keyIds.some((id) => look.get(workspaceId, id) !== undefined) };
        });
      });

  const destroyDataKeys = deleteAll(
    keys,
    KEYS_FILE,
    deleteDataKeys,
    keys.prepare('SELECT 1 FROM data_keys WHERE workspace_id = ? AND key_id = ?'),
  );
  const destroyRows = deleteAll(
    vault,
    VAULT_FILE,
    deleteRow,
    vault.prepare('SELECT 1 FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?'),
  );

  /** Whether a value that was read before it was deleted is in a row again, or still. */
  const isBack = ({ workspaceId, keyIds }: ShredGroup): boolean =>
    keyIds.some((keyId) => {
      const before = deleted.get(nameOf(workspaceId, keyId));
      return valuesOf(workspaceId, keyId).some((value) => before?.has(value.toString('base64')) === true);
    });

  const remember = (groups: ReadonlyArray<ShredGroup>): void => {
    for (const { workspaceId, keyIds } of groups) {
      for (const keyId of keyIds) {
        const values = deleted.get(nameOf(workspaceId, keyId)) ?? new Map<string, ReadonlyArray<Buffer>>();
        for (const value of valuesOf(workspaceId, keyId))
          values.set(value.toString('base64'), samplesOf(value));
        if (values.size > 0) deleted.set(nameOf(workspaceId, keyId), values);
      }
    }
  };

  /** Whether all that a key had is known, and can be searched for. */
  const isKnown = (name: string): boolean => {
    const values = [...(deleted.get(name)?.values() ?? [])];
    return values.length >= TABLES && values.every((samples) => samples.length === PIECES);
  };

  const namesOf = ({ workspaceId, keyIds }: ShredGroup): ReadonlyArray<string> =>
    keyIds.map((keyId) => nameOf(workspaceId, keyId));

  /** What the keys of each group had, and nobody else's. */
  const valuesBefore = (groups: ReadonlyArray<ShredGroup>) =>
    groups.map((group) => namesOf(group).flatMap((name) => [...(deleted.get(name)?.values() ?? [])]));

  /** What is said of each group; null for a group of which something was found. */
  const checked = (
    groups: ReadonlyArray<ShredGroup>,
    values: ReturnType<typeof valuesBefore>,
    { files, bytes, found }: Erased,
  ): ReadonlyArray<string | null> =>
    groups.map((group, place) => {
      if (found.has(place)) return null;
      for (const name of namesOf(group)) deleted.delete(name);
      return searchedFor(values[place] ?? [], files, bytes);
    });

  return (groups) =>
    pipe(
      attempt(VAULT_FILE, () => remember(groups)),
      TE.chain(() => attempt(KEYS_FILE, () => destroyDataKeys(groups))),
      TE.bindTo('dataKeysDestroyed'),
      TE.bind('secretsDestroyed', () => attempt(VAULT_FILE, () => destroyRows(groups))),
      TE.let('values', () => valuesBefore(groups)),
      TE.bind('erased', ({ values }) =>
        pipe(
          attempt(VAULT_FILE, () =>
            eraseDeleted(
              connections,
              values.map((samples) => samples.flat()),
              groups.flatMap(namesOf).every(isKnown),
            ),
          ),
          TE.chain(
            TE.fromNullable(
              shredIncomplete(
                groups,
                'another process reads the vault and its old bytes are still in a file',
              ),
            ),
          ),
        ),
      ),
      TE.bind('back', () => attempt(VAULT_FILE, () => groups.map(isBack))),
      TE.let('searched', ({ values, erased }) => checked(groups, values, erased)),
      TE.chainFirst(() => attempt(VAULT_FILE, () => requireKnownSchemas(connections))),
      TE.map(({ secretsDestroyed, dataKeysDestroyed, erased, back, searched }) =>
        groups.map((group, place) =>
          pipe(
            searched[place],
            back[place] === true ||
              secretsDestroyed[place]?.kept === true ||
              dataKeysDestroyed[place]?.kept === true
              ? () => E.left(rowsKept(group))
              : E.fromNullable(shredIncomplete([group], 'their sealed bytes are still in a file')),
            E.map((check) => ({
              secretsDestroyed: secretsDestroyed[place]?.count ?? 0,
              dataKeysDestroyed: dataKeysDestroyed[place]?.count ?? 0,
              proof: 'erased' as const,
              method: `sqlite: data keys deleted, then sealed rows, ${erased.how}, write-ahead logs emptied`,
              checks: [
                ...[KEYS_FILE, VAULT_FILE].map(
                  (file) => `${file}: ${erased.check}, wal_checkpoint(TRUNCATE) busy=0`,
                ),
                check,
              ],
            })),
          ),
        ),
      ),
    );
};
