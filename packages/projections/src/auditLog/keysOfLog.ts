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
}

/** What the log says of keys beside their ids. */
interface KeysOfLog {
  readonly add: (workspaceId: string, key: KeyOfLog) => void;
  /** For a key that was never added: its id alone. */
  readonly of: (workspaceId: string, keyId: string) => KeyOfLog;
}

/** All that is said of a key that was never added. */
export const unknownKey = (keyId: string): KeyOfLog => ({ keyId, vendor: null, last4: null, label: null });

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
      .select(['key_id as keyId', 'vendor', 'last4', 'label'])
      .where('workspace_id', '=', bind('workspace_id'))
      .where('key_id', '=', bind('key_id')),
  );
  const cache = new BoundedCache<KeyOfLog>(REMEMBERED_KEYS);
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
    of: (workspaceId, keyId) => {
      const remembered = cache.get(workspaceId, keyId);
      if (remembered !== undefined) return remembered;
      const known = find.get({ workspace_id: workspaceId, key_id: keyId });
      if (known === undefined) return unknownKey(keyId);
      cache.set(workspaceId, keyId, known);
      return known;
    },
  };
};
