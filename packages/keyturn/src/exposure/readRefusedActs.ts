import type { ReadModels } from '@keyturn/projections';
import type { RefusalStore } from '../refusals/refusalStore';
import type { RefusalLine } from '../refusals/refusedAttempt';
import { allRefusals } from './allRefusals';
import type { ExposureWindow, KeyringAct } from './facts';
import { isInLogBefore } from './readSurroundings';

const actorOf = ({ actorKind, actorId }: RefusalLine): string | null =>
  // Support is refused while it works on a case, and lines do not say under which.
  actorKind === null || actorId === null || actorKind === 'support' ? null : `${actorKind}:${actorId}`;

/**
 * Refusals of the window, whatever they were about, by actors who did nothing in the workspace before it and were
 * refused nothing: also by those who never got anything done, of whom the log has no entry.
 */
export const readRefusedActsOfNewActors = async (
  models: Pick<ReadModels, 'auditPage'>,
  store: Pick<RefusalStore, 'lines'> | null,
  workspaceId: string,
  window: ExposureWindow,
): Promise<ReadonlyArray<KeyringAct>> => {
  if (store === null) return [];
  const workspaceIds = [workspaceId];
  const isNew = new Map<string, boolean>();
  const acts: KeyringAct[] = [];
  for (const line of allRefusals(store, { workspaceIds, ...window })) {
    const { at, actorKind, actorId, action, code } = line;
    const actor = actorOf(line);
    if (actor === null || actorKind === null || actorId === null) continue;
    const wasRefused = (): boolean =>
      store.lines({ workspaceIds, actorKind, actorId, until: window.since }, { limit: 1 }).length > 0;
    const fresh =
      isNew.get(actor) ?? (!wasRefused() && !(await isInLogBefore(models, workspaceId, actor, window.since)));
    isNew.set(actor, fresh);
    if (fresh) acts.push({ sequence: null, at, actor, action, refusedAs: code });
  }
  return acts;
};
