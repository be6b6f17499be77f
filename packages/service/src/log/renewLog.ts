import { CommandId, CorrelationId, WorkspaceId } from '@keyturn/domain';
import type { RowListing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { CommandHandler } from '../commandHandler';
import type { Failure } from '../failure';
import { newId } from '../newId';
import type { Witnesses } from './witnesses';
import { followUp } from '../systemCommand';

const WORKSPACES_PER_PAGE = 100;

/**
 * Has every workspace's log go over to the vault's new log key: LogKeyRenewed, sealed by it and witnessed. What lies
 * before is vouched for by the witness from then on. Run again, it goes on with those that are left. Gives the first
 * fault of a workspace whose log could not go over, when all others have: its old seals would be worth nothing once the
 * old key is gone.
 */
export const makeRenewLog =
  (parts: {
    readonly clock: () => number;
    readonly handler: Pick<CommandHandler, 'handle'>;
    readonly vault: Pick<RowListing, 'workspaceIds'>;
    readonly witnesses: Pick<Witnesses, 'keep'>;
  }) =>
  (number: number): TaskEither<Failure, void> =>
  async () => {
    const { clock, handler, vault, witnesses } = parts;
    const correlationId = newId(CorrelationId);
    let outcome: E.Either<Failure, void> = E.right(undefined);
    for (let after: string | null = null; ;) {
      const page: E.Either<Failure, ReadonlyArray<string>> = await vault.workspaceIds(
        after,
        WORKSPACES_PER_PAGE,
      )();
      if (E.isLeft(page)) return page;
      for (const workspaceId of page.right.filter(WorkspaceId.is)) {
        const cause = { workspaceId, commandId: newId(CommandId), correlationId };
        const renewed = await handler.handle(followUp(cause, clock(), { type: 'RenewLogKey', number }))();
        // Also where an earlier try has appended: before the vault knows of it, the old key must not go.
        const kept = E.isLeft(renewed) ? renewed : await witnesses.keep(workspaceId);
        if (E.isLeft(kept)) outcome = E.isLeft(outcome) ? outcome : kept;
      }
      after = page.right.at(-1) ?? null;
      if (after === null) return outcome;
    }
  };
