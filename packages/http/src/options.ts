import type { Action, Caller, Keyturn } from 'keyturn';
import type { Branding } from './pages/frame/branding';

/** What somebody may do here: the door's own actions, and to look at the deployment's health. */
export type Permission = Action | 'ReadHealth';

/** Who sent a request, as the embedding service knows it. */
export interface Identity {
  /** Stands in the log as the one who acts. */
  readonly actor: Caller;
  /** Those that are the caller's. Every other one is answered as if it did not exist. */
  readonly workspaces: ReadonlyArray<string> | 'all';
  /**
   * What the caller may do in them: the first fence. `authorize` of `openKeyturn` is asked all the same, with the key
   * and what else an act is about.
   */
  readonly permissions: ReadonlyArray<Permission> | 'all';
  /** Names the session, or the token: requests are counted by it. */
  readonly sessionId: string;
}

/** An act that is asked about once more, since it can't be taken back or belongs to a leak case. */
export interface StepUpAct {
  readonly action: Action;
  readonly workspaceId: string;
  readonly keyId: string | null;
  readonly caseId: string | null;
}

/** Bounds of what is taken. */
export interface Limits {
  /** Bytes of a body; 65,536 when left out. A body with a vendor's usage may have 2 MiB. */
  readonly bodyBytes?: number;
  /** Requests of one session in a minute; 600 when left out. */
  readonly requestsPerMinute?: number;
  /** Milliseconds that adding a key waits for its test call before it answers "pending"; 5,000 when left out. */
  readonly testCallMs?: number;
}

/** A request that came to nothing because of this side. */
export interface ToldFault {
  /** What was thrown. It holds no secret of a customer. */
  readonly error: unknown;
  readonly method: string;
  /** As the OpenAPI document has it, without what a caller put into it; null where none fits. */
  readonly path: string | null;
}

/** How a handler is made. */
export interface HandlerOptions {
  readonly keyturn: Keyturn;
  /** Where it is mounted, such as `/settings/keys`; at the root when left out. */
  readonly basePath?: string;
  /**
   * The origin that browsers see, such as `https://app.example`, where a proxy ends TLS or changes the name. Left out:
   * that of the request.
   */
  readonly origin?: string;
  /** Your session or token; null for nobody. It must not read the body. */
  readonly identify: (request: Request) => Identity | null | Promise<Identity | null>;
  /**
   * Whether somebody has logged in freshly enough for this act: a hard delete, closing a workspace, an act of a leak
   * case. Its request has no body any more. `() => true` asks nobody.
   */
  readonly stepUp: (request: Request, act: StepUpAct) => boolean | Promise<boolean>;
  /**
   * Whether a customer's own admin credential for a vendor is taken (`findAtVendor`, `usageAtVendor`,
   * `revokeAtVendor`). False when left out: whoever gets used to typing such a credential into a page types it into a
   * thief's.
   */
  readonly allowVendorAdminCredentials?: boolean;
  readonly limits?: Limits;
  /**
   * At least 32 characters, the same in every process that serves the screens: what forms are signed with. There are no
   * screens without it, only the API.
   */
  readonly csrfSecret?: string;
  /** How the screens look. */
  readonly branding?: Branding;
  /** Origins, such as `https://app.example`, whose pages may show the screens in a frame; none when left out. */
  readonly frameAncestors?: ReadonlyArray<string>;
  /** Told of what broke here: the caller is not told why. */
  readonly onFault?: (fault: ToldFault) => void;
}
