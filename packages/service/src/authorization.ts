import {
  KeyId,
  looksLikeVendorKey,
  notPermitted,
  ProjectId,
  RunId,
  Vendor,
  type Actor,
  type CommandBody,
  type Refusal,
  type WorkspaceId,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import type * as t from 'io-ts';
import { ServiceFault } from './failure';

/** What changes something: a command of the keyring, a test call, a sweep. */
export type CommandAction =
  | Exclude<
      CommandBody['type'],
      | 'AbandonAdd'
      | 'StartTestCall'
      | 'RecordValidation'
      | 'ConfirmDestruction'
      | 'RenewLogKey'
      | 'DestroyWorkspaceKeys'
    >
  | 'ValidateKey'
  /** With the customer's own admin credential: asks the vendor's list, and revokes a key there. */
  | 'RevokeAtVendor'
  | 'Sweep';

/** What only reads. */
export type QueryAction =
  /** The key list, or one key of it: then the target names it. */
  | 'ListKeys'
  /** Which keys have a secret, an ending or an id: of one workspace, or of all. */
  | 'FindKeys'
  /** Keys that are due for rotation: of one workspace, or of all. */
  | 'ListKeysDue'
  | 'ListRuns'
  /** Which workspaces there are: of all of them, or whether one is. */
  | 'ListWorkspaces'
  /** The audit log: its pages and its counts. */
  | 'ReadAudit'
  /** The keyring as it stood at a time. */
  | 'ReadHistory'
  /** Whether log and vault are what was written: of one workspace, or of all. */
  | 'Verify';

/** What an actor wants to do. */
export type Action = CommandAction | QueryAction;

/**
 * What else the action may bring about: a Default moves, Defaults of projects that the target does not name move as
 * well, a vendor is called with the key, the caller gets the secret. The hook may refuse the action for one of these.
 */
export type ImpliedEffect =
  'default-changes' | 'project-defaults-change' | 'secret-released' | 'vendor-called';

/** Of what takes a key away, or puts another one in its place everywhere. */
export const EVERY_DEFAULT: ReadonlyArray<ImpliedEffect> = ['default-changes', 'project-defaults-change'];

/** What an action is about, as far as the request names it. */
export interface AuthorizationTarget {
  readonly keyId?: KeyId;
  readonly runId?: RunId;
  readonly projectId?: ProjectId;
  readonly vendor?: Vendor;
}

/** One question to the hook. */
export interface AuthorizationRequest {
  readonly actor: Actor;
  readonly action: Action;
  /** Null for a query over all workspaces, and for nothing else. */
  readonly workspaceId: WorkspaceId | null;
  /** Ids that are none are left out: the hook is asked before the request is checked. */
  readonly target: AuthorizationTarget;
  readonly impliedEffects: ReadonlyArray<ImpliedEffect>;
}

/** The part of a question that depends on the use case. */
export type Question = Pick<AuthorizationRequest, 'action' | 'impliedEffects' | 'target'>;

/**
 * The embedding service's rule of who may do what. Resolves to true for yes. A rejection is a fault, never a yes.
 *
 * @example
 * const authorize: Authorize = async ({ actor, workspaceId }) =>
 *   workspaceId !== null && membership.has(workspaceId, actor.id);
 */
export type Authorize = (request: AuthorizationRequest) => Promise<boolean>;

/** The same members as they come from a caller: unchecked. */
export type UncheckedTarget = { readonly [Member in keyof AuthorizationTarget]?: string | undefined };

/** A key that was pasted into the wrong field is shown to nobody. */
const checked = <A extends string>(codec: t.Type<A, unknown>, text: unknown): A | undefined =>
  codec.is(text) && !looksLikeVendorKey(text) ? text : undefined;

/** Keeps what is an id, and leaves out the rest. */
export const targetOf = (unchecked: UncheckedTarget): AuthorizationTarget => {
  const keyId = checked(KeyId, unchecked.keyId);
  const runId = checked(RunId, unchecked.runId);
  const projectId = checked(ProjectId, unchecked.projectId);
  const vendor = checked(Vendor, unchecked.vendor);
  return {
    ...(keyId === undefined ? {} : { keyId }),
    ...(runId === undefined ? {} : { runId }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(vendor === undefined ? {} : { vendor }),
  };
};

/** Runs the hook: `not-permitted` for a no, `authorisation-failed` when the hook itself fails. */
export const authorised =
  (authorize: Authorize) =>
  (request: AuthorizationRequest): TE.TaskEither<Refusal | ServiceFault, void> =>
  async () => {
    try {
      const permitted: unknown = await authorize(request);
      return permitted === true ? E.right(undefined) : E.left(notPermitted(request.actor, request.action));
    } catch (cause) {
      return E.left(
        new ServiceFault(
          'authorisation-failed',
          'The authorisation hook failed, so nothing was done. Mend the hook, then try again.',
          { cause },
        ),
      );
    }
  };
