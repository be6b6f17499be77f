import { keyAmbiguous, unknownKey } from '@keyturn/domain';
import { Refused } from './problems';
import { right } from './right';
import type { Session } from './session';

/** A last 4 has fewer: it can never pass for the beginning of an id. */
const SHORTEST_PREFIX = 5;
const WHOLE_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Whether a text is a whole key id, as the service makes them. */
export const isWholeKeyId = (text: string): boolean => WHOLE_ID.test(text);

/**
 * The id of the key that a KEY names: an id, or the beginning of just one, hard-deleted keys included. A text that names
 * none is given back as it is, for the command itself to refuse. Rejects with the refusal `key-ambiguous`.
 */
export const resolveKey = async (session: Session, workspaceId: string, key: string): Promise<string> => {
  if (isWholeKeyId(key) || key.length < SHORTEST_PREFIX) return key;
  const found = await right((await session.currentReadModels()).findKeys(workspaceId, key));
  const [only, ...others] = found;
  if (only === undefined || found.some(({ keyId }) => keyId === key)) return key;
  if (others.length > 0) throw new Refused(keyAmbiguous(key, found));
  return only.keyId;
};

/** The same for commands that only read: a key that was never added is refused (`unknown-key`), not an empty answer. */
export const resolveKnownKey = async (
  session: Session,
  workspaceId: string,
  key: string,
): Promise<string> => {
  const keyId = await resolveKey(session, workspaceId, key);
  const found = await right((await session.currentReadModels()).findKeys(workspaceId, keyId));
  if (found.some((known) => known.keyId === keyId)) return keyId;
  throw new Refused(unknownKey(key));
};
