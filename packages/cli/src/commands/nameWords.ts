import { looksLikeSecret, type AuditContext, type KeyturnReader } from 'keyturn';

/** A name as a message may have it: a key may have been pasted in its place. */
export const repeatable = (name: string): string => (looksLikeSecret(name) ? '(not repeated here)' : name);

export const meantWords = (nearest: string | null): string =>
  nearest === null ? '' : ` Did you mean ${nearest}?`;

const REPORTED_CASES = 'Reported cases: keyturn audit list --action KeyReportedLeaked';

/** That no key was reported under a case, and which case was probably meant, or where the cases are. */
export const noCaseWords = async (
  { audit }: Pick<KeyturnReader, 'audit'>,
  context: AuditContext,
  caseId: string,
): Promise<string> => {
  const nearest = await audit.nearest(context, 'caseId', caseId);
  const next = nearest === null ? ` ${REPORTED_CASES}` : meantWords(nearest);
  return `No key was reported under case ${repeatable(caseId)}.${next}`;
};
