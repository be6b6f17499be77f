import { hash } from 'node:crypto';
import type { Command, CommandBody } from '../commands';
import { canonicalJson } from './canonicalJson';

/**
 * What the caller asked for, without what is made anew for each attempt: the key id of an add, the clocks that an
 * expiry is held to. An add without an expiry is as it was before there were any: its retry may come after an upgrade.
 */
const requested = (body: CommandBody): unknown => {
  if (body.type === 'AddKey') return { ...body, keyId: null, expiresAt: body.expiresAt ?? undefined };
  return body.type === 'ExpireRuns' ? { type: body.type } : body;
};

/**
 * SHA-256 (base64url) of what a command asks and who asks it, without the times at which it was issued and handled: a
 * retry has the same digest, and the same command id with another digest is refused.
 */
export const commandDigest = ({ workspaceId, actor, body }: Command): string =>
  hash(
    'sha256',
    canonicalJson({ workspaceId, actor: { kind: actor.kind, id: actor.id }, body: requested(body) }),
    'base64url',
  );
