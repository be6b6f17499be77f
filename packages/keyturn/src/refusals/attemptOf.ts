import { ActorId, KeyId, looksLikeVendorKey, RunId, WorkspaceId, type Refusal } from '@keyturn/domain';
import { isRight } from 'fp-ts/Either';
import type * as t from 'io-ts';
import * as loaded from '../parts';
import { LONGEST_PASTE } from '../pasted';
import type { RefusedAttempt } from './refusedAttempt';

/** A member of something that a caller passed, which may be anything; undefined where it can't be read. */
const memberOf = (given: unknown, name: string): unknown => {
  try {
    return typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a text may stand in a line. */
type MayStand = (text: string) => boolean;

/** A key that was pasted into the wrong member is kept nowhere, nor any part of the one that is being added. */
const mayStandBeside = (request: unknown): MayStand => {
  const pasted = memberOf(request, 'pasted');
  if (typeof pasted !== 'string') return (text) => !looksLikeVendorKey(text);
  // To look through a paste of any length takes as long as its sender likes.
  if (pasted.length > LONGEST_PASTE) return () => false;
  const { sharesPaste } = loaded.service();
  return (text) => !looksLikeVendorKey(text) && !sharesPaste(pasted, text);
};

const idOf = <A extends string>(
  codec: t.Type<A, unknown>,
  given: unknown,
  mayStand: MayStand,
): string | null => {
  const id = codec.decode(given);
  return isRight(id) && mayStand(id.right) ? id.right : null;
};

const KINDS = ['user', 'service', 'support'] as const;

const originOf = (given: unknown, mayStand: MayStand): string | null =>
  typeof given === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(given) && mayStand(given) ? given : null;

/** The key that the request named, or else the one that the refusal is about. */
const keyOf = (request: unknown, { facts }: Refusal, mayStand: MayStand): string | null => {
  const named = [
    memberOf(request, 'keyId'),
    memberOf(memberOf(request, 'choice'), 'keyId'),
    memberOf(facts, 'keyId'),
    memberOf(memberOf(facts, 'key'), 'keyId'),
  ];
  return named.map((one) => idOf(KeyId, one, mayStand)).find((one) => one !== null) ?? null;
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
  const mayStand = mayStandBeside(request);
  return {
    at,
    workspaceId: idOf(WorkspaceId, memberOf(context, 'workspaceId'), mayStand),
    actorKind: KINDS.find((known) => known === kind) ?? null,
    actorId: idOf(ActorId, memberOf(actor, 'id'), mayStand),
    originRef: originOf(memberOf(actor, 'originRef'), mayStand),
    action,
    keyId: keyOf(request, refusal, mayStand),
    runId: idOf(RunId, memberOf(request, 'runId'), mayStand),
    code: refusal.code,
  };
};
