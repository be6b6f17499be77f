import { KEYRING_STREAM_PREFIX, WorkspaceId, workspaceOfStream } from '@keyturn/domain';
import type { EventStore, Position } from '@keyturn/event-store';
import type { RowListing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { setImmediate as turn } from 'node:timers/promises';
import type { Fault } from '../failure';

const WORKSPACES_PER_PAGE = 1_000;
const EVENTS_PER_PAGE = 1_000;

/** Every workspace that the vault has a key of. */
export const workspacesOfVault = async (
  vault: Pick<RowListing, 'workspaceIds'>,
): Promise<E.Either<Fault, ReadonlyArray<WorkspaceId>>> => {
  const found: WorkspaceId[] = [];
  for (let after: string | null = null; ;) {
    const page: E.Either<Fault, ReadonlyArray<string>> = await vault.workspaceIds(
      after,
      WORKSPACES_PER_PAGE,
    )();
    if (E.isLeft(page)) return page;
    found.push(...page.right.filter(WorkspaceId.is));
    after = page.right.at(-1) ?? null;
    if (after === null) return E.right(found);
  }
};

/** Every workspace that the log has an event of, in no order, and how many events of keyrings there are. */
export const workspacesOfLog = async (
  store: Pick<EventStore, 'readAll'>,
  onEvents: (soFar: number) => void,
): Promise<E.Either<Fault, { readonly workspaces: ReadonlySet<WorkspaceId>; readonly events: number }>> => {
  const workspaces = new Set<WorkspaceId>();
  let events = 0;
  let after: Position | null = null;
  for (;;) {
    const page: Awaited<ReturnType<ReturnType<EventStore['readAll']>>> = await store.readAll({
      ...(after === null ? {} : { after }),
      streamPrefix: KEYRING_STREAM_PREFIX,
      limit: EVENTS_PER_PAGE,
    })();
    if (E.isLeft(page)) return page;
    for (const { stream } of page.right.events) {
      const workspaceId = workspaceOfStream(stream);
      if (workspaceId !== null) workspaces.add(workspaceId);
    }
    events += page.right.events.length;
    onEvents(events);
    if (page.right.end || page.right.readTo === after) return E.right({ workspaces, events });
    after = page.right.readTo;
    await turn();
  }
};
