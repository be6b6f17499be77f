import { ActorId, KeyId, payloads, type KeyringEventType } from '@keyturn/domain';

export { ID_RULE, looksLikeSecret, looksLikeVendorKey } from '@keyturn/domain';

/** What an actor's id may be, in words. */
export const ACTOR_ID_RULE = '1 to 64 of the characters A-Z a-z 0-9 _ . @ + -';

/** Whether a text can be the id of a workspace, key, run, project or support case. */
export const isId = (text: unknown): text is string => KeyId.is(text);

/** Whether a text can be the id of an actor. */
export const isActorId = (text: unknown): text is string => ActorId.is(text);

const isAction = (name: string): name is KeyringEventType => Object.hasOwn(payloads, name);

/** What an entry of the audit log can be about: the values of `action`. */
export const auditActions: ReadonlyArray<KeyringEventType> = Object.keys(payloads).filter(isAction);
