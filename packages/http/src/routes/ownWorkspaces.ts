import type { Caller, Keyturn, ListedWorkspace, QueryOptions, WorkspacesPage } from 'keyturn';

const USUAL_PAGE = 50;

/**
 * A page of those workspaces that are the caller's, by id. The door is asked about each: it lists one, or all of
 * them.
 */
export const ownWorkspaces = async (
  keyturn: Pick<Keyturn, 'workspaces'>,
  actor: Caller,
  own: ReadonlyArray<string>,
  { limit = USUAL_PAGE, cursor }: { readonly limit?: number; readonly cursor?: string },
  options: QueryOptions,
): Promise<Omit<WorkspacesPage, 'log'>> => {
  const left = [...new Set(own)].sort().filter((id) => cursor === undefined || id > cursor);
  const found: ListedWorkspace[] = [];
  let next: string | null = cursor ?? null;
  for (const workspaceId of left) {
    if (found.length === limit) return { workspaces: found, next, more: true };
    const page = await keyturn.workspaces.list({ actor, workspaceId }, {}, options);
    found.push(...page.workspaces);
    next = workspaceId;
  }
  return { workspaces: found, next, more: false };
};
