import type { Keyturn as Service } from '@keyturn/service';
import { isRight, type Either } from 'fp-ts/Either';
import type { RefusalRecorder } from './refusalRecorder';

/** The same task; what it came to is told where it was done. */
const afterwards =
  <E, A>(task: () => Promise<Either<E, A>>, done: (result: A) => void): (() => Promise<Either<E, A>>) =>
  async () => {
    const result = await task();
    if (isRight(result)) done(result.right);
    return result;
  };

/**
 * Every use case; those of a leak review hold the refused attempts of their keys for as long as the case is open. It is
 * done again with each report, and let go with each close: whoever is killed in between says it once more.
 */
export const holdingForCases = (
  service: Service,
  { hold, letGo }: Pick<RefusalRecorder, 'hold' | 'letGo'>,
): Service => {
  const { reportLeak, withdrawLeakReport, hardDeleteKey, closeLeakCase } = service;
  return {
    ...service,
    reportLeak: (context, request) =>
      afterwards(reportLeak(context, request), () => {
        const { keyId, caseId, suspectedSince } = request;
        hold({ workspaceId: context.workspaceId, keyId, caseId, since: suspectedSince ?? 0 });
      }),
    hardDeleteKey: (context, request) =>
      afterwards(hardDeleteKey(context, request), () => {
        const { keyId, caseId, reason = 'leak' } = request;
        if (reason === 'leak') hold({ workspaceId: context.workspaceId, keyId, caseId, since: 0 });
      }),
    withdrawLeakReport: (context, request) =>
      afterwards(withdrawLeakReport(context, request), () => {
        const { keyId, caseId } = request;
        letGo({ workspaceId: context.workspaceId, keyId, caseId });
      }),
    closeLeakCase: (context, request) =>
      afterwards(closeLeakCase(context, request), () =>
        letGo({ workspaceId: context.workspaceId, caseId: request.caseId, keyId: null }),
      ),
  };
};

/** A key that its vendor still takes opens its closed cases again: they hold its refused attempts as before. */
export const holdingAgain =
  ({ hold }: Pick<RefusalRecorder, 'hold'>) =>
  (
    { workspaceId, keyId }: { readonly workspaceId: string; readonly keyId: string },
    openCases: ReadonlyArray<string>,
  ): void => {
    for (const caseId of openCases) hold({ workspaceId, keyId, caseId, since: 0 });
  };
