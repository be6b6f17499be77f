import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import type { EventStore } from '@keyturn/event-store';
import type { DataDirectory } from './dataDirectory';
import { codeOf } from './errorCode';
import { SetupFault } from './problems';
import { right } from './right';
import { vaultAt } from './vaultPlace';
import { readVaultRecord } from './vaultRecord';

/**
 * The vault, or what names it, is made last: where one stands, `init` has come to its end.
 *
 * @throws SetupFault `already-initialised`, `incomplete-data-directory`
 */
export const refuseInitialised = async (data: DataDirectory): Promise<void> => {
  const { root, events, eventStoreRecord } = data;
  const stands =
    readVaultRecord(data.vaultRecord) !== null || (await vaultAt({ directory: data.vault })) !== null;
  if (!stands) return;
  throw existsSync(events) || existsSync(eventStoreRecord)
    ? new SetupFault('already-initialised', `${root} was initialised before. Nothing was touched.`)
    : new SetupFault(
        'incomplete-data-directory',
        `${root} has a vault and no event store: restore the whole directory from a backup. Nothing was touched.`,
      );
};

/** Makes the directory where it is not there. @throws SetupFault `not-writable` */
export const makeDirectory = async (root: string): Promise<void> => {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    if ((await readdir(root)).length === 0) await chmod(root, 0o700);
  } catch (cause) {
    throw new SetupFault(
      'not-writable',
      `The data directory ${root} can't be made (${codeOf(cause)}). Name another (--data), or see to permissions and space.`,
      { cause },
    );
  }
};

/** Makes the read models, empty. */
export const makeReadModels = async (data: DataDirectory, store: EventStore): Promise<void> => {
  const { openReadModels } = await import('@keyturn/projections');
  const models = await right(openReadModels({ file: data.readModels, store }));
  await models.close();
};
