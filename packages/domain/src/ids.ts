import * as t from 'io-ts';

/** The alphabet and length of every id: safe in a stream name, a URL, a file name and a log line. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** What every id codec accepts, in words, for the messages of refusals and usage errors. */
export const ID_RULE = '1 to 64 of the characters A-Z a-z 0-9 _ -';

/** What the codec of cases accepts, in words. */
export const CASE_RULE = '1 to 64 of the characters A-Z a-z 0-9 _ . : / # -';

/** What the codec of vendors accepts, in words. */
export const VENDOR_RULE = '1 to 32 of the characters a-z 0-9 -, not beginning with -';

export interface WorkspaceIdBrand {
  readonly WorkspaceId: unique symbol;
}
/** A customer's tenant. One keyring each, one event stream each (`keyring-<workspaceId>`). */
export const WorkspaceId = t.brand(
  t.string,
  (s): s is t.Branded<string, WorkspaceIdBrand> => ID.test(s),
  'WorkspaceId',
);
export type WorkspaceId = t.TypeOf<typeof WorkspaceId>;

export interface KeyIdBrand {
  readonly KeyId: unique symbol;
}
/** Names a key. Never its last 4: many keys share those (Anthropic's all end in `AA`). */
export const KeyId = t.brand(t.string, (s): s is t.Branded<string, KeyIdBrand> => ID.test(s), 'KeyId');
export type KeyId = t.TypeOf<typeof KeyId>;

export interface RunIdBrand {
  readonly RunId: unique symbol;
}
/** Names one compilation. */
export const RunId = t.brand(t.string, (s): s is t.Branded<string, RunIdBrand> => ID.test(s), 'RunId');
export type RunId = t.TypeOf<typeof RunId>;

export interface ProjectIdBrand {
  readonly ProjectId: unique symbol;
}
/** Names a project of a workspace; a project may have a Default of its own. */
export const ProjectId = t.brand(
  t.string,
  (s): s is t.Branded<string, ProjectIdBrand> => ID.test(s),
  'ProjectId',
);
export type ProjectId = t.TypeOf<typeof ProjectId>;

export interface CommandIdBrand {
  readonly CommandId: unique symbol;
}
/** Names one command; the same id sent again is a retry of the same command. */
export const CommandId = t.brand(
  t.string,
  (s): s is t.Branded<string, CommandIdBrand> => ID.test(s),
  'CommandId',
);
export type CommandId = t.TypeOf<typeof CommandId>;

export interface CaseIdBrand {
  readonly CaseId: unique symbol;
}
/** Names the support case under which an emergency was handled, as its tracker writes it: `SEC/1042`, `#1042`. */
export const CaseId = t.brand(
  t.string,
  (s): s is t.Branded<string, CaseIdBrand> => /^[A-Za-z0-9_.:/#-]{1,64}$/.test(s),
  'CaseId',
);
export type CaseId = t.TypeOf<typeof CaseId>;

export interface CorrelationIdBrand {
  readonly CorrelationId: unique symbol;
}
/** Ties together everything that one request of a person or a service set off. */
export const CorrelationId = t.brand(
  t.string,
  (s): s is t.Branded<string, CorrelationIdBrand> => ID.test(s),
  'CorrelationId',
);
export type CorrelationId = t.TypeOf<typeof CorrelationId>;

export interface VendorBrand {
  readonly Vendor: unique symbol;
}
/**
 * A vendor's slug, such as `anthropic`. Opaque here: whether a vendor is known is asked once, when a key is added, so
 * that a vendor that is given up later never stops a fold.
 */
export const Vendor = t.brand(
  t.string,
  (s): s is t.Branded<string, VendorBrand> => /^[a-z0-9][a-z0-9-]{0,31}$/.test(s),
  'Vendor',
);
export type Vendor = t.TypeOf<typeof Vendor>;
