import { existsSync } from 'node:fs';
import { keyturnError } from '../settle';
import { isThere } from './dataDirectory';
import { initialise } from './initialise';
import type { MasterKeyOption } from './masterKey';
import type { Place } from './place';
import { SetupFault } from './setupFault';
import { vaultAt } from './vaultPlace';

const NEEDS_FILE =
  "create: 'if-missing' goes with a master key file alone: only that can be seen to be absent. " +
  'Make the deployment with initKeyturn.';

/** Whether anything of a deployment is at this place. */
const anythingThere = async ({ data, vault, onProgress }: Place): Promise<boolean> => {
  const files = data === null ? [] : [data.events, data.eventStoreRecord, data.vault, data.vaultRecord];
  if (files.some(isThere)) return true;
  return vault !== null && (await vaultAt({ postgres: vault }, onProgress)) !== null;
};

/**
 * Makes a deployment only where event store, vault and master key are all absent. A key without the rest is a volume
 * that is not mounted, or a deployment that was lost: a new one in its place would hide that.
 *
 * Faults: `incomplete-data-directory`, `bad-option`, and those of {@link initialise}.
 */
export const createIfMissing = async (place: Place, masterKey: MasterKeyOption): Promise<void> => {
  if (typeof masterKey === 'function' || !('file' in masterKey))
    throw new SetupFault('bad-option', NEEDS_FILE);
  if (await anythingThere(place)) return;
  if (existsSync(masterKey.file)) {
    throw new SetupFault(
      'incomplete-data-directory',
      `The master key ${masterKey.file} is there, and its event store and vault are not. ` +
        'See to it that their volume is mounted, or restore them from a backup; ' +
        'a new deployment with this key is made with initKeyturn.',
    );
  }
  try {
    await initialise(place, masterKey);
  } catch (error) {
    // Another process came first: its deployment is opened then.
    if (keyturnError(error).code !== 'already-initialised') throw error;
  }
};
