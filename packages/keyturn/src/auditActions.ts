import { payloads, type KeyringEventType } from '@keyturn/domain';

const isAction = (name: string): name is KeyringEventType => Object.hasOwn(payloads, name);

/** What an entry of the audit log can be about: the values of `action`. */
export const auditActions: ReadonlyArray<KeyringEventType> = Object.keys(payloads).filter(isAction);
