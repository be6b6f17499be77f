import type { Hono } from 'hono';
import { looksLikeVendorKey } from 'keyturn';
import { randomUUID } from 'node:crypto';
import type { Admission } from '../../guards/admission';
import { USUAL_BODY } from '../../guards/bytes';
import type { HandlerOptions, Identity, ToldFault } from '../../options';
import {
  isBroken,
  misplacedSecret,
  problemOf,
  requestProblem,
  type ProblemError,
} from '../../problems/problem';
import { ASSETS } from '../assets/assets';
import { problemView } from '../parts/problemView';
import { NOTICES } from '../words/notices';
import { htmlOf } from './document';
import { keptAfter, readForm, type Form } from './form';
import { pageProblem } from './pageProblem';
import type { Onward, Page, View, Visit } from './page';
import { formToken, isFormToken, readNotice, signNotice } from './signed';

/** What pages are made with: without the secret there are none. */
export type PageOptions = HandlerOptions & { readonly csrfSecret: string };

const isOnward = (shown: View | Onward): shown is Onward => 'to' in shown;

/** An address comes back in pages and lies in histories. @throws ProblemError `text-contains-secret` */
const refuseSecrets = (params: Readonly<Record<string, string>>, query: URLSearchParams): void => {
  for (const [name, value] of [...Object.entries(params), ...query]) {
    if (looksLikeVendorKey(name)) throw misplacedSecret('address');
    if (looksLikeVendorKey(value)) throw misplacedSecret(name);
  }
};

const visitOf = (
  options: PageOptions,
  identity: Identity,
  request: Request,
  given: Readonly<Record<string, string>>,
): Visit => {
  const { workspaceId = '', ...params } = given;
  const { basePath = '', csrfSecret, keyturn } = options;
  const at = (path: string): string => `${basePath}${path}`;
  return {
    keyturn,
    identity,
    options,
    request,
    workspaceId,
    ctx: { actor: identity.actor, workspaceId },
    params,
    query: new URL(request.url).searchParams,
    token: formToken(csrfSecret, identity.sessionId),
    newAct: () => randomUUID(),
    at,
    here: (path) => at(`/workspaces/${encodeURIComponent(workspaceId)}${path}`),
    may: (permission) => identity.permissions === 'all' || identity.permissions.includes(permission),
    now: Date.now(),
  };
};

/** Puts pages under the handler: each with its form, and the assets that they use. */
export const mountPages = (
  app: Pick<Hono, 'get' | 'on'>,
  pages: ReadonlyArray<Page>,
  options: PageOptions,
  admit: Admission,
  tell: (fault: ToldFault) => void,
): void => {
  const { csrfSecret, basePath = '', limits = {} } = options;

  for (const { path, type, text } of ASSETS) {
    // Its name changes with what it is: nothing of it is anybody's.
    const headers = { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' };
    app.get(path, () => new Response(text, { headers }));
  }

  const answered = (shown: View | Onward, visit: Visit): Response => {
    if (!isOnward(shown)) {
      const given = visit.query.get('notice');
      const notice = given === null ? null : readNotice(csrfSecret, visit.identity.sessionId, given);
      return htmlOf(shown, { options, visit, notice: notice === null ? null : NOTICES(notice) });
    }
    const { to, notice } = shown;
    const sign = notice === null ? null : signNotice(csrfSecret, visit.identity.sessionId, notice);
    const location =
      sign === null
        ? to
        : `${to}${to.includes('?') ? '&' : '?'}${new URLSearchParams({ notice: sign }).toString()}`;
    return new Response(null, { status: 303, headers: { Location: location } });
  };

  const failed = (error: unknown, method: string, page: Page): ProblemError => {
    const problem = problemOf(error);
    if (isBroken(problem)) tell({ error, method, path: page.path });
    return problem;
  };

  const serve = async (
    page: Page,
    request: Request,
    params: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const { permission } = page;
    const { workspaceId } = params;
    const scope = workspaceId === undefined ? 'none' : 'workspace';
    const identity = await admit(request, { scope, permission }, workspaceId ?? '');
    const visit = visitOf(options, identity, request, params);
    refuseSecrets(params, visit.query);
    if (request.method === 'POST') return acted(page, visit);
    if (page.show === null) return answered({ to: visit.here('/keys'), notice: null }, visit);
    return answered(await page.show(visit, null), visit);
  };

  const acted = async (page: Page, visit: Visit): Promise<Response> => {
    const { act, show } = page;
    if (act === null) throw requestProblem('method-not-allowed', { headers: { Allow: 'GET, HEAD' } });
    const form: Form = await readForm(visit.request, limits.bodyBytes ?? USUAL_BODY);
    if (!isFormToken(csrfSecret, visit.identity.sessionId, form.text('token')))
      throw pageProblem('stale-form');
    try {
      if (form.misplaced !== null) throw misplacedSecret(form.misplaced);
      return answered(await act(visit, form), visit);
    } catch (error) {
      const { problem } = failed(error, 'POST', page);
      if (show === null || problem.status >= 500 || problem.status === 404) throw error;
      const again = await show(visit, { problem, kept: keptAfter(problem, form) });
      return answered(isOnward(again) ? again : { ...again, status: problem.status }, visit);
    }
  };

  for (const page of pages) {
    app.on(['GET', 'POST'], page.path, async (context) => {
      const { method } = context.req;
      try {
        return await serve(page, context.req.raw, context.req.param());
      } catch (error) {
        const problem = failed(error, method, page);
        const home = `${basePath}/`;
        const response = htmlOf(problemView(problem.problem, home), { options, visit: null, notice: null });
        for (const [name, value] of Object.entries(problem.headers)) response.headers.set(name, value);
        return response;
      }
    });
  }
};
