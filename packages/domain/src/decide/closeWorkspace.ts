import * as E from 'fp-ts/Either';
import type { KeyringEvent } from '../events';
import { isOnFile, type KeyEntry } from '../state/keyEntry';
import { listedKeys, type Keyring } from '../state/keyring';
import { runsOn } from './deleteKey';
import type { Handler } from './handler';
import { moves, scopesOf } from './succession';

/** Runs and Defaults that one command names at most, unless a single key has more: its append stays far below 1 MiB. */
const MOST_AT_ONCE = 500;

/** Closed for good: nothing opens a workspace again. One that is closed already stays closed under its first case. */
export const closeWorkspace: Handler<'CloseWorkspace'> = ({ keyring }, { caseId }) =>
  E.right(
    keyring.closed === null
      ? [
          {
            type: 'WorkspaceClosed',
            data: { caseId, keys: keyring.listedKeyIds.size, openRuns: keyring.openPins.size },
          },
        ]
      : [],
  );

/** While any key is on file there is a Default: so that one goes last. */
const inOrder = (keyring: Keyring): ReadonlyArray<KeyEntry> =>
  [...listedKeys(keyring)].sort(
    (a, b) =>
      Number(isOnFile(a)) - Number(isOnFile(b)) ||
      Number(a.keyId === keyring.workspaceDefault) - Number(b.keyId === keyring.workspaceDefault),
  );

/** Nothing where the workspace is open. */
export const destroyWorkspaceKeys: Handler<'DestroyWorkspaceKeys'> = ({ keyring }) => {
  const { closed } = keyring;
  if (closed === null) return E.right([]);
  const events: KeyringEvent[] = [];
  let named = 0;
  for (const { keyId } of inOrder(keyring)) {
    const scopes = scopesOf(keyring, keyId);
    const interruptedRuns = runsOn(keyring, keyId);
    named += 1 + scopes.length + interruptedRuns.length;
    if (events.length > 0 && named > MOST_AT_ONCE) break;
    events.push(...moves(scopes, keyId, null, 'workspace-closed'), {
      type: 'KeyHardDeleted',
      data: { keyId, cause: 'workspace-closed', reason: null, caseId: closed.caseId, interruptedRuns },
    });
  }
  return E.right(events);
};
