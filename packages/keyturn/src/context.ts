import { invalidInput, quotable } from '@keyturn/domain';
import type { AnyOf } from '@keyturn/projections';
import type { CallContext } from '@keyturn/service';
import { refusalError } from './errors';
import { ANY, misfitOf, YES_OR_NO, type MembersOf } from './members';

/** Who acts. `system` is Keyturn itself, and nobody's to claim. */
export interface Caller {
  readonly kind: 'user' | 'service' | 'support';
  /**
   * Your own name for whoever acts, as an identity provider gives it (`auth0|…`, a URN); opaque to Keyturn. 1 to 256
   * printable characters of ASCII, without spaces, `"`, `<`, `>` and backticks.
   */
  readonly id: string;
  /**
   * Names a row of yours, which you can erase, with IP address and user agent: they are personal data, and the log does
   * not forget. 1 to 64 of `A-Z a-z 0-9 _ -`.
   */
  readonly originRef?: string;
}

/** Who acts, in which workspace. */
export interface ActContext {
  readonly workspaceId: string;
  readonly actor: Caller;
  /** Ties together what belongs to one request of yours; a new one is made when left out. */
  readonly correlationId?: string;
  /** What of yours caused this; the command itself when left out. */
  readonly causationId?: string;
  /**
   * The support case that this is done under, such as `SEC/1042`: every event that the act brings about has it, so that
   * the audit log shows the whole case. Queries take no notice of it.
   */
  readonly caseId?: string;
}

/** The same for a query that may look at every workspace: leave `workspaceId` out for that. */
export type ReaderContext = Omit<ActContext, 'workspaceId'> & { readonly workspaceId?: string };

/** The same for a query that may look at several workspaces as well. */
export type AuditContext = Omit<ActContext, 'workspaceId'> & { readonly workspaceId?: AnyOf<string> };

/** What every act takes beside its input. */
export interface ActOptions {
  /**
   * The same key again is the same act again: it changes nothing, and gives the first outcome. Remembered for 24 hours.
   * 1 to 64 of `A-Z a-z 0-9 _ -`. Another input under the same key is refused (`command-id-reused`).
   */
  readonly idempotencyKey?: string;
  /** When a retry's first try was issued, milliseconds since 1970: one older than 24 hours is refused. */
  readonly issuedAt?: number;
  /** Refuses the act (`revision-conflict`) unless the keyring is at exactly this revision. */
  readonly ifRevision?: number;
  /** Ends an act that is not recorded yet with the fault `cancelled`. What is recorded stays. */
  readonly signal?: AbortSignal;
  /** Only tell what would happen. */
  readonly dryRun?: boolean;
}

/** What every query takes beside its input. */
export interface QueryOptions {
  /**
   * The `position` of an act of another Keyturn: the answer has what that wrote. This Keyturn's own writes are always
   * in it. Neither is sure while an upgrade rebuilds the very list that is asked for: until then its old rows answer.
   * `projections.status()` tells of that.
   */
  readonly after?: string | null;
}

/** Signs what housekeeping does. It is Keyturn's own: the hook is not asked about it, and callers are refused it. */
export const HOUSEKEEPER: Caller = { kind: 'service', id: 'keyturn-housekeeping' };

/** Whether an actor is Keyturn's own housekeeping. */
export const isHousekeeper = ({ kind, id }: { readonly kind: string; readonly id: string }): boolean =>
  kind === HOUSEKEEPER.kind && id === HOUSEKEEPER.id;

/** What a caller passed, each member read once: who was looked at is who acts. */
const once = <A extends object>(what: string, given: A): A => {
  try {
    return { ...given };
  } catch {
    throw refusalError(invalidInput(what, 'an object that can be read'));
  }
};

/**
 * Options, or an input, each member read once: a mistyped `dryRun` would do what was only to be looked at.
 *
 * @throws KeyturnRefusal `invalid-input`
 */
export const readOnce = <A extends object>(what: string, given: A, members: MembersOf<A>): A => {
  const plain = once(what, given);
  const misfit = misfitOf(plain, members);
  if (misfit === null) return plain;
  const { name, rule } = misfit;
  const known = Object.keys(members).join(', ');
  throw refusalError(
    rule === null
      ? invalidInput(what, `an object with no members but ${known}; it has ${quotable(name)}`)
      : invalidInput(`${what}.${name}`, rule),
  );
};

/** What every act takes. */
export const ACT_OPTIONS: MembersOf<ActOptions> = {
  idempotencyKey: ANY,
  issuedAt: ANY,
  ifRevision: ANY,
  signal: ANY,
  dryRun: YES_OR_NO,
};

/** The service's own form of both. @throws KeyturnRefusal `invalid-input` for housekeeping's own name */
export const callContext = (given: ActContext, options: ActOptions = {}): CallContext => {
  const { workspaceId, actor: whoever, correlationId, causationId, caseId } = once('context', given);
  const { idempotencyKey, issuedAt, ifRevision, signal } = once('options', options);
  const actor = once('actor', whoever);
  if (isHousekeeper(actor)) throw refusalError(invalidInput('actor.id', "another name than Keyturn's own"));
  return {
    workspaceId,
    actor,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(causationId === undefined ? {} : { causationId }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(idempotencyKey === undefined ? {} : { commandId: idempotencyKey }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(ifRevision === undefined ? {} : { expectedRevision: ifRevision }),
    ...(signal === undefined ? {} : { signal }),
  };
};
