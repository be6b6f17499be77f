import type { KillCheckAnswer, Written } from './results';

/** A key as its vendor lists it. What people wrote into it is cut to 200 characters that can be shown. */
export interface KeyAtVendor {
  /** To name it by. Where keys are in places, it has the place's id before a slash. */
  readonly vendorKeyId: string;
  /** What the vendor shows of the secret; null where it shows nothing. */
  readonly hint: string | null;
  readonly name: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
  readonly lastUsedAt: number | null;
  /** An address, a name or an id, as the vendor has it. */
  readonly owner: string | null;
  readonly status: 'active' | 'inactive' | 'unknown';
  /** `hint`: it ends as the key here does. `unknown`: nothing tells, and a person has to. */
  readonly fits: 'hint' | 'unknown';
}

/** What the vendor's own list has of a key. */
export interface FoundAtVendor {
  readonly vendor: string;
  readonly vendorName: string;
  /** Those that may be the key, the likeliest first; empty where none may. */
  readonly keys: ReadonlyArray<KeyAtVendor>;
  /** How many the vendor listed. */
  readonly listed: number;
  /** How many of them can't be it, by their hint or by their date. */
  readonly otherHint: number;
  readonly madeLater: number;
}

/** What the vendor itself counted of a key. */
export interface UsageAtVendor {
  readonly vendor: string;
  readonly vendorName: string;
  /** `no-usage-of-keys`: the vendor tells it of no single key. `not-found`: it has no key by that id. */
  readonly outcome: 'usage' | 'no-usage-of-keys' | 'not-found';
  /** As `usage` of `exposure` takes it: `start,end,requests,tokens`; null where there is none. */
  readonly csv: string | null;
  /** How many times it tells of. Each vendor has its own length, and some tell more than the window. */
  readonly buckets: number;
  /** Rows that name no key: they may be of other keys, too. */
  readonly rowsWithoutKey: number;
}

/** What revoking a key at its vendor came to. */
export interface RevokedAtVendor extends Written {
  /**
   * `already-inactive`: the vendor's list showed it so before anything was done. `not-found`: it has no such key, which
   * says nothing of the leak. `not-revocable`: the vendor has another way for this key. `unavailable`: there was no
   * answer that says what became of it.
   */
  readonly outcome: 'revoked' | 'already-inactive' | 'not-found' | 'not-revocable' | 'unavailable';
  /** How the vendor's list shows the key afterwards; null where nothing was asked of it. */
  readonly listShows: 'inactive' | 'absent' | 'active' | 'unknown' | null;
  /** Null where it can't be undone, or was not done. `until` (milliseconds since 1970) is null where it always can. */
  readonly undo: { readonly until: number | null; readonly how: string } | null;
  /** What to do instead, for `not-revocable`. */
  readonly instead: string | null;
  /** Why there is no answer, for `unavailable`. */
  readonly reason: string | null;
  /** What the vendor said of the key itself before its list was believed; null where it was not asked, or late. */
  readonly killCheckSays: KillCheckAnswer['says'] | null;
  /** This very list showed the key dead. */
  readonly deadByList: boolean;
  /** The vendor has shown that the key is dead, now or before. */
  readonly dead: boolean;
  /** False when nothing was recorded. */
  readonly changed: boolean;
}
