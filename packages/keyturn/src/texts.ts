import { ActorId, CaseId, KeyId } from '@keyturn/domain';

export { ACTOR_ID_RULE, CASE_RULE, ID_RULE, looksLikeSecret, looksLikeVendorKey } from '@keyturn/domain';

/** Whether a text can be the id of a workspace, key, run or project. */
export const isId = (text: unknown): text is string => KeyId.is(text);

/** Whether a text can be the id of a support case. */
export const isCaseId = (text: unknown): text is string => CaseId.is(text);

/** Whether a text can be the id of an actor. */
export const isActorId = (text: unknown): text is string => ActorId.is(text);
