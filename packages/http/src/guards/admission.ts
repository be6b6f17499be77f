import type { RouteFace } from '../api/route';
import type { HandlerOptions, Identity, Permission } from '../options';
import { requestProblem, unknownWorkspace } from '../problems/problem';
import { makeRateLimit } from './rateLimit';
import { isOfThisSite } from './sameOrigin';

const USUAL_RATE = 600;

/** Who sent a request, where he may. Nothing of it was read, and the door was asked nothing. */
export type Admission = (
  request: Request,
  to: Pick<RouteFace, 'scope' | 'permission'>,
  workspaceId: string,
) => Promise<Identity>;

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/**
 * What `identify` gave, each member read once. Whoever is not typed may give anything: a text in the place of a list
 * has every part of it as a member, and forms of people without a session would be one another's.
 *
 * @throws TypeError for what is no identity
 */
const checked = ({ actor, workspaces, permissions, sessionId }: Identity): Identity => {
  if (workspaces !== 'all' && !isTexts(workspaces))
    throw new TypeError("`identify` has to give `workspaces` as a list of ids, or as 'all'.");
  if (permissions !== 'all' && !isTexts(permissions))
    throw new TypeError("`identify` has to give `permissions` as a list, or as 'all'.");
  if (typeof sessionId !== 'string' || sessionId === '')
    throw new TypeError('`identify` has to give a `sessionId`.');
  return { actor, workspaces, permissions, sessionId };
};

/** Whether `identify` permits something. */
export const isPermitted = (
  { permissions }: Pick<Identity, 'permissions'>,
  permission: Permission,
): boolean => permissions === 'all' || permissions.includes(permission);

/** @throws ProblemError `not-permitted` for whoever may not do this in all workspaces */
export const refuseUnlessInAll = (identity: Identity, permission: Permission): void => {
  if (identity.workspaces !== 'all' || !isPermitted(identity, permission))
    throw requestProblem('not-permitted');
};

/** Each question is asked of whatever is sent, in this order. Pages and API count a session's requests together. */
export const makeAdmission = ({ identify, origin, limits = {} }: HandlerOptions): Admission => {
  const countRequest = makeRateLimit(limits.requestsPerMinute ?? USUAL_RATE);

  return async (request, { scope, permission }, workspaceId) => {
    const given = await identify(request);
    if (given === null) {
      throw requestProblem('unauthenticated', { headers: { 'WWW-Authenticate': 'Bearer' } });
    }
    const identity = checked(given);
    const { workspaces, sessionId } = identity;
    if (!isOfThisSite(request, origin)) throw requestProblem('cross-site');
    countRequest(sessionId);
    // A workspace that is not the caller's is the same as one that there is not: nothing is asked before that is said.
    if (scope === 'workspace' && workspaces !== 'all' && !workspaces.includes(workspaceId))
      throw unknownWorkspace();
    const isForAll = scope === 'all' && workspaces !== 'all';
    if (isForAll || (permission !== null && !isPermitted(identity, permission)))
      throw requestProblem('not-permitted');
    return identity;
  };
};
