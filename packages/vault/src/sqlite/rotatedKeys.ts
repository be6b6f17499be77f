import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Resealed, RotationStorage, WorkspaceKeyRow } from '../rotation/rotationStorage';
import { type Connections, KEYS_FILE, VAULT_FILE } from './connection';
import { CountRow, decodeRow } from '../rows';
import { toDataKeyRows, toWorkspaceKeyRows } from '../storedRows';
import { removalRows } from './removals';
import { attempt } from './sqliteFaults';
import { witnessRows } from './witnesses';

/** Reads a page of workspace keys. Throws faults, and what SQLite throws. */
export const workspaceKeyReader = ({
  vault,
}: Pick<Connections, 'vault'>): ((after: string | null, limit: number) => ReadonlyArray<WorkspaceKeyRow>) => {
  const select = vault.prepare(
    'SELECT * FROM workspace_keys WHERE workspace_id > ? ORDER BY workspace_id LIMIT ?',
  );
  return (after, limit) => toWorkspaceKeyRows(select.all(after ?? '', limit), VAULT_FILE);
};

/** What a rotation does with workspace keys. */
export const rotatedWorkspaceKeys = ({
  vault,
}: Connections): Pick<
  RotationStorage,
  'countWorkspaceKeys' | 'workspaceKeys' | 'keepResealed' | 'keepSuccessor' | 'succeed'
> => {
  const count = vault.prepare('SELECT count(*) AS count FROM workspace_keys');
  const read = workspaceKeyReader({ vault });
  const isResealing = vault.prepare(`SELECT 1 FROM rotation WHERE step = 'resealing' AND master_key_id = ?`);
  const reseal = vault.prepare(
    'UPDATE workspace_keys SET resealed = ? WHERE workspace_id = ? AND sealed = ?',
  );
  const setSuccessor = vault.prepare(
    'UPDATE workspace_keys SET successor = ? WHERE workspace_id = ? AND sealed = ? AND successor IS NULL',
  );
  const succeed = vault.prepare(
    `UPDATE workspace_keys SET sealed = successor, successor = NULL, made_in = ?
     WHERE workspace_id = ? AND successor = ?`,
  );

  const witnesses = witnessRows({ vault });
  const removals = removalRows({ vault });

  const keepResealed = (
    comingId: Uint8Array,
    changes: ReadonlyArray<Resealed & { readonly workspaceId: string }>,
  ): boolean => {
    if (isResealing.get(comingId) === undefined) {
      return false;
    }
    for (const { workspaceId, sealed, resealed } of changes) {
      reseal.run(resealed, workspaceId, sealed);
    }
    return true;
  };

  return {
    countWorkspaceKeys: attempt(VAULT_FILE, () => decodeRow(CountRow, count.get(), VAULT_FILE)?.count ?? 0),
    workspaceKeys: (after, limit) => attempt(VAULT_FILE, () => read(after, limit)),
    keepResealed: (...args) =>
      attempt(VAULT_FILE, () => vault.transaction('immediate', () => keepResealed(...args))),
    keepSuccessor: (workspaceId, { sealed, successor }, under) =>
      attempt(VAULT_FILE, () =>
        vault.transaction('immediate', () => {
          if (setSuccessor.run(successor, workspaceId, sealed).changes !== 1) return false;
          const witness = witnesses.read(workspaceId)?.witness ?? null;
          const next = witness === null ? null : under.witness(witness);
          if (next !== null) witnesses.write(workspaceId, next);
          removals.write(
            workspaceId,
            removals.read(workspaceId).flatMap((removal) => under.removal(removal) ?? []),
          );
          return true;
        }),
      ),
    succeed: (workspaceId, successor, madeIn) =>
      pipe(
        attempt(VAULT_FILE, () => succeed.run(madeIn, workspaceId, successor)),
        TE.map(() => undefined),
      ),
  };
};

/** What a rotation that renews workspace keys does with data keys. */
export const rotatedDataKeys = ({
  keys,
}: Connections): Pick<RotationStorage, 'dataKeys' | 'replaceDataKeys'> => {
  const select = keys.prepare(
    `SELECT data_key_id, key_id, sealed FROM data_keys
     WHERE workspace_id = ? AND (? IS NULL OR data_key_id > ?) ORDER BY data_key_id LIMIT ?`,
  );
  const replace = keys.prepare(
    'UPDATE data_keys SET sealed = ? WHERE workspace_id = ? AND data_key_id = ? AND sealed = ?',
  );

  const replaceAll = (
    workspaceId: string,
    changes: ReadonlyArray<Resealed & { readonly dataKeyId: Uint8Array }>,
  ): number =>
    changes.reduce(
      (count, { dataKeyId, sealed, resealed }) =>
        count + replace.run(resealed, workspaceId, dataKeyId, sealed).changes,
      0,
    );

  return {
    dataKeys: (workspaceId, after, limit) =>
      attempt(KEYS_FILE, () => toDataKeyRows(select.all(workspaceId, after, after, limit), KEYS_FILE)),
    replaceDataKeys: (workspaceId, changes) =>
      attempt(KEYS_FILE, () => keys.transaction('immediate', () => replaceAll(workspaceId, changes))),
  };
};
