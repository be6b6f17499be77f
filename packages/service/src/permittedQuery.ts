import { invalidInput, WorkspaceId, type Actor } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf, type Authorize, type QueryAction, type UncheckedTarget } from './authorization';
import { askedFor } from './commanding';
import { actorOf, decoded, type CallContext } from './context';
import type { Failure } from './failure';
import type { ServiceLog } from './options';

/** Who asks, and of which workspace; null for all of them. */
export interface QueryContext extends Pick<CallContext, 'actor' | 'signal'> {
  readonly workspaceId: string | null;
}

/** A checked query context. */
export interface Reader {
  readonly workspaceId: WorkspaceId | null;
  readonly actor: Actor;
}

const acrossWorkspaces: { readonly [A in QueryAction]: boolean } = {
  ListKeys: false,
  ListKeysDue: true,
  FindKeys: true,
  ListRuns: false,
  ListWorkspaces: true,
  ReadAudit: true,
  ReadHistory: false,
  Verify: true,
};

/**
 * Asks the hook whether a query may be answered; for queries that need nothing else of the service. To be called before
 * anything is read.
 *
 * Only `ListKeysDue`, `FindKeys`, `ListWorkspaces`, `ReadAudit` and `Verify` may be asked of all workspaces
 * (`workspaceId: null`).
 *
 * Refuses `invalid-input`, `not-permitted`. Faults: `authorisation-failed`, `cancelled`.
 *
 * @param log - gets a line for each no
 *
 * @example
 * const mayRead = permittedQuery(authorize, log);
 * const reader = await mayRead({ workspaceId: 'acme', actor }, 'ListKeys', { keyId })();
 */
export const permittedQuery =
  (authorize: Authorize, log: ServiceLog) =>
  (
    { workspaceId, actor, signal }: QueryContext,
    action: QueryAction,
    target: UncheckedTarget = {},
  ): TaskEither<Failure, Reader> =>
  async () => {
    const checkedActor = actorOf(actor);
    if (E.isLeft(checkedActor)) return checkedActor;
    if (workspaceId === null && !acrossWorkspaces[action]) {
      return E.left(invalidInput('workspaceId', `one workspace's id, for ${action}`));
    }
    const workspace = workspaceId === null ? E.right(null) : decoded(WorkspaceId, 'workspaceId', workspaceId);
    if (E.isLeft(workspace)) return workspace;
    const reader: Reader = { workspaceId: workspace.right, actor: checkedActor.right };
    const answer = await askedFor(
      { authorize, log },
      { ...reader, action, impliedEffects: [], target: targetOf(target) },
      signal,
    );
    return E.isLeft(answer) ? answer : E.right(reader);
  };
