import type { ActContext, Keys } from 'keyturn';

const WHOLE_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Whether a text is a whole key id, as Keyturn makes them. */
export const isWholeKeyId = (text: string): boolean => WHOLE_ID.test(text);

/** The id of the key that a KEY names. A whole id is not looked up: the command itself refuses an unknown one. */
export const resolveKey = async (
  { keys }: { readonly keys: Pick<Keys, 'resolve'> },
  context: ActContext,
  key: string,
): Promise<string> => (isWholeKeyId(key) ? key : (await keys.resolve(context, key)).keyId);
