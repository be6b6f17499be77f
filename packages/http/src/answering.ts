import type { Route } from './api/route';
import type { Admission } from './guards/admission';
import { readBody } from './guards/body';
import { LARGE_BODY, USUAL_BODY } from './guards/bytes';
import type { HandlerOptions } from './options';
import { requestProblem } from './problems/problem';

/** Answers a request that a route was found for. */
type Answering = (
  route: Route,
  request: Request,
  params: Readonly<Record<string, string>>,
) => Promise<Response>;

/** Who sent it, and whether he may; what he sent; then the route. */
export const makeAnswering = (options: HandlerOptions, admit: Admission): Answering => {
  const { keyturn, limits = {} } = options;
  const usual = limits.bodyBytes ?? USUAL_BODY;

  return async ({ face, serve }, request, { workspaceId = '', ...params }) => {
    const identity = await admit(request, face, workspaceId);
    if (face.takesAdminCredential && options.allowVendorAdminCredentials !== true) {
      throw requestProblem('admin-credentials-not-taken');
    }
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
