import type { Catalogue } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import { pageSize, readPlace, writeCursor } from '../database/cursor';
import { knownKeyOf, SELECTED, type KnownKey, type Row } from './keyListQueries';

/** Which keys on file are due, of one workspace or of all, and which page of them. */
export interface KeysDueOptions {
  readonly workspaceId?: string;
  /** How old keys should get, in milliseconds. */
  readonly rotateAfterMs: number;
  /** Due by this time. */
  readonly until: number;
  /** 1 to 1,000. */
  readonly limit: number;
  /** The `next` of the page before, of the same query. */
  readonly after?: string;
}

export interface KeysDuePage {
  /** What is due first comes first. */
  readonly keys: ReadonlyArray<KnownKey>;
  /** Where this page ended; null only when there was nothing at all. */
  readonly next: string | null;
  readonly more: boolean;
}

const LIST = 'due1';
const PLACE = /^(\d{1,16}):([\w-]{1,64}):([\w-]{1,64})$/;

/** In both halves of the condition: each index has these keys alone, and is only taken where that is said. */
const ON_FILE = "status in ('pending', 'active', 'failed')";

/** Later than any time that an event can have. */
const NEVER = 9_000_000_000_000_000;

/** The query, as it is asked. */
export const keysDueSql = (asked: { readonly ofWorkspace: boolean; readonly paged: boolean }): string =>
  `select * from (
    select ${SELECTED}, min(added_at_ms + ?, coalesce(expires_at_ms, ${NEVER})) as due from known_keys_v3
    where ((${ON_FILE} and added_at_ms <= ?) or (${ON_FILE} and expires_at_ms <= ?))
      ${asked.ofWorkspace ? 'and workspace_id = ?' : ''}
  ) ${asked.paged ? 'where (due, "workspaceId", "keyId") > (?, ?, ?)' : ''}
  order by due, "workspaceId", "keyId" limit ?`;

/** Keys on file that are as old as keys should get, or past their expiry. */
export const keysDue = (
  database: SqliteConnection,
  words: Catalogue,
  { workspaceId, rotateAfterMs, until, limit, after }: KeysDueOptions,
): KeysDuePage => {
  const size = pageSize(limit);
  const toKey = knownKeyOf(words);
  const [, dueAfter = '', workspaceAfter = '', keyAfter = ''] =
    after === undefined ? [] : readPlace(LIST, after, PLACE);
  const rows = database
    .prepare<ReadonlyArray<string | number>, Row & { readonly due: number }>(
      keysDueSql({ ofWorkspace: workspaceId !== undefined, paged: after !== undefined }),
    )
    .all(
      rotateAfterMs,
      until - rotateAfterMs,
      until,
      ...(workspaceId === undefined ? [] : [workspaceId]),
      ...(after === undefined ? [] : [Number(dueAfter), workspaceAfter, keyAfter]),
      size + 1,
    );
  const page = rows.slice(0, size).map(({ due, ...row }) => ({ due, key: toKey(row) }));
  const last = page.at(-1);
  return {
    keys: page.map(({ key }) => key),
    next:
      last === undefined
        ? (after ?? null)
        : writeCursor(LIST, `${last.due}:${last.key.workspaceId}:${last.key.keyId}`),
    more: rows.length > size,
  };
};
