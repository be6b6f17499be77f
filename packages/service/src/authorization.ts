import type { Actor, CommandBody, Refusal, WorkspaceId } from '@keyturn/domain';
import { notPermitted } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type * as TE from 'fp-ts/TaskEither';
import { ServiceFault } from './failure';

/** What an actor wants: a command, or one of the accesses that are no command. */
export type Action =
  | Exclude<CommandBody['type'], 'AbandonAdd' | 'StartTestCall' | 'RecordValidation' | 'ConfirmDestruction'>
  | 'ValidateKey'
  | 'Sweep'
  | 'ReadHistory';

/**
 * What else the action may bring about: a Default moves, a vendor is called with the key, the caller gets the secret. The
 * hook may refuse the action for one of these.
 */
export type ImpliedEffect = 'default-changes' | 'secret-released' | 'vendor-called';

export interface AuthorizationRequest {
  readonly actor: Actor;
  readonly workspaceId: WorkspaceId;
  readonly action: Action;
  readonly impliedEffects: ReadonlyArray<ImpliedEffect>;
}

/**
 * The embedding service's rule of who may do what. Resolves to true for yes. A rejection is a fault, never a yes.
 *
 * @example
 * const authorize: Authorize = async ({ actor, workspaceId }) => membership.has(workspaceId, actor.id);
 */
export type Authorize = (request: AuthorizationRequest) => Promise<boolean>;

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
