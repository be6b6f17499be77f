import type { ActContext, Keyturn, LeakRecorded, OfLeakCase } from 'keyturn';
import { keyOperand, readCase, required, workspaceFlag } from '../input/flags';
import { resolveKey } from '../keyArgument';
import type { Report } from '../output/report';
import type { Session } from '../session';

export const caseFlag = required('--case <id>', 'the support case, such as SR-1042', readCase);

/** What every command about one key of a case takes. */
export const ofKey = {
  operands: { key: keyOperand },
  flags: { workspace: workspaceFlag, case: caseFlag },
} as const;

interface GivenOfKey {
  readonly key: string;
  readonly workspace: string;
  readonly case: string;
}

/** The deployment, who acts, and which key under which case. */
export const openedFor = async (
  session: Session,
  { key, workspace, case: caseId }: GivenOfKey,
  then: { readonly asksNext: boolean } = { asksNext: false },
): Promise<{ readonly keyturn: Keyturn; readonly context: ActContext; readonly of: OfLeakCase }> => {
  const keyturn = await session.keyturn(then);
  const context = session.context(workspace);
  return { keyturn, context, of: { keyId: await resolveKey(keyturn, context, key), caseId } };
};

/** How the case stands from here on. */
export const statusHint = (caseId: string): string => `What is next: keyturn leak status --case '${caseId}'`;

/**
 * What an act came to.
 *
 * @param done - what is so now, as a sentence; where it was so before, it is told with that
 */
export const recordedReport = (
  { keyId, caseId }: OfLeakCase,
  { changed, keyringRevision }: LeakRecorded,
  done: string,
): Report => ({
  json: { keyId, caseId, changed, keyringRevision },
  lines: [changed ? done : `${done} That was recorded before.`],
  hints: [statusHint(caseId)],
});
