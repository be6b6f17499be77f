import { keyOfEvent, type KeyringEventType } from '@keyturn/domain';
import type { ProjectedEvent } from '../runtime/projector';
import type { KeyOfLog } from './keysOfLog';

/** Under which support case an event came about; null where there is none. */
export type CaseOf = (projected: ProjectedEvent) => string | null;

/** By where its events begin: a command's id may be used again once it is forgotten. */
const commandOf = ({ envelope, recorded }: ProjectedEvent): string =>
  `${envelope.workspaceId} ${recorded.revision - envelope.index}`;

const namedBy = ({ event, envelope }: ProjectedEvent): string | null =>
  envelope.caseId ?? ('caseId' in event.data ? event.data.caseId : null);

const LATER: ReadonlySet<string> = new Set<KeyringEventType>(['KeySecretDestroyed', 'RunKeyReleased']);

/**
 * A case is named by one event of a command, and brought about all of them: the Default that moved with a hard delete,
 * too. That a secret is gone, and that a run which was interrupted has ended, is told later, by commands of their own:
 * both come of the case that the key was deleted under.
 *
 * @param batch - whole commands
 */
export const casesOf = (
  batch: ReadonlyArray<ProjectedEvent>,
  key: (workspaceId: string, keyId: string) => KeyOfLog,
): CaseOf => {
  const cases = new Map<string, string>();
  for (const projected of batch) {
    const caseId = namedBy(projected);
    if (caseId !== null) cases.set(commandOf(projected), caseId);
  }
  return (projected) => {
    const { event, envelope } = projected;
    const named = namedBy(projected) ?? cases.get(commandOf(projected));
    if (named !== undefined) return named;
    const keyId = LATER.has(event.type) ? keyOfEvent(event) : null;
    return keyId === null ? null : key(envelope.workspaceId, keyId).caseId;
  };
};
