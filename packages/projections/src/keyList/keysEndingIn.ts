import type { Catalogue } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import { pageSize, readPlace, writeCursor } from '../database/cursor';
import { type KnownKey, knownKeyOf, type Row, SELECTED } from './keyListQueries';

/** Which keys: those whose last 4 characters these are, of one workspace or of all. */
export interface EndingIn {
  readonly last4: string;
  readonly workspaceId?: string;
}

/** A key, with what its secret is recognised by. */
export interface KeyFingerprint {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly fingerprint: string;
}

/** Behind which key a page begins. */
export type AfterKey = Pick<KeyFingerprint, 'workspaceId' | 'keyId'>;

// Written as SQL: the query builder takes longer to load than this takes to be read.

/** At most `limit` keys, by workspace and id, behind a key. Hard-deleted ones, too. */
export const fingerprintsEndingIn = (
  database: SqliteConnection,
  generation: number,
  { last4, workspaceId }: EndingIn,
  after: AfterKey | null,
  limit: number,
): ReadonlyArray<KeyFingerprint> => {
  const behind = after ?? { workspaceId: '', keyId: '' };
  return database
    .prepare<[string, string, string, string | null, string | null, number], KeyFingerprint>(
      `select workspace_id as "workspaceId", key_id as "keyId", fingerprint from key_fingerprints_g${generation}
        where last4 = ? and (workspace_id, key_id) > (?, ?) and (? is null or workspace_id = ?)
        order by workspace_id, key_id limit ?`,
    )
    .all(last4, behind.workspaceId, behind.keyId, workspaceId ?? null, workspaceId ?? null, limit);
};

/** Which page. `limit`: 1 to 1,000. `after`: the `next` of the page before, of the same query. */
export interface EndingInPageOptions {
  readonly limit: number;
  readonly after?: string;
}

export interface EndingInPage {
  /** By workspace and id. */
  readonly keys: ReadonlyArray<KnownKey>;
  /** Where this page ended; null only when there was nothing at all. */
  readonly next: string | null;
  readonly more: boolean;
}

const LIST = 'ending1';
const PLACE = /^([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{1,64})$/;

/** A page of keys, hard-deleted ones too. */
export const keysEndingIn = (
  database: SqliteConnection,
  words: Catalogue,
  { last4, workspaceId }: EndingIn,
  page: EndingInPageOptions,
): EndingInPage => {
  const limit = pageSize(page.limit);
  const [, ...behind] = page.after === undefined ? [] : readPlace(LIST, page.after, PLACE);
  const [afterWorkspace = '', afterKey = ''] = behind;
  const rows = database
    .prepare<[string, string, string, string | null, string | null, number], Row>(
      `select ${SELECTED} from known_keys_v3
        where last4 = ? and (workspace_id, key_id) > (?, ?) and (? is null or workspace_id = ?)
        order by workspace_id, key_id limit ?`,
    )
    .all(last4, afterWorkspace, afterKey, workspaceId ?? null, workspaceId ?? null, limit + 1);
  const keys = rows.slice(0, limit).map(knownKeyOf(words));
  const last = keys.at(-1);
  return {
    keys,
    next: last === undefined ? (page.after ?? null) : writeCursor(LIST, `${last.workspaceId}:${last.keyId}`),
    more: rows.length > limit,
  };
};
