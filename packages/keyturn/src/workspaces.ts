import type { Keyturn as Service } from '@keyturn/service';
import { makeAct, type Act, type ActParts } from './act';
import type { WorkspaceReading } from './workspaceReading';
import type { WorkspaceClosing } from './results';

export interface CloseWorkspaceInput {
  /** The support case that it is closed under. */
  readonly caseId: string;
}

/** The workspaces themselves. There is a workspace as soon as a key is added to it. */
export interface Workspaces {
  /**
   * Closes a workspace whose owner leaves, for good. From then on no key comes on file and no run gets one
   * (`workspace-closed`). Its keys are hard-deleted and destroyed, which interrupts the runs that hold them; runs can
   * still be finished. Where this was cut off, housekeeping or the same act again goes on. With `dryRun` it tells every
   * key that would go, and the runs that this would interrupt.
   *
   * One that is closed already stays closed under its first case, and gives what came of that. Nothing opens it again:
   * an owner who comes back gets a workspace of another name.
   *
   * Refuses `unknown-workspace`: a mistyped name closes nothing.
   *
   * @example
   * const { keys } = await keyturn.workspaces.close(ctx, { caseId: 'LEFT-3' });
   * for (const { key, state, receipt } of keys) console.log(key.display, state, receipt?.destroyedAt);
   */
  readonly close: Act<CloseWorkspaceInput, WorkspaceClosing>;
  /**
   * Every workspace that there is, closed ones too, by id: its keys by state, its Default, when somebody was last
   * active. `authorize` is asked for `ListWorkspaces` with `workspaceId: null`. Of one workspace alone where the
   * context names it; empty then means that no event names it.
   *
   * @example
   * for (let cursor: string | undefined; ;) {
   *   const page = await keyturn.workspaces.list({ actor }, cursor === undefined ? {} : { cursor });
   *   for (const { workspaceId, keys, closedAt } of page.workspaces) console.log(workspaceId, keys.active, closedAt);
   *   if (!page.more || page.next === null) break;
   *   cursor = page.next;
   * }
   */
  readonly list: WorkspaceReading['listWorkspaces'];
  /** One workspace. Refuses `unknown-workspace` where no event names it. */
  readonly get: WorkspaceReading['getWorkspace'];
  /**
   * The workspace that was probably meant by a name that no event names; null where none is near. With `asTheyStand`
   * nothing is waited for, and lists that are behind know it too late: for a hint beside what is done already. Asks for
   * `ListWorkspaces` of all: who may not list them is not told their names.
   */
  readonly nearest: WorkspaceReading['nearestWorkspace'];
}

export const makeWorkspaces = (service: Service, reading: WorkspaceReading, parts: ActParts): Workspaces => ({
  close: makeAct(parts)(service.closeWorkspace, service.foresee.closeWorkspace, (closing) => closing),
  list: reading.listWorkspaces,
  get: reading.getWorkspace,
  nearest: reading.nearestWorkspace,
});
