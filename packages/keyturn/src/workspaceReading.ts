import { unknownWorkspace } from '@keyturn/domain';
import type { ListedWorkspace, LogStanding } from '@keyturn/projections';
import { AS_THEY_STAND, READS, USUAL_PAGE, type Asked } from './asking';
import { askedFor } from './askedFor';
import { NUMBER, TEXT, YES_OR_NO } from './members';
import type { ActContext, QueryOptions, ReaderContext } from './context';
import { refusalError } from './errors';
import { settled } from './settle';
import type { Vendors } from './vendors';
import { vendorTroubles } from './whoseFault';

export type { ListedWorkspace };

export interface WorkspacesQuery {
  /** 1 to 1,000; 50 when left out. */
  readonly limit?: number;
  /** The `next` of the page before. */
  readonly cursor?: string;
}

export interface WorkspacesPage {
  /** What vouches for it. */
  readonly log: LogStanding;
  /** By id. */
  readonly workspaces: ReadonlyArray<ListedWorkspace>;
  /** Where this page ended; null only when there was nothing at all. */
  readonly next: string | null;
  readonly more: boolean;
}

/** Which workspaces there are. */
export interface WorkspaceReading {
  readonly listWorkspaces: (
    ctx: ReaderContext,
    query?: WorkspacesQuery,
    options?: QueryOptions,
  ) => Promise<WorkspacesPage>;
  readonly getWorkspace: (ctx: ActContext, options?: QueryOptions) => Promise<ListedWorkspace>;
  readonly nearestWorkspace: (
    ctx: Omit<ReaderContext, 'workspaceId'>,
    named: string,
    options?: { readonly asTheyStand?: boolean },
  ) => Promise<string | null>;
  readonly vendorTroubles: Vendors['troubles'];
}

export const makeWorkspaceReading = (asked: Asked): WorkspaceReading => ({
  listWorkspaces: async (ctx, query = {}, options = {}) => {
    const { workspaceId } = ctx;
    const { limit = USUAL_PAGE, cursor } = askedFor(query, { limit: NUMBER, cursor: TEXT });
    return asked(ctx, 'ListWorkspaces', {}, options, async (models) => {
      const log = await settled(models.logOf(READS.ListWorkspaces, workspaceId));
      if (workspaceId === undefined) {
        const after = cursor === undefined ? {} : { after: cursor };
        return { ...(await settled(models.listWorkspaces({ limit, ...after }))), log };
      }
      const found = await settled(models.findWorkspace(workspaceId));
      return {
        log,
        workspaces: found === null ? [] : [found],
        next: found === null ? null : workspaceId,
        more: false,
      };
    });
  },
  getWorkspace: (ctx, options = {}) => {
    const { workspaceId } = ctx;
    return asked(ctx, 'ListWorkspaces', {}, options, async (models) => {
      const found = await settled(models.findWorkspace(workspaceId));
      if (found === null) throw refusalError(unknownWorkspace(workspaceId));
      return found;
    });
  },
  nearestWorkspace: async ({ actor }, named, options = {}) => {
    const { asTheyStand = false } = askedFor(options, { asTheyStand: YES_OR_NO });
    return asked({ actor }, 'ListWorkspaces', {}, asTheyStand ? AS_THEY_STAND : {}, (models) =>
      settled(models.nearestWorkspace(named)),
    );
  },
  vendorTroubles: ({ actor }) =>
    asked({ actor }, 'ListWorkspaces', {}, {}, async (models) =>
      vendorTroubles(await settled(models.vendorTroubles)),
    ),
});
