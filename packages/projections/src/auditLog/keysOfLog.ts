import type { Database } from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { prepare } from '../database/queryBuilder';
import type { ReadModelTables } from '../database/tables';
import { BoundedCache } from '../runtime/boundedCache';
import type { KeyFacts } from './auditSentence';

const REMEMBERED_KEYS = 10_000;

/** What the log says of keys beside their ids. */
interface KeysOfLog {
  readonly add: (workspaceId: string, key: KeyFacts) => void;
  /** For a key that was never added: its id alone. */
  readonly of: (workspaceId: string, keyId: string) => KeyFacts;
}

/** All that is said of a key that was never added. */
export const unknownKey = (keyId: string): KeyFacts => ({ keyId, vendor: null, last4: null, label: null });

export const keysOfLog = (database: Database, db: Kysely<ReadModelTables>): KeysOfLog => {
  const text = sql<string>`?`;
  const insert = prepare(
    database,
    db
      .insertInto('audit_keys')
      .values({ workspace_id: text, key_id: text, vendor: text, last4: text, label: text })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const find = prepare(
    database,
    db
      .selectFrom('audit_keys')
      .select(['key_id as keyId', 'vendor', 'last4', 'label'])
      .where('workspace_id', '=', text)
      .where('key_id', '=', text),
  );
  const cache = new BoundedCache<KeyFacts>(REMEMBERED_KEYS);
  return {
    add: (workspaceId, key) => {
      insert.run(workspaceId, key.keyId, key.vendor, key.last4, key.label);
    },
    of: (workspaceId, keyId) => {
      const remembered = cache.get(workspaceId, keyId);
      if (remembered !== undefined) return remembered;
      const known = find.get(workspaceId, keyId);
      if (known === undefined) return unknownKey(keyId);
      cache.set(workspaceId, keyId, known);
      return known;
    },
  };
};
