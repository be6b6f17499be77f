import { createHash } from 'node:crypto';
import type { Command, CommandBody } from '../commands';
import { canonicalJson } from './canonicalJson';

/** What the caller asked for: the key id of an add is made anew for each attempt, so it is no part of the request. */
const requested = (body: CommandBody): unknown => {
  if (body.type !== 'AddKey') return body;
  const { keyId: _generated, ...request } = body;
  return request;
};

/**
 * SHA-256 (base64url) of what a command asks and who asks it, without the times at which it was issued and handled: a
 * retry has the same digest, and the same command id with another digest is refused.
 */
export const commandDigest = ({ workspaceId, actor, body }: Command): string =>
  createHash('sha256')
    .update(canonicalJson({ workspaceId, actor: { kind: actor.kind, id: actor.id }, body: requested(body) }))
    .digest('base64url');
