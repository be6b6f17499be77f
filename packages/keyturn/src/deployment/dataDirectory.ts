import { statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './errorCode';
import { SetupFault } from './setupFault';

/** Where the parts of a deployment lie in its folder. The master key lies elsewhere. */
export interface DataDirectory {
  readonly root: string;
  /** The embedded event store. */
  readonly events: string;
  /** Names the event store, where it is none of this directory. */
  readonly eventStoreRecord: string;
  readonly vault: string;
  /** Names the vault, where it is none of this directory. */
  readonly vaultRecord: string;
  readonly readModels: string;
  /** Refused attempts: no read model, since no event says anything of them. */
  readonly refusals: string;
}

export const dataDirectoryAt = (root: string): DataDirectory => ({
  root,
  events: join(root, 'events.sqlite'),
  eventStoreRecord: join(root, 'event-store.json'),
  vault: join(root, 'vault'),
  vaultRecord: join(root, 'vault.json'),
  readModels: join(root, 'read-models.sqlite'),
  refusals: join(root, 'refusals.sqlite'),
});

/** Whether something is there; not being let to look is a fault, and not a no. */
export const isThere = (path: string): boolean => {
  try {
    statSync(path);
    return true;
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw new SetupFault(
      'not-accessible',
      `${path} can't be looked at (${code}). Run as the user that the data directory belongs to.`,
      { cause },
    );
  }
};

/**
 * Faults unless `init` made this directory, with its events and its vault, or what names them, at these paths: a store
 * that opened an empty file in place of a lost one would say that there are no keys.
 */
export const requireInitialised = ({ root }: DataDirectory, events: string, vault: string): void => {
  const [hasEvents, hasVault] = [isThere(events), isThere(vault)];
  if (hasEvents && hasVault) return;
  if (!hasEvents && !hasVault) {
    throw new SetupFault(
      'not-initialised',
      `There is no Keyturn data in ${root}. Initialise it, or name another directory.`,
    );
  }
  throw new SetupFault(
    'incomplete-data-directory',
    `${hasEvents ? vault : events} is missing from ${root}. If its initialisation was cut off, initialise it again; ` +
      'otherwise restore the whole directory from a backup.',
  );
};
