import type { ExposureAnswer, Keyturn, LeakCaseKeyStanding } from 'keyturn';
import { UsageError } from '../problems';
import type { Session } from '../session';

/** How a case stands for one key. @throws UsageError where the key was not reported under it */
const caseOfKey = async (
  keyturn: Keyturn,
  session: Session,
  { workspaceId, keyId }: { readonly workspaceId: string; readonly keyId: string },
  caseId: string,
): Promise<{ readonly caseId: string; readonly key: LeakCaseKeyStanding }> => {
  const { keys } = await keyturn.support.status(session.asReader(workspaceId), { caseId });
  const key = keys.find((one) => one.keyId === keyId);
  if (key !== undefined) return { caseId, key };
  throw new UsageError(`--case: the key was not reported under ${caseId} in ${workspaceId}.`);
};

/** The page of a report; with a case where one is named, and the certificate of a key that is destroyed. */
export const pageOfExposure = async (
  keyturn: Keyturn,
  session: Session,
  report: ExposureAnswer,
  caseId: string | undefined,
): Promise<string> => {
  const { exposurePage } = await import('@keyturn/pages');
  const { workspaceId, keyId } = report.key;
  const leakCase =
    caseId === undefined ? null : await caseOfKey(keyturn, session, { workspaceId, keyId }, caseId);
  const certificate =
    report.key.destroyedAt === null
      ? null
      : await keyturn.support.certificate(session.asReader(workspaceId), { keyId });
  return exposurePage({ report, leakCase, certificate, madeAt: Date.now() });
};
