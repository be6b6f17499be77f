import { need } from './frame/need';
import type { Page, Visit } from './frame/page';
import { Text } from './parts/text';
import { WORDS } from './words/words';

const MOST = 1_000;

const ownWorkspaces = async (visit: Visit): Promise<ReadonlyArray<string>> => {
  const { identity, keyturn } = visit;
  if (identity.workspaces !== 'all') return identity.workspaces;
  need(visit, 'ListWorkspaces');
  const { workspaces } = await keyturn.workspaces.list({ actor: identity.actor }, { limit: MOST });
  return workspaces.map(({ workspaceId }) => workspaceId);
};

const keysAt = ({ at }: Visit, workspaceId: string): string =>
  at(`/workspaces/${encodeURIComponent(workspaceId)}/keys`);

/** The caller's workspaces; where that is one, its keys. */
export const homePage: Page = {
  path: '/',
  permission: null,
  show: async (visit) => {
    const own = await ownWorkspaces(visit);
    const [only, ...others] = own;
    if (only !== undefined && others.length === 0) return { to: keysAt(visit, only), notice: null };
    return {
      title: WORDS.workspaces.title,
      screen: null,
      body: (
        <>
          <h1>{WORDS.workspaces.title}</h1>
          {own.length === 0 ? (
            <p>{WORDS.workspaces.none}</p>
          ) : (
            <ul>
              {own.map((workspaceId) => (
                <li>
                  <a href={keysAt(visit, workspaceId)}>
                    <Text>{workspaceId}</Text>
                  </a>
                </li>
              ))}
            </ul>
          )}
          {visit.identity.workspaces === 'all' && visit.may('FindKeys') && (
            <p>
              <a href={visit.at('/leaks')}>{WORDS.leaks.titleOfAll}</a>
            </p>
          )}
        </>
      ),
    };
  },
  act: null,
};
