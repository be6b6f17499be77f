import type { Hono } from 'hono';
import { CASE_RULE, isCaseId, looksLikeSecret, looksLikeVendorKey } from 'keyturn';
import { randomUUID } from 'node:crypto';
import { isPermitted, type Admission } from '../../guards/admission';
import { LARGE_BODY, USUAL_BODY } from '../../guards/bytes';
import type { HandlerOptions, Identity, ToldFault } from '../../options';
import {
  invalidInput,
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
import type { Download, Onward, Page, View, Visit } from './page';
import { formToken, isFormToken, readNotice, signNotice } from './signed';

/** What pages are made with: without the secret there are none. */
export type PageOptions = HandlerOptions & { readonly csrfSecret: string };

type Shown = View | Onward | Download;

const isOnward = (shown: Shown): shown is Onward => 'to' in shown;
const isDownload = (shown: Shown): shown is Download => 'file' in shown;

const downloaded = ({ file, type, text }: Download): Response =>
  new Response(text, {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${file.replaceAll(/[^A-Za-z0-9._-]/g, '-')}"`,
    },
  });

/** Parameters that people write: a key of any form may be pasted there. All others are ids and cursors. */
const WRITTEN_BY_PEOPLE: ReadonlyArray<string> = ['case', 'find'];

/** An address comes back in pages and lies in histories. @throws ProblemError `text-contains-secret` */
const refuseSecrets = (params: Readonly<Record<string, string>>, query: URLSearchParams): void => {
  for (const [name, value] of [...Object.entries(params), ...query]) {
    if (looksLikeVendorKey(name)) throw misplacedSecret('address');
    const isSecret = WRITTEN_BY_PEOPLE.includes(name) ? looksLikeSecret(value) : looksLikeVendorKey(value);
    if (isSecret) throw misplacedSecret(name);
  }
};

/** The case that an address names. @throws ProblemError `invalid-input` */
const caseIn = (query: URLSearchParams): string | null => {
  const given = query.get('case')?.trim() ?? '';
  if (given === '') return null;
  if (!isCaseId(given)) throw invalidInput('case', CASE_RULE);
  return given;
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
  const query = new URL(request.url).searchParams;
  const caseId = caseIn(query);
  return {
    keyturn,
    identity,
    options,
    request,
    workspaceId,
    caseId,
    ctx: { actor: identity.actor, workspaceId, ...(caseId === null ? {} : { caseId }) },
    params,
    query,
    token: formToken(csrfSecret, identity.sessionId),
    newAct: () => randomUUID(),
    at,
    here: (path) => at(workspaceId === '' ? path : `/workspaces/${encodeURIComponent(workspaceId)}${path}`),
    may: (permission) => isPermitted(identity, permission),
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

  const answered = (shown: Shown, visit: Visit): Response => {
    if (isDownload(shown)) return downloaded(shown);
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
    const { permission, isForAll = false } = page;
    const { workspaceId } = params;
    const scope = workspaceId === undefined ? (isForAll ? 'all' : 'none') : 'workspace';
    const identity = await admit(request, { scope, permission }, workspaceId ?? '');
    refuseSecrets(params, new URL(request.url).searchParams);
    const visit = visitOf(options, identity, request, params);
    if (request.method === 'POST') return acted(page, visit);
    if (page.show === null) return answered({ to: visit.here('/keys'), notice: null }, visit);
    return answered(await page.show(visit, null), visit);
  };

  const mostOf = ({ isLarge = false }: Page): number => {
    const usual = limits.bodyBytes ?? USUAL_BODY;
    return isLarge ? Math.max(usual, LARGE_BODY) : usual;
  };

  const acted = async (page: Page, visit: Visit): Promise<Response> => {
    const { act, show } = page;
    if (act === null) throw requestProblem('method-not-allowed', { headers: { Allow: 'GET, HEAD' } });
    const form: Form = await readForm(visit.request, mostOf(page));
    if (!isFormToken(csrfSecret, visit.identity.sessionId, form.text('token')))
      throw pageProblem('stale-form');
    try {
      if (form.misplaced !== null) throw misplacedSecret(form.misplaced);
      return answered(await act(visit, form), visit);
    } catch (error) {
      const { problem } = failed(error, 'POST', page);
      if (show === null || problem.status >= 500 || problem.status === 404) throw error;
      const again = await show(visit, { problem, kept: keptAfter(problem, form) });
      return answered('body' in again ? { ...again, status: problem.status } : again, visit);
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
