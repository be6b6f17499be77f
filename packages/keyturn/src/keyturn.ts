import type { Catalogue, Policy } from '@keyturn/domain';
import type { AuthorizationRequest, ServiceLog } from '@keyturn/service';
import type { Audit, History } from './audit';
import type { MasterKeyOption } from './deployment/masterKey';
import type { PlaceOptions } from './deployment/place';
import type { Health } from './health';
import type { Housekeeping } from './housekeeping';
import type { Keys } from './keys';
import type { Support } from './support';
import type { Log } from './log';
import type { Projections } from './projections';
import type { Runs } from './runs';
import type { VendorAccess } from './testCalls';
import type { Vendors } from './vendors';
import type { VerifyDeployment } from './verify';
import type { Contacts } from './whoseFault';
import type { Workspaces } from './workspaces';

/**
 * Your rule of who may do what: true for yes. Asked before anything else, for every act, every query of keys, runs,
 * audit log and history, and every secret that is handed out. What it throws is a fault (`authorisation-failed`), never
 * a yes.
 */
export type Authorize = (request: AuthorizationRequest) => boolean | Promise<boolean>;

/** How Keyturn is opened. Where its parts lie is said by `directory`, or by `eventStore`, `vault` and `readModels`. */
export interface KeyturnOptions extends PlaceOptions, VendorAccess, Contacts {
  readonly masterKey: MasterKeyOption;
  readonly authorize: Authorize;
  /**
   * `never`: a deployment that is not there is a fault, since a volume that is not mounted must not found a new vault.
   * `if-missing`: one is made, and only where event store, vault and master key file are all absent. `never` when left
   * out.
   */
  readonly create?: 'never' | 'if-missing';
  /** The deployment that is expected; another one is the fault `other-vault`. Any when left out. */
  readonly deploymentId?: string;
  /** Whether this process projects, sweeps and ends lapsed leases. True when left out; one process at least has to. */
  readonly housekeeping?: boolean;
  /**
   * Write nothing, be it while opening or later: sweeps and acts are taken with `dryRun` alone, and there is no
   * housekeeping. False when left out.
   */
  readonly dryRunOnly?: boolean;
  /**
   * Where Keyturn reports what it does, each line with who acted: ids and codes, no free text, nothing of a secret. Any
   * pino logger fits.
   */
  readonly log?: ServiceLog;
  /**
   * Whether OpenTelemetry is told what Keyturn does, as `docs/running.md` says. True when left out, and then by what is
   * set up in this process before: nothing is told where nothing is.
   */
  readonly telemetry?: boolean;
  /** The deployment's limits; `defaultPolicy` of `@keyturn/domain` when left out. */
  readonly policy?: Policy;
  /** The words of lists, audit log and test calls; English when left out. */
  readonly words?: Catalogue;
  /**
   * Days after which a key is due for rotation (`rotateBy`, `keys.due`); 90 when left out. Nothing is refused to a key
   * that is due.
   */
  readonly rotateAfterDays?: number;
  /**
   * Days after which housekeeping test-calls an active key again, give or take a fifth; never when left out. Each five
   * minutes 60 keys of a vendor at most. One "no" does not disable a key, and a Default that stops working is not
   * replaced.
   */
  readonly revalidateAfterDays?: number;
  /** Test calls that a workspace may make in a minute through this process; 60 when left out. */
  readonly testCallsPerMinute?: number;
}

/** An open Keyturn. */
export interface Keyturn {
  /** Random: names the vault and, with it, the deployment. */
  readonly deploymentId: string;
  readonly keys: Keys;
  readonly runs: Runs;
  readonly workspaces: Workspaces;
  readonly audit: Audit;
  readonly history: History;
  readonly vendors: Vendors;
  readonly support: Support;
  readonly log: Log;
  readonly projections: Projections;
  readonly housekeeping: Housekeeping;
  /**
   * Looks whether events, vault and read models are what was written, and changes nothing: of one workspace, or of all
   * of them where `workspaceId` is left out. Everything is read; services may go on meanwhile. What is wrong is in
   * `findings`, and is not thrown.
   *
   * Refuses `not-permitted`. Faults: `other-vault`, `other-event-store`, `cancelled`; those of vault and store.
   *
   * @example
   * const { findings } = await keyturn.verify({ actor });
   * for (const { workspaceId, what, next } of findings) console.error(workspaceId, what, next);
   */
  readonly verify: VerifyDeployment;
  /**
   * How this Keyturn is. Nothing is swept or projected for it, so it is fit for a readiness probe. What is broken is
   * in the answer, and not thrown.
   *
   * Faults: `closed`.
   *
   * @example
   * const { status, vault } = await keyturn.health();
   * if (status === 'failing') console.error(vault.fault);
   */
  readonly health: () => Promise<Health>;
  /**
   * Begins nothing new (`closed`). Functions of `runs.use` get `drainMs` (10,000 when left out) to end; then their
   * `signal` aborts, and their runs are finished `cancelled`. Acts under way come to their end. Then everything is
   * closed.
   */
  readonly close: (options?: { readonly drainMs?: number }) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}
