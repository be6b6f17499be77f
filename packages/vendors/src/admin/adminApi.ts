import * as t from 'io-ts';
import { BodyCondition, CLAIM, ERROR_FORMS, OwnAnswer } from '../answerRules';
import { Count, HeaderName, Json, JsonPath, Page, Pattern, Text } from '../tableCodecs';
import { UsageFormatName } from '../usage/usageFormat';

/**
 * One call. `{place}` and `{key}` stand in its path and its query for what was listed, `{from}` and `{to}` in its query
 * for the window that usage is asked about.
 */
export const AdminCall = t.strict({
  method: t.keyof({ GET: null, POST: null, PUT: null, PATCH: null, DELETE: null }),
  /** `https://host/path`, without a query. */
  url: Text,
  query: t.record(Text, Text),
  /** JSON; null for none. */
  body: Json,
  success: OwnAnswer,
});
export type AdminCall = t.TypeOf<typeof AdminCall>;

/** How the next page is asked for; null where one page has all. */
export const Paging = t.union([
  t.strict({
    by: t.literal('cursor'),
    parameter: Text,
    /** Where an answer has the cursor of the page behind it. */
    next: JsonPath,
    /** Where it says that there is one; null where the cursor alone does. */
    more: t.union([JsonPath, t.null]),
  }),
  /** A page of fewer than `size` items is the last. */
  t.strict({ by: t.literal('offset'), parameter: Text, size: Count }),
  t.null,
]);
export type Paging = t.TypeOf<typeof Paging>;

const Listing = t.strict({
  call: AdminCall,
  items: JsonPath,
  paging: Paging,
});
export type Listing = t.TypeOf<typeof Listing>;

const TimeForm = t.keyof({ 'rfc-3339': null, 'unix-seconds': null });

/** Where a listed key says what. Paths begin at the key; null for what the vendor does not say. */
const KeyForm = t.strict({
  id: JsonPath,
  /** What the vendor shows of the secret, such as `sk-ant-api03-R2D...igAA`. */
  hint: t.union([JsonPath, t.null]),
  name: t.union([JsonPath, t.null]),
  createdAt: t.union([JsonPath, t.null]),
  lastUsedAt: t.union([JsonPath, t.null]),
  times: TimeForm,
  /** Whose it is: the first of these that is there. */
  owner: t.readonlyArray(JsonPath),
  /** Any of these says that it works. */
  active: t.readonlyArray(BodyCondition),
  /** Any of these says that it does not, whatever `active` says. */
  inactive: t.readonlyArray(BodyCondition),
});
export type KeyForm = t.TypeOf<typeof KeyForm>;

/** What an error of these calls means. */
export const AdminMeaning = t.keyof({
  'admin-credential-refused': null,
  'not-permitted': null,
  'not-found': null,
  /** The vendor has another way to end this key, which `notRevocable` tells. */
  'not-revocable': null,
  throttled: null,
  'vendor-error': null,
});
export type AdminMeaning = t.TypeOf<typeof AdminMeaning>;

const AdminRule = t.strict({ ...CLAIM, means: AdminMeaning });
export type AdminRule = t.TypeOf<typeof AdminRule>;

/** A call for what the vendor counted of one key. */
const UsageCall = t.strict({
  format: UsageFormatName,
  call: AdminCall,
  /** Beside those of the credential. */
  headers: t.record(HeaderName, Text),
  paging: Paging,
  /** How `{from}` and `{to}` are written. */
  times: TimeForm,
});
export type UsageCall = t.TypeOf<typeof UsageCall>;

/** What is known of a vendor's calls to list and revoke keys, as data. */
export const AdminApi = t.strict({
  sources: t.readonlyArray(Page),
  /** What plans have it, where not all do; null where all do. */
  only: t.union([Text, t.null]),
  credential: t.strict({
    /** Values may have `{credential}`: exactly one does. */
    headers: t.record(HeaderName, Text),
    /** What it looks like, whole; null where it can't be told from other keys. */
    pattern: t.union([Pattern, t.null]),
    inWords: Text,
    /** Where it is made. */
    page: Page,
  }),
  /** What keys are listed in, one after the other: projects, workspaces, a team. Null where all are in one list. */
  place: t.union([
    t.strict({ of: t.literal('listed'), name: Text, listing: Listing }),
    /** The person names it. */
    t.strict({ of: t.literal('named'), name: Text, pattern: Pattern, inWords: Text }),
    t.null,
  ]),
  listing: Listing,
  key: KeyForm,
  revoke: AdminCall,
  /** How the vendor's own list shows a key that was revoked so. */
  shownAs: t.keyof({ inactive: null, absent: null }),
  /** Null where it can't be undone. */
  undo: t.union([t.strict({ days: t.union([Count, t.null]), inWords: Text }), t.null]),
  /** What to do with a key that these calls can't end; null where there is none. */
  notRevocable: t.union([Text, t.null]),
  /** In the order in which they are tried; empty where the vendor tells nothing of one key. */
  usage: t.readonlyArray(UsageCall),
  errors: t.strict({ ...ERROR_FORMS, rules: t.readonlyArray(AdminRule) }),
});
export type AdminApi = t.TypeOf<typeof AdminApi>;
