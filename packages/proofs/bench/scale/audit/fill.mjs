// Fills a read model with entries of the audit log, straight by SQL: ten million events take hours to be appended.
// A thousand workspaces, of which one has a fifth of all. Twelve services cause nearly everything, and half of them pin
// alone, the others release alone; each takes one of a workspace's keys and one of its projects. So pairs that never
// meet are as easily named as pairs that always do.
import { openSqlite } from '@keyturn/sqlite';

const WORKSPACE = `(CASE WHEN n % 5 = 0 THEN 'ws-0000' ELSE printf('ws-%04d', n * 7919 % 1000) END)`;
const KEY = `printf('%s-key-%d', ${WORKSPACE}, n % 4)`;
// One entry in ten thousand is of a person and about a case.
const RARE = 'n % 9999 = 0';
const COLUMNS = {
  sequence: 'n',
  event_id: `printf('%08x-0000-4000-8000-%012x', n, n * 31)`,
  type: `CASE WHEN ${RARE} THEN iif(n % 19998 = 0, 'KeyHardDeleted', 'KeyAdded')
    ELSE iif(n % 12 < 6, 'RunKeyPinned', 'RunKeyReleased') END`,
  position: 'n',
  revision: 'n',
  recorded_at: '1767225600000 + n * 3000',
  time: '1767225600000 + n * 3000 - 40',
  recorded_after: 'NULL',
  workspace_id: WORKSPACE,
  actor_kind: `iif(${RARE}, 'user', 'service')`,
  actor_id: `iif(${RARE}, printf('person-%d', n / 9999 % 400), printf('compiler-%d', n % 12))`,
  origin_ref: 'NULL',
  key_id: KEY,
  last4: `'b00' || (n % 4)`,
  vendor: `'anthropic'`,
  label: `'prod-' || (n % 4)`,
  previous_key_id: 'NULL',
  previous_last4: 'NULL',
  previous_vendor: 'NULL',
  previous_label: 'NULL',
  run_id: `iif(${RARE}, NULL, printf('%08x-1111-4000-8000-%012x', n / 2, n / 2 * 17))`,
  project_id: `iif(${RARE}, NULL, 'project-' || (n % 12 % 5))`,
  cause: `iif(${RARE}, NULL, 'workspace-default')`,
  case_id: `iif(n % 19998 = 0, printf('case-%d', n / 199980), NULL)`,
  facts: 'NULL',
  correlation_id: `printf('%08x-2222-4000-8000-%012x', n / 2, n / 2 * 13)`,
  causation_id: `printf('%08x-3333-4000-8000-%012x', n / 2, n / 2 * 11)`,
  command_id: `printf('%08x-4444-4000-8000-%012x', n, n * 7)`,
};
const AT_ONCE = 250_000;

/** The generation's own tables, which this fills. Its indexes are still to be built. */
export function fill(file, entries) {
  const database = openSqlite(file);
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -262144');
  const names = Object.keys(COLUMNS);
  for (let done = 0; done < entries; done += AT_ONCE) {
    const to = Math.min(entries, done + AT_ONCE);
    database.exec(`WITH RECURSIVE numbers(n) AS (SELECT ${done + 1} UNION ALL SELECT n + 1 FROM numbers WHERE n < ${to})
      INSERT INTO audit_entries_g1 (${names.join(', ')}) SELECT ${Object.values(COLUMNS).join(', ')} FROM numbers`);
  }
  database.exec(`INSERT INTO audit_times_g1 (block, nth, earliest, latest)
    SELECT (sequence - 1) / 1024, 0, min(time), max(recorded_at) FROM audit_entries_g1 GROUP BY 1`);
  database.exec(`INSERT INTO audit_keys_g1 (workspace_id, key_id, vendor, last4, label)
    SELECT DISTINCT workspace_id, key_id, vendor, last4, label FROM audit_entries_g1`);
  database.exec(`INSERT INTO audit_totals_g1 (workspace_id, actor_id, actor_kind, type, entries)
    SELECT workspace_id, actor_id, actor_kind, type, count(*) FROM audit_entries_g1 GROUP BY 1, 2, 3, 4
    UNION ALL SELECT workspace_id, '', '', type, count(*) FROM audit_entries_g1 GROUP BY 1, 4`);
  database.exec(`INSERT INTO audit_totals_overall_g1 (actor_id, actor_kind, type, entries)
    SELECT actor_id, actor_kind, type, sum(entries) FROM audit_totals_g1 GROUP BY 1, 2, 3`);
  database.exec(`UPDATE projection_checkpoints SET events = ${entries} WHERE projector = 'audit-log'`);
  database.exec(`INSERT INTO projection_streams 
      (projector, generation, stream, revision, chain, disowned, seal_key)
    SELECT 'audit-log', 1, 'keyring-' || workspace_id, count(*) - 1, x'00', 0, 0 FROM audit_entries_g1 GROUP BY 3`);
  database.close();
}
