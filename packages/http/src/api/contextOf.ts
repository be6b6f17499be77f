import { unknownWorkspace } from '../problems/problem';
import type { Identity } from '../options';
import type { ContextOf, Scope } from './route';

type Contexts = {
  readonly [S in Scope]: (identity: Identity, workspaceId: string) => ContextOf[S];
};

const CONTEXTS: Contexts = {
  workspace: ({ actor }, workspaceId) => ({ actor, workspaceId }),
  own: ({ actor, workspaces }) => {
    if (workspaces === 'all') return { actor };
    if (workspaces.length === 0) throw unknownWorkspace();
    return { actor, workspaceId: workspaces };
  },
  all: ({ actor }) => ({ actor }),
  none: ({ actor }) => ({ actor }),
};

/** What the door is asked with. */
export const contextOf = <S extends Scope>(scope: S, identity: Identity, workspaceId: string): ContextOf[S] =>
  CONTEXTS[scope](identity, workspaceId);
