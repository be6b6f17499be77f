import type { Route, RouteFace } from './api/route';
import { readBody } from './guards/body';
import { makeRateLimit } from './guards/rateLimit';
import { isOfThisSite } from './guards/sameOrigin';
import type { HandlerOptions, Identity } from './options';
import { requestProblem, unknownWorkspace } from './problems/problem';

const USUAL_BODY = 65_536;
const LARGE_BODY = 2 * 1_024 * 1_024;
const USUAL_RATE = 600;

/** Answers a request that a route was found for. */
type Answering = (
  route: Route,
  request: Request,
  params: Readonly<Record<string, string>>,
) => Promise<Response>;

/**
 * Whether the caller may do this. A workspace that is not his is the same as one that there is not: nothing is asked
 * before that is said.
 *
 * @throws ProblemError `unknown-workspace`, `not-permitted`
 */
const admit = ({ scope, permission }: RouteFace, identity: Identity, workspaceId: string): void => {
  const { workspaces, permissions } = identity;
  if (scope === 'workspace' && workspaces !== 'all' && !workspaces.includes(workspaceId))
    throw unknownWorkspace();
  const isForAll = scope === 'all' && workspaces !== 'all';
  const isPermitted = permission === null || permissions === 'all' || permissions.includes(permission);
  if (isForAll || !isPermitted) throw requestProblem('not-permitted');
};

/** Who sent it, whether he may, what he sent; then the route. Each question is asked of all routes, in this order. */
export const makeAnswering = (options: HandlerOptions): Answering => {
  const { keyturn, identify, origin, limits = {} } = options;
  const countRequest = makeRateLimit(limits.requestsPerMinute ?? USUAL_RATE);

  return async ({ face, serve }, request, { workspaceId = '', ...params }) => {
    const identity = await identify(request);
    if (identity === null)
      throw requestProblem('unauthenticated', { headers: { 'WWW-Authenticate': 'Bearer' } });
    if (!isOfThisSite(request, origin)) throw requestProblem('cross-site');
    countRequest(identity.sessionId);
    admit(face, identity, workspaceId);
    if (face.takesAdminCredential && options.allowVendorAdminCredentials !== true) {
      throw requestProblem('admin-credentials-not-taken');
    }
    const usual = limits.bodyBytes ?? USUAL_BODY;
    return serve({
      keyturn,
      identity,
      workspaceId,
      params,
      request,
      options,
      body: () =>
        request.body === null
          ? Promise.resolve(undefined)
          : readBody(request, face.isLarge ? Math.max(usual, LARGE_BODY) : usual),
    });
  };
};
