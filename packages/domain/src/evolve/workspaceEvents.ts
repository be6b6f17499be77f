import type { Fold } from './fold';

/** A second one, which deciding never gives, changes nothing. */
export const workspaceClosed: Fold<'WorkspaceClosed'> = (draft, { caseId }, time) => {
  draft.closed ??= { caseId, at: time, revision: draft.revision };
};
