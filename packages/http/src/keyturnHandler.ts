import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { makeAnswering } from './answering';
import type { HandlerOptions, ToldFault } from './options';
import { checkLimits } from './checkLimits';
import { makeAdmission } from './guards/admission';
import { htmlOf } from './pages/frame/document';
import { mountPages } from './pages/frame/pages';
import { checkPageOptions } from './pages/frame/pageOptions';
import { pagePolicy } from './pages/frame/policy';
import { problemView } from './pages/parts/problemView';
import { PAGES } from './pages/table';
import { isBroken, problemOf, problemResponse, requestProblem } from './problems/problem';
import { ROUTES } from './routes/table';

/** Where the API lies, under the handler's own base path. */
const API = '/api/v1';

/** `/keys/{keyId}` as the router has it. */
const routerPath = (path: string): string => `${API}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;

/** @throws TypeError for options that would fail, or let anybody in, later */
const checked = (options: HandlerOptions): HandlerOptions => {
  const {
    basePath = '',
    origin,
    identify,
    stepUp,
    limits = {},
    allowVendorAdminCredentials = false,
  } = options;
  if (typeof identify !== 'function') throw new TypeError('`identify` has to be a function.');
  if (typeof stepUp !== 'function') throw new TypeError('`stepUp` has to be a function.');
  if (!/^(\/[A-Za-z0-9._~-]+)*$/.test(basePath)) {
    throw new TypeError('`basePath` has to begin with a slash, and to end without one.');
  }
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).origin !== origin)) {
    throw new TypeError('`origin` has to be an origin such as https://app.example, and nothing more.');
  }
  // Any other value than false would open it.
  if (typeof allowVendorAdminCredentials !== 'boolean') {
    throw new TypeError('`allowVendorAdminCredentials` has to be true or false.');
  }
  checkLimits(limits);
  checkPageOptions(options);
  return options;
};

/** A teller that itself fails must not take the answer away. */
const faultTeller =
  ({ onFault }: HandlerOptions): ((fault: ToldFault) => void) =>
  (fault) => {
    try {
      onFault?.(fault);
    } catch {
      // Nobody is left to be told.
    }
  };

/** Hono's own set, without what is the embedding service's to say of its whole host. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
});

/**
 * One web-standard handler for all of Keyturn's HTTP API and, with a `csrfSecret`, its screens: mount it under your own
 * login.
 *
 * It answers every request with a response, also where something broke: then `onFault` is told why, and the caller is
 * not. It sets no cookie. The API takes and gives JSON alone.
 *
 * @throws TypeError for an option that is not one that is taken
 *
 * @example
 * const handler = keyturnHandler({
 *   keyturn,
 *   basePath: '/settings/keys',
 *   identify: async (request) => {
 *     const session = await sessionOf(request.headers.get('cookie'));
 *     if (session === null) return null;
 *     const actor = { kind: 'user', id: session.userId } as const;
 *     return { actor, workspaces: [session.workspaceId], permissions: 'all', sessionId: session.id };
 *   },
 *   stepUp: async (request) => {
 *     const session = await sessionOf(request.headers.get('cookie'));
 *     return session !== null && Date.now() - session.loggedInAt < 300_000;
 *   },
 * });
 * const response = await handler(new Request('https://app.example/settings/keys/api/v1/vendors'));
 */
export const keyturnHandler = (options: HandlerOptions): ((request: Request) => Promise<Response>) => {
  const { basePath = '', csrfSecret, frameAncestors = [] } = checked(options);
  const tell = faultTeller(options);
  const admit = makeAdmission(options);
  const answering = makeAnswering({ ...options, onFault: tell }, admit);
  const root = new Hono();

  // Of every answer: also of one to an address that is not under the base path.
  if (csrfSecret !== undefined) root.use(pagePolicy(frameAncestors));
  root.use(headers);
  root.use(async (context, next) => {
    await next();
    if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store');
  });
  /** What was thrown, as a problem; its owner is told of what broke. */
  const failed = (error: unknown, method: string, path: string | null): Response => {
    const problem = problemOf(error);
    if (isBroken(problem)) tell({ error, method, path });
    return problemResponse(problem);
  };
  root.onError((error, context) => failed(error, context.req.method, null));
  root.notFound((context) => {
    const { req } = context;
    const problem = requestProblem('unknown-path');
    if (csrfSecret === undefined || req.path.startsWith(`${basePath}/api/`)) return problemResponse(problem);
    // The router takes the base path itself without a slash.
    if (req.path === `${basePath}/`) return context.redirect(basePath, 303);
    return htmlOf(problemView(problem.problem, `${basePath}/`), { options, visit: null, notice: null });
  });

  const app = root.basePath(basePath);
  const methods = new Map<string, string[]>();
  for (const route of ROUTES) {
    const { method, path } = route.face;
    app.on(method, routerPath(path), async (context) => {
      try {
        return await answering(route, context.req.raw, context.req.param());
      } catch (error) {
        return failed(error, method, path);
      }
    });
    methods.set(path, [...(methods.get(path) ?? []), method, ...(method === 'GET' ? ['HEAD'] : [])]);
  }
  for (const [path, allowed] of methods) {
    app.all(routerPath(path), () => {
      throw requestProblem('method-not-allowed', { headers: { Allow: allowed.join(', ') } });
    });
  }
  if (csrfSecret !== undefined) mountPages(app, PAGES, { ...options, csrfSecret }, admit, tell);
  return async (request) => root.fetch(request);
};
