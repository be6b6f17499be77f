import { looksLikeSecret, type AuditContext, type KeyturnReader } from 'keyturn';

/** A name as a message may have it: a key may have been pasted in its place. */
export const repeatable = (name: string): string => (looksLikeSecret(name) ? '(not repeated here)' : name);

export const meantWords = (nearest: string | null): string =>
  nearest === null ? '' : ` Did you mean ${nearest}?`;

/** That no key was reported under a case, and which case was probably meant. */
export const noCaseWords = async (
  { audit }: Pick<KeyturnReader, 'audit'>,
  context: AuditContext,
  caseId: string,
): Promise<string> => {
  const nearest = await audit.nearest(context, 'caseId', caseId);
  return `No key was reported under case ${repeatable(caseId)}.${meantWords(nearest)}`;
};
