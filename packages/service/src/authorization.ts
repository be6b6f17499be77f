import type { Actor, CommandBody, Refusal, WorkspaceId } from '@keyturn/domain';
import { notPermitted } from '@keyturn/domain';
import * as TE from 'fp-ts/TaskEither';
import { ServiceFault } from './failure';

/** What an actor wants: a command, or one of the accesses that are no command. */
export type Action =
  | Exclude<CommandBody['type'], 'AbandonAdd' | 'StartTestCall' | 'RecordValidation' | 'ConfirmDestruction'>
  | 'ValidateKey'
  | 'ReadHistory';

/** What else the action brings about when it is done: the hook may refuse the action for one of these. */
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
      const permitted = await authorize(request);
      return permitted === true
        ? { _tag: 'Right', right: undefined }
        : { _tag: 'Left', left: notPermitted(request.actor, request.action) };
    } catch (cause) {
      return {
        _tag: 'Left',
        left: new ServiceFault(
          'authorisation-failed',
          'The authorisation hook failed, so nothing was done. Mend the hook, then try again.',
          { cause },
        ),
      };
    }
  };
