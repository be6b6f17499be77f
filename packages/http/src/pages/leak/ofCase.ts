import { CASE_RULE, type LeakCaseKeyStanding, type LeakStatus } from 'keyturn';
import { invalidInput } from '../../problems/problem';
import { need } from '../frame/need';
import type { Visit } from '../frame/page';

/** The case that this is done under. @throws ProblemError `invalid-input` where the address names none */
export const caseOf = ({ caseId }: Pick<Visit, 'caseId'>): string => {
  if (caseId === null) throw invalidInput('case', CASE_RULE);
  return caseId;
};

/** How a case stands: in this workspace, or in all where the page is of none. @throws ProblemError `not-permitted` */
export const statusOf = async (visit: Visit, caseId: string): Promise<LeakStatus> => {
  need(visit, 'ReadAudit');
  need(visit, 'ReadHistory');
  const { keyturn, ctx, workspaceId } = visit;
  return keyturn.support.status(workspaceId === '' ? { actor: ctx.actor } : ctx, { caseId });
};

/**
 * How the case that this is done under stands for a key; null where the key was not reported under it, and where that
 * may not be known.
 */
export const standingOf = async (visit: Visit, keyId: string): Promise<LeakCaseKeyStanding | null> => {
  const { caseId, may } = visit;
  if (caseId === null || !may('ReadAudit') || !may('ReadHistory')) return null;
  const { keys } = await statusOf(visit, caseId);
  return keys.find((key) => key.keyId === keyId) ?? null;
};
