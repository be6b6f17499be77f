import type { LogStanding } from 'keyturn';

const NOT_CHECKED = 'Seals not checked.';

/** What vouches for an answer, in a line, and which workspaces stand. */
export const logWords = (log: LogStanding): ReadonlyArray<string> => {
  if (log.of === 'all') {
    const { workspaces, sealedWorkspaces, stopped } = log;
    const seals =
      sealedWorkspaces === 0
        ? NOT_CHECKED
        : `Sealed to the end: ${sealedWorkspaces} of ${workspaces} workspaces.`;
    return [...stopped.map(({ message }) => message), ...(workspaces === 0 ? [] : [seals])];
  }
  const { revision, sealedTo } = log;
  if (revision < 0) return [];
  if (sealedTo === null) return [NOT_CHECKED];
  return [
    sealedTo === revision
      ? `Sealed to revision ${sealedTo}.`
      : `Sealed to revision ${sealedTo}; what came since, up to ${revision}, is not checked.`,
  ];
};

/** The same in a document. */
export const logJson = (log: LogStanding): object =>
  log.of === 'all'
    ? { workspaces: log.workspaces, sealedWorkspaces: log.sealedWorkspaces, stopped: log.stopped }
    : { revision: log.revision, sealedTo: log.sealedTo };
