import type { SqliteConnection } from '@keyturn/sqlite';
import type { Kysely } from 'kysely';
import { bind, prepareNamed } from '../database/namedStatements';
import type { ReadModelTables } from '../database/tables';
import { BoundedCache } from '../runtime/boundedCache';

const REMEMBERED_KEYS = 10_000;

/** What the log says of a key. All but its id is null for a key that was never added. */
export interface KeyOfLog {
  readonly keyId: string;
  readonly vendor: string | null;
  readonly last4: string | null;
  readonly label: string | null;
  /** Under which case it was hard-deleted. */
  readonly caseId: string | null;
}

/** What the log says of keys beside their ids. */
interface KeysOfLog {
  readonly add: (workspaceId: string, key: Omit<KeyOfLog, 'caseId'>) => void;
  /** From the next entry on it is called so. */
  readonly relabel: (workspaceId: string, key: Pick<KeyOfLog, 'keyId' | 'label'>) => void;
  /** From now on the key is one that was hard-deleted under this case. */
  readonly underCase: (workspaceId: string, keyId: string, caseId: string) => void;
  /** For a key that was never added: its id alone. */
  readonly of: (workspaceId: string, keyId: string) => KeyOfLog;
}

/** All that is said of a key that was never added. */
export const unknownKey = (keyId: string): KeyOfLog => ({
  keyId,
  vendor: null,
  last4: null,
  label: null,
  caseId: null,
});

export const keysOfLog = (database: SqliteConnection, db: Kysely<ReadModelTables>): KeysOfLog => {
  const insert = prepareNamed(
    database,
    db
      .insertInto('audit_keys')
      .values({
        workspace_id: bind('workspace_id'),
        key_id: bind('key_id'),
        vendor: bind('vendor'),
        last4: bind('last4'),
        label: bind('label'),
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const find = prepareNamed(
    database,
    db
      .selectFrom('audit_keys')
      .select(['key_id as keyId', 'vendor', 'last4', 'label', 'case_id as caseId'])
      .where('workspace_id', '=', bind('workspace_id'))
      .where('key_id', '=', bind('key_id')),
  );
  const setCase = prepareNamed(
    database,
    db
      .insertInto('audit_keys')
      .values({
        workspace_id: bind('workspace_id'),
        key_id: bind('key_id'),
        case_id: bind('case_id'),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'key_id'])
          .doUpdateSet((eb) => ({ case_id: eb.ref('excluded.case_id') })),
      ),
  );
  const relabel = prepareNamed(
    database,
    db
      .updateTable('audit_keys')
      .set({ label: bind('label') })
      .where('workspace_id', '=', bind('workspace_id'))
      .where('key_id', '=', bind('key_id')),
  );
  const cache = new BoundedCache<KeyOfLog>(REMEMBERED_KEYS);
  const of = (workspaceId: string, keyId: string): KeyOfLog => {
    const remembered = cache.get(workspaceId, keyId);
    if (remembered !== undefined) return remembered;
    const known = find.get({ workspace_id: workspaceId, key_id: keyId });
    if (known === undefined) return unknownKey(keyId);
    cache.set(workspaceId, keyId, known);
    return known;
  };
  return {
    add: (workspaceId, key) => {
      insert.run({
        workspace_id: workspaceId,
        key_id: key.keyId,
        vendor: key.vendor,
        last4: key.last4,
        label: key.label,
      });
    },
    underCase: (workspaceId, keyId, caseId) => {
      setCase.run({ workspace_id: workspaceId, key_id: keyId, case_id: caseId });
      cache.set(workspaceId, keyId, { ...of(workspaceId, keyId), caseId });
    },
    relabel: (workspaceId, { keyId, label }) => {
      relabel.run({ workspace_id: workspaceId, key_id: keyId, label });
      const remembered = cache.get(workspaceId, keyId);
      if (remembered !== undefined) cache.set(workspaceId, keyId, { ...remembered, label });
    },
    of,
  };
};
