import type { Child } from 'hono/jsx';
import type { ActContext, Keyturn } from 'keyturn';
import type { HandlerOptions, Identity, Permission } from '../../options';
import type { Problem } from '../../problems/problem';
import type { Form } from './form';

/** One visit of a page: who came is known, and may. */
export interface Visit {
  readonly keyturn: Keyturn;
  readonly identity: Identity;
  readonly options: HandlerOptions;
  readonly request: Request;
  /** Empty for a page of no workspace. */
  readonly workspaceId: string;
  /** The leak case that this is done under, as the address names it; null for none. */
  readonly caseId: string | null;
  /** Under that case, too: what is done carries it. */
  readonly ctx: ActContext;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** What belongs into each form: the session's token, and a name for the act that is one however often it is sent. */
  readonly token: string;
  readonly newAct: () => string;
  /** An address under the handler's own. */
  readonly at: (path: string) => string;
  /** An address under this workspace's; under the handler's own where the page is of none. */
  readonly here: (path: string) => string;
  /** Whether `identify` permits it. The door is asked all the same. */
  readonly may: (permission: Permission) => boolean;
  readonly now: number;
}

/** Screens that the head of a page leads to. */
export type Screen = 'keys' | 'runs' | 'activity' | 'leaks' | 'health';

/** What a page shows. */
export interface View {
  readonly title: string;
  readonly screen: Screen | null;
  readonly body: Child;
  /** 200 when left out. */
  readonly status?: number;
}

/** Where a browser goes after an act, and what it is told there once. */
export interface Onward {
  readonly to: string;
  readonly notice: { readonly code: string; readonly about: string } | null;
}

/** A file to be kept: the page that it was asked for on stays. */
export interface Download {
  /** Letters, digits, `.`, `_` and `-`. */
  readonly file: string;
  readonly type: string;
  readonly text: string;
}

/** A form that came to nothing: it is shown again with what was wrong, and without any secret. */
export interface Failed {
  readonly problem: Problem;
  readonly kept: ReadonlyMap<string, string>;
}

/** A page, and the act of its form. */
export interface Page {
  /** As the router has it. */
  readonly path: string;
  readonly permission: Permission | null;
  /** Looks over all workspaces: for callers of all of them alone. */
  readonly isForAll?: boolean;
  /** Takes a form that is larger than others. */
  readonly isLarge?: boolean;
  /** Null for an act that has no page of its own: what refuses it is told by itself. */
  readonly show: ((visit: Visit, failed: Failed | null) => Promise<View | Onward | Download>) | null;
  readonly act: ((visit: Visit, form: Form) => Promise<View | Onward | Download>) | null;
}

/** What was sent, where it may be shown again. */
export const keptText = (failed: Failed | null, name: string, otherwise = ''): string =>
  failed === null ? otherwise : (failed.kept.get(name) ?? '');
