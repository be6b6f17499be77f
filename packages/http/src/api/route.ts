import type * as t from 'io-ts';
import type { ActContext, AuditContext, Caller, Keyturn } from 'keyturn';
import type { HandlerOptions, Identity, Permission } from '../options';

/**
 * Whose rows a route is about: of one workspace, of all that are the caller's, of the whole deployment, or of nobody.
 */
export type Scope = 'workspace' | 'own' | 'all' | 'none';

/** What the door is asked with. */
export interface ContextOf {
  readonly workspace: ActContext;
  readonly own: AuditContext;
  readonly all: { readonly actor: Caller };
  readonly none: { readonly actor: Caller };
}

type Tag = 'Keys' | 'Runs' | 'Audit log' | 'Leak review' | 'Workspaces' | 'Vendors' | 'Deployment';

/** What is documented of a route: the OpenAPI document is made of nothing else. */
export interface RouteFace {
  /** Names the operation: `addKey`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Under `/api/v1`, with its parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: Tag;
  /** What the caller has to be permitted; null for anybody who is known. */
  readonly permission: Permission | null;
  readonly scope: Scope;
  /** Of the path, but for the workspace's. */
  readonly params: t.Mixed;
  readonly query: t.Mixed;
  /** Null where none is taken. */
  readonly body: t.Mixed | null;
  readonly answer: t.Mixed;
  readonly status: 200 | 201;
  /** One entry a line instead of one JSON value. */
  readonly isStream: boolean;
  /** Takes `Idempotency-Key`. */
  readonly isAct: boolean;
  /** Is tagged, and takes `If-None-Match`. */
  readonly isTagged: boolean;
  /** What `If-Match` has to name. */
  readonly precondition: 'keyring' | 'case' | 'rehearsal' | null;
  /** Asked with `stepUp` first. */
  readonly isStepUp: boolean;
  /** Takes a customer's admin credential for a vendor: refused unless the service allows that. */
  readonly takesAdminCredential: boolean;
  /** Takes a body that is larger than others. */
  readonly isLarge: boolean;
  /** Says with `Link` where the next page is. */
  readonly isPaged: boolean;
}

/** One request that a route answers: who sent it is known, and may do it. */
export interface Serving {
  readonly keyturn: Keyturn;
  readonly identity: Identity;
  /** Empty where the path has none. */
  readonly workspaceId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly request: Request;
  readonly options: HandlerOptions;
  readonly body: () => Promise<unknown>;
}

/** A route: its face, and what answers it. */
export interface Route {
  readonly face: RouteFace;
  readonly serve: (serving: Serving) => Promise<Response>;
}
