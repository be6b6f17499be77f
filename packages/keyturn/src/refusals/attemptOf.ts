import { ActorId, KeyId, looksLikeVendorKey, RunId, WorkspaceId, type Refusal } from '@keyturn/domain';
import { isRight } from 'fp-ts/Either';
import type * as t from 'io-ts';
import type { RefusedAttempt } from './refusedAttempt';

/** A member of something that a caller passed, which may be anything; undefined where it can't be read. */
const memberOf = (given: unknown, name: string): unknown => {
  try {
    return typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined;
  } catch {
    return undefined;
  }
};

/** Only what is an id: a key that was pasted into the wrong member is kept nowhere. */
const idOf = <A extends string>(codec: t.Type<A, unknown>, given: unknown): string | null => {
  const id = codec.decode(given);
  return isRight(id) && !looksLikeVendorKey(id.right) ? id.right : null;
};

const KINDS = ['user', 'service', 'support'] as const;

const originOf = (given: unknown): string | null =>
  typeof given === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(given) && !looksLikeVendorKey(given)
    ? given
    : null;

/** The key that the request named, or else the one that the refusal is about. */
const keyOf = (request: unknown, { facts }: Refusal): string | null => {
  const named = [
    memberOf(request, 'keyId'),
    memberOf(memberOf(request, 'choice'), 'keyId'),
    memberOf(facts, 'keyId'),
    memberOf(memberOf(facts, 'key'), 'keyId'),
  ];
  return named.map((one) => idOf(KeyId, one)).find((one) => one !== null) ?? null;
};

/** A refused attempt, of what its caller passed. What can't stand in a log is left out of it. */
export const attemptOf = (
  at: number,
  action: string,
  context: unknown,
  request: unknown,
  refusal: Refusal,
): RefusedAttempt => {
  const actor = memberOf(context, 'actor');
  const kind = memberOf(actor, 'kind');
  return {
    at,
    workspaceId: idOf(WorkspaceId, memberOf(context, 'workspaceId')),
    actorKind: KINDS.find((known) => known === kind) ?? null,
    actorId: idOf(ActorId, memberOf(actor, 'id')),
    originRef: originOf(memberOf(actor, 'originRef')),
    action,
    keyId: keyOf(request, refusal),
    runId: idOf(RunId, memberOf(request, 'runId')),
    code: refusal.code,
  };
};
