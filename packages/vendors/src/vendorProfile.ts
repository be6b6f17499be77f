import type { AdminApi, AdminCall } from './admin/adminApi';
import type { AnswerRule, FailureCause } from './answerRules';
import { endpointKind } from './customersEndpoint';
import type { VendorTable } from './vendorTable';

/** What people ask of a vendor, in words and plain values. */
export interface VendorProfile {
  readonly vendor: string;
  /** As people write it, such as `OpenAI`. */
  readonly name: string;
  /** The test call, such as `POST https://api.openai.com/v1/responses`. */
  readonly testCall: string;
  /** What it asks for, such as `max_tokens: 1`. */
  readonly asksFor: string;
  /** The second is asked for where the vendor has the first no more; empty where the model comes with the key. */
  readonly models: ReadonlyArray<string>;
  /** US dollars, at most. */
  readonly costUsd: number;
  readonly costInWords: string;
  /** What has to be named with a key. */
  readonly needs: ReadonlyArray<'endpoint' | 'region' | 'model'>;
  /** Regions that may be named with a key; empty where there are none, or any may. */
  readonly regions: ReadonlyArray<string>;
  /** What keys look like today. */
  readonly keyFormat: string;
  /** The free call that tells whether a key still lives; null where the test call is made for that. */
  readonly killCheck: string | null;
  /** Which answer means what. */
  readonly answers: ReadonlyArray<{ readonly answer: string; readonly outcome: string }>;
  /** The page where keys are made, null where no one page is known, and what a person does, one step each. */
  readonly keyPage: string | null;
  readonly makeSteps: ReadonlyArray<string>;
  /** The page where keys are revoked, which is what stops a leaked key from being used; null as for `keyPage`. */
  readonly revocationPage: string | null;
  readonly revokeSteps: ReadonlyArray<string>;
  /** What a customer's own admin credential can do there; null where the vendor has no calls for that. */
  readonly admin: VendorAdminProfile | null;
  readonly statusPage: string | null;
  /** The day on which this was last checked, such as `2026-11-28`. */
  readonly checkedOn: string;
  readonly sources: ReadonlyArray<string>;
  /** The operator's own table says this, and not the one that comes with Keyturn. */
  readonly isOwnTable: boolean;
}

/** What a vendor's calls to list and revoke keys can do, and what they take. */
export interface VendorAdminProfile {
  /** What the credential is, and the page where it is made. */
  readonly credential: string;
  readonly credentialPage: string;
  /** The plans that have it, where not all do; null where all do. */
  readonly only: string | null;
  /** What keys are listed in, such as `project`; null where all are in one list. */
  readonly place: string | null;
  /** The call that lists keys, and the one that revokes a key, such as `GET https://…`. */
  readonly list: string;
  readonly revoke: string;
  /** How a revocation is undone there; null where it can't be. */
  readonly undo: string | null;
  /** What to do with a key that these calls can't end; null where there is none. */
  readonly notRevocable: string | null;
  /** The calls that tell what one key used, in the order in which they are tried; empty where none does. */
  readonly usage: ReadonlyArray<string>;
}

const UNDECIDED: ReadonlyArray<AnswerRule['means']> = [
  'overloaded',
  'vendor-error',
  'model-unavailable',
  'region',
  'our-request',
];

/** What else a rejected key may be, where the cause by itself does not say it. */
const OR_ELSE: { readonly [C in FailureCause]?: string } = {
  account: 'one of a suspended account',
  credit: 'one without credit',
  'key-kind': 'one of another kind',
};

const outcomeOf = ({ means, cause }: AnswerRule): string => {
  if (means === 'completed') return 'accepted';
  if (UNDECIDED.includes(means)) return `undecided: ${means}`;
  if (means === 'rejected' && cause !== null)
    return `rejected, or ${OR_ELSE[cause] ?? `one of another ${cause}`}`;
  return cause === null ? means : `${means} (${cause})`;
};

const quoted = (texts: ReadonlyArray<string>, between: string): string =>
  texts.map((text) => `"${text}"`).join(between);

const answerOf = ({ status, codes, phrases, unless, body }: AnswerRule): string => {
  const parts = [
    ...(codes === null ? [] : [codes.join(', ')]),
    ...(phrases === null ? [] : [quoted(phrases, ' or ')]),
  ];
  const what = parts.length === 0 ? '' : ` ${parts.join(' with ')}`;
  const but = unless.length === 0 ? '' : `, but not ${quoted(unless, ', ')}`;
  return `${status}${body === 'any' ? ', any body' : what}${but}`;
};

const plain = (markdown: string): string => markdown.replaceAll('`', '');
const callOf = ({ method, url }: AdminCall): string => `${method} ${url}`;

const undoOf = ({ days, inWords }: NonNullable<AdminApi['undo']>): string =>
  plain(days === null ? inWords : `${inWords}, for ${days} days`);

const adminOf = (admin: AdminApi): VendorAdminProfile => ({
  credential: admin.credential.inWords,
  credentialPage: admin.credential.page,
  only: admin.only,
  place: admin.place?.name ?? null,
  list: callOf(admin.listing.call),
  revoke: callOf(admin.revoke),
  undo: admin.undo === null ? null : undoOf(admin.undo),
  notRevocable: admin.notRevocable,
  usage: admin.usage.map(({ call }) => callOf(call)),
});

/** What a table says, for people. */
export const profileOf = (table: VendorTable, isOwnTable: boolean): VendorProfile => ({
  vendor: table.vendor,
  name: table.displayName,
  testCall: `${table.method} ${table.url}`,
  asksFor: plain(table.smallest),
  models: table.models,
  costUsd: table.cost.usd,
  costInWords: table.cost.inWords,
  needs: [
    ...(endpointKind(table) === null ? [] : (['endpoint'] as const)),
    ...(table.url.includes('{region}') ? (['region'] as const) : []),
    ...(table.models.length === 0 ? (['model'] as const) : []),
  ],
  regions: Object.keys(table.regions),
  keyFormat: table.key.patternInWords,
  killCheck: table.killCheck === null ? null : `${table.killCheck.method} ${table.killCheck.url}`,
  answers: table.errors.rules.map((rule) => ({ answer: answerOf(rule), outcome: outcomeOf(rule) })),
  keyPage: table.pages.console,
  makeSteps: table.steps.make,
  revocationPage: table.pages.revocation,
  revokeSteps: table.steps.revoke,
  admin: table.admin === null ? null : adminOf(table.admin),
  statusPage: table.pages.status,
  checkedOn: table.version,
  sources: table.sources,
  isOwnTable,
});
