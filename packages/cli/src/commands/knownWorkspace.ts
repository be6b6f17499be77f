import type { KeyturnReader, ReaderContext } from 'keyturn';

/**
 * Asked where nothing was found in a workspace: one that no event names would answer as if nothing had happened.
 *
 * @throws KeyturnRefusal `unknown-workspace`
 */
export const refuseUnknownWorkspace = async (
  { workspaces }: Pick<KeyturnReader, 'workspaces'>,
  { workspaceId, actor }: ReaderContext,
): Promise<void> => {
  if (workspaceId !== undefined) await workspaces.get({ workspaceId, actor });
};
