import { createHash } from 'node:crypto';
import type { Command } from '../commands';
import { canonicalJson } from './canonicalJson';

/**
 * SHA-256 (base64url) of what a command asks and who asks it, without the times at which it was issued and handled: a
 * retry has the same digest, and the same command id with another digest is refused.
 */
export const commandDigest = ({ workspaceId, actor, body }: Command): string =>
  createHash('sha256')
    .update(canonicalJson({ workspaceId, actor: { kind: actor.kind, id: actor.id }, body }))
    .digest('base64url');
