import type { KeyturnReader } from 'keyturn';
import type { Session } from '../session';

interface WithWorkspaces {
  readonly workspaces: Pick<KeyturnReader['workspaces'], 'nearest'>;
}

/** Nobody waits longer for a hint: lists that are far behind need minutes. */
const LONGEST_MS = 1_000;

/**
 * The workspace that was probably meant; null where none is near, and where the lists can't tell in time. It is looked
 * up without the vault, which would check every seal first.
 */
export const nearestWorkspace = async (
  session: Pick<Session, 'asReaderOfAll'> & { readonly reader: () => Promise<WithWorkspaces> },
  workspace: string,
): Promise<string | null> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LONGEST_MS);
  });
  try {
    const { workspaces } = await session.reader();
    return await Promise.race([workspaces.nearest(session.asReaderOfAll(), workspace), tooLate]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
};
