import type { ActContext, Keyturn, OfLeakCase } from 'keyturn';

/** Runs that hold the key: their calls fail from its revocation on. None of a key that the case says nothing of. */
export const openRunsOf = async (
  keyturn: Keyturn,
  context: ActContext,
  { keyId, caseId }: OfLeakCase,
): Promise<ReadonlyArray<string>> => {
  const { keys } = await keyturn.support.status(context, { caseId });
  return keys.find((key) => key.keyId === keyId)?.openRuns ?? [];
};

export const runsThatFail = (openRuns: ReadonlyArray<string>): string =>
  `Open runs hold the key, and fail once it is revoked: ${openRuns.join(', ')}.`;
