import type { Task } from 'fp-ts/Task';
import type { Usage } from '../usage/usage';

/** Where a key is listed. */
export interface VendorAdminTarget {
  readonly vendor: string;
  /**
   * The vendor's id of a project, workspace or team, to look in that one alone. Google Cloud's project has to be named;
   * where the vendor lists them, null looks in all; where it has none, it is ignored.
   */
  readonly place: string | null;
}

/** What is known here of the key that is looked for. Null for what is not known. */
export interface VendorKeyFilter {
  /** The last characters of its secret. */
  readonly last4: string | null;
  /** When it came on file here, milliseconds since 1970: it can't have been made after that. */
  readonly onFileSince: number | null;
}

/** A key as its vendor lists it. What people wrote into it is cut to 200 characters that can be shown. */
export interface VendorKey {
  /** To name it by in `revoke` and `usage`. Where keys are in places, it has the place's id before a slash. */
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
  /** `hint`: it ends as the filter says. `unknown`: nothing tells, and a person has to. */
  readonly fits: 'hint' | 'unknown';
}

/** Why nothing is known of a call's effect: nobody answered, or not as the vendor does. */
export type AdminUnavailable =
  | 'timeout'
  | 'dns'
  | 'tls'
  | 'connection'
  | 'proxy'
  | 'throttled'
  | 'vendor-error'
  | 'unrecognised-answer'
  /** The list, or the usage, has more pages than are asked for. */
  | 'too-many-pages';

/** Why it was not done. Of the first three nothing was sent. */
export type AdminRefusal =
  /** The vendor has no such calls, or no table. */
  | { readonly kind: 'no-admin-api' }
  /** It does not look like what administers an organisation there: a plain key, for one. `wanted` says what does. */
  | { readonly kind: 'credential-unfit'; readonly wanted: string }
  /** `place`, or the key's id, is not what it has to be. */
  | { readonly kind: 'target-unfit'; readonly field: 'place' | 'vendorKeyId'; readonly wanted: string }
  | { readonly kind: 'admin-credential-refused' }
  | { readonly kind: 'not-permitted' }
  | { readonly kind: 'unavailable'; readonly reason: AdminUnavailable };

/** What is kept of the vendor's last answer. Never its body, never its headers, nothing of the credential. */
export interface AdminEvidence {
  readonly status: number | null;
  /** One of the codes that the vendor's table names; null for any other. */
  readonly code: string | null;
  /** Requests that were sent, those that were tried again included. 0 says that nothing was. */
  readonly calls: number;
  /** The origin that was called in place of the vendor's, on an operator's word; left out where it was the vendor's. */
  readonly endpointOverride?: string;
}

export type FindKeysOutcome =
  | {
      readonly kind: 'found';
      /** Those that may be the key, the likeliest first; empty where none may. */
      readonly keys: ReadonlyArray<VendorKey>;
      /** How many the vendor listed. */
      readonly listed: number;
      /** How many of them can't be it, by their hint or by their date. */
      readonly otherHint: number;
      readonly madeLater: number;
    }
  | AdminRefusal;

export type RevokeOutcome =
  | {
      readonly kind: 'revoked';
      /** By the list before: `unknown` also where none could be had. */
      readonly fits: VendorKey['fits'];
      /**
       * How the vendor's own list shows the key afterwards. `active`: still as before, though the vendor took the call.
       * `unknown`: the list could not be had. Only the first two contain a leak.
       */
      readonly listShows: 'inactive' | 'absent' | 'active' | 'unknown';
      /** Null where it can't be undone. `until` is null where it can be at any time. */
      readonly undo: { readonly until: number | null; readonly how: string } | null;
    }
  /** The list showed it so before anything was done. */
  | { readonly kind: 'already-inactive'; readonly fits: VendorKey['fits'] }
  /** The list shows that it is not the key that is looked for. Nothing was revoked. */
  | { readonly kind: 'other-key' }
  /** The list does not have it. A key that was deleted looks the same as one of another organisation. */
  | { readonly kind: 'not-found' }
  /** The vendor has another way for this key, which `instead` tells. */
  | { readonly kind: 'not-revocable'; readonly instead: string }
  | AdminRefusal;

export type VendorUsageOutcome =
  | { readonly kind: 'usage'; readonly usage: Usage }
  /** The vendor does not tell it of one key. */
  | { readonly kind: 'no-usage-of-keys' }
  | { readonly kind: 'not-found' }
  | AdminRefusal;

/** An outcome, and what of the vendor's answer shows it. */
export interface AdminResult<O> {
  readonly outcome: O;
  readonly evidence: AdminEvidence;
}

/** A window of usage; milliseconds since 1970. */
export interface UsageWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * Lists and revokes keys at their vendors, with the admin credential of the customer whose keys they are. Never fails:
 * what goes wrong on the way is an outcome. `credential` is read, never kept and never wiped: it stays the caller's.
 */
export interface VendorAdmin {
  /** Looks for a key in the vendor's own list. Changes nothing there. */
  readonly findKeys: (
    credential: Uint8Array,
    target: VendorAdminTarget,
    filter: VendorKeyFilter,
    signal?: AbortSignal,
  ) => Task<AdminResult<FindKeysOutcome>>;
  /**
   * Ends one key, named as `findKeys` names it, and asks the vendor's list before and after. A key that the list shows
   * as another than `filter` says is not ended.
   */
  readonly revoke: (
    credential: Uint8Array,
    target: VendorAdminTarget,
    vendorKeyId: string,
    filter: VendorKeyFilter,
    signal?: AbortSignal,
  ) => Task<AdminResult<RevokeOutcome>>;
  /** What the vendor counted of one key. Some tell more than the window: each bucket says its times. */
  readonly usage: (
    credential: Uint8Array,
    target: VendorAdminTarget,
    vendorKeyId: string,
    window: UsageWindow,
    signal?: AbortSignal,
  ) => Task<AdminResult<VendorUsageOutcome>>;
}
